import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  CHANGE_STEPS,
  type ChangeStep,
  decideChange,
  ENTRY,
  isEnded,
  isLate,
  mayBeRewritten,
  missingPlans,
  needsReview,
  ROAD,
  takesKeys,
} from './change.ts'
import { CHANGE_KINDS, CHANGE_OUTCOMES, CHANGE_STATES, type ChangeState } from './words.ts'

const someKind = fc.constantFrom(...CHANGE_KINDS)
const someState = fc.constantFrom(...CHANGE_STATES)
const someSteps = fc.array(fc.constantFrom<ChangeStep>(...CHANGE_STEPS), { maxLength: 30 })

const walk = (kind: (typeof CHANGE_KINDS)[number], steps: readonly ChangeStep[]): readonly ChangeState[] => {
  const states: ChangeState[] = [ENTRY[kind]]
  for (const step of steps) {
    const moved = decideChange({ kind, state: states.at(-1) ?? 'draft' }, step)
    if (moved.ok) states.push(moved.value)
  }
  return states
}

describe('a change, whatever is asked of it', () => {
  it('is implemented only after it was scheduled, an emergency apart', () =>
    fc.assert(
      fc.property(someKind, someSteps, (kind, steps) => {
        const states = walk(kind, steps)
        states.forEach((state, at) => {
          if (state !== 'implementing' || states[at - 1] === 'implementing') return
          const allowed = kind === 'emergency' ? ['scheduled', 'authorising'] : ['scheduled']
          expect(allowed).toContain(states[at - 1])
        })
      }),
    ))

  it('is scheduled as a normal one only by its last key', () =>
    fc.assert(
      fc.property(someSteps, (steps) => {
        const given = steps.filter((step) => step !== 'approved')
        expect(walk('normal', given)).not.toContain('scheduled')
      }),
    ))

  it('is never open again once it is closed', () =>
    fc.assert(
      fc.property(someKind, someSteps, (kind, steps) => {
        const states = walk(kind, steps)
        const closed = states.indexOf('closed')
        if (closed >= 0) expect(states.slice(closed)).toEqual(['closed'])
      }),
    ))

  it('is rewritten, cancelled and rejected only before it begins', () =>
    fc.assert(
      fc.property(someKind, someState, (kind, state) => {
        for (const step of ['rethink', 'cancel', 'rejected'] as const)
          if (decideChange({ kind, state }, step).ok) expect(mayBeRewritten(state)).toBe(true)
      }),
    ))

  it('says in a sentence why not', () =>
    fc.assert(
      fc.property(someKind, someState, fc.constantFrom(...CHANGE_STEPS), (kind, state, step) => {
        const moved = decideChange({ kind, state }, step)
        if (!moved.ok)
          expect(moved.error).toMatchObject({ code: 'wrong-state', detail: /^The change (is|was) .*\.$/ })
      }),
    ))
})

describe('the road of each kind', () => {
  it.each(CHANGE_KINDS)('of a %s change begins where it enters and ends closed', (kind) => {
    expect([ROAD[kind][0], ROAD[kind].at(-1)]).toEqual([ENTRY[kind], 'closed'])
  })

  it('voids keys when the plan is another, and asks again', () => {
    const rethought = (kind: (typeof CHANGE_KINDS)[number]) =>
      decideChange({ kind, state: 'scheduled' }, 'rethink')
    expect(rethought('normal')).toEqual({ ok: true, value: 'assessing' })
    expect(rethought('emergency')).toEqual({ ok: true, value: 'authorising' })
    expect(rethought('standard')).toEqual({ ok: true, value: 'scheduled' })
  })

  it('lets keys of an emergency be given after it began, of others not', () => {
    expect(takesKeys({ kind: 'emergency', state: 'reviewing' })).toBe(true)
    expect(takesKeys({ kind: 'normal', state: 'implementing' })).toBe(false)
    expect(isEnded('rejected')).toBe(true)
  })
})

describe('what has to be there', () => {
  it('are three plans, but for an emergency', () => {
    const plans = { implement: 'x', test: ' ', backOut: '' }
    expect(missingPlans('normal', plans)).toEqual(['test', 'backOut'])
    expect(missingPlans('emergency', plans)).toEqual([])
  })

  it('is a review of all that did not simply go well', () => {
    expect(CHANGE_OUTCOMES.map((outcome) => needsReview('normal', outcome))).toEqual([
      false,
      true,
      true,
      true,
    ])
    expect(needsReview('emergency', 'successful')).toBe(true)
  })

  it('is late when it was not done in time, also where it was done since', () => {
    const [due, before, after] = [new Date(10), new Date(9), new Date(11)]
    expect([isLate(due, null, before), isLate(due, null, after), isLate(due, before, after)]).toEqual([
      ...[false, true, false],
    ])
    expect([isLate(due, after, after), isLate(null, null, after)]).toEqual([true, false])
  })
})
