import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { engineeringStatus } from './engineering-status.ts'
import {
  decideEscalation,
  ESCALATION_MOVES,
  type EscalationCommand,
  type EscalationStanding,
  followWork,
  hasEnded,
  isTakenApart,
  stateWhenJoining,
  stateWhenReinstated,
  type WorkProgress,
} from './escalation.ts'
import { ENGINEERING_STATUSES, ESCALATION_STATES, RELEASE_STATES, WORK_ITEM_STATES } from './words.ts'

const NOW = new Date('2026-03-02T09:00:00Z')
const FRESH: EscalationStanding = {
  state: 'sending',
  reason: null,
  question: null,
  sentAt: null,
  acceptedAt: null,
  answeredAt: null,
  endedAt: null,
}

const command: fc.Arbitrary<EscalationCommand> = fc.constantFrom<EscalationCommand>(
  { do: 'confirm sent' },
  { do: 'accept' },
  { do: 'back to triage', arrived: true },
  { do: 'back to triage', arrived: false },
  { do: 'ask', question: 'q' },
  { do: 'answer' },
  { do: 'decline', reason: 'no' },
  { do: 'return', reason: 'not ours' },
  { do: 'withdraw', reason: 'solved otherwise' },
  { do: 'reinstate', to: 'sent', question: null },
  { do: 'reinstate', to: 'more information asked', question: 'q' },
  { do: 'fix' },
  { do: 'release' },
  { do: 'works' },
  { do: 'still broken' },
  { do: 'resume' },
)

const standingAfter = (commands: readonly EscalationCommand[]): EscalationStanding =>
  commands.reduce((standing, one) => {
    const decided = decideEscalation(standing, one, NOW)
    return decided.ok ? decided.value : standing
  }, FRESH)

const progress: fc.Arbitrary<WorkProgress> = fc.record({
  state: fc.constantFrom(...WORK_ITEM_STATES),
  released: fc.boolean(),
  declineReason: fc.constantFrom(null, 'no'),
})

describe('decideEscalation', () => {
  it('ends in a known state after any commands, ended exactly when it says so, asking exactly while it waits', () => {
    fc.assert(
      fc.property(fc.array(command, { maxLength: 25 }), (commands) => {
        const standing = standingAfter(commands)
        expect(ESCALATION_STATES).toContain(standing.state)
        expect(standing.endedAt !== null).toBe(hasEnded(standing.state))
        expect(standing.question !== null).toBe(standing.state === 'more information asked')
        if (standing.state === 'accepted') expect(standing.acceptedAt).not.toBeNull()
        // what is withdrawn on its way never arrived there
        if (standing.sentAt === null) expect(['sending', 'withdrawn']).toContain(standing.state)
        if (standing.state === 'sending') expect(standing.sentAt).toBeNull()
      }),
      { numRuns: 500 },
    )
  })

  it('goes back to where it was when the question is answered', () => {
    const asked: EscalationCommand = { do: 'ask', question: 'q' }
    expect(standingAfter([{ do: 'confirm sent' }, asked, { do: 'answer' }]).state).toBe('sent')
    expect(standingAfter([{ do: 'confirm sent' }, { do: 'accept' }, asked, { do: 'answer' }]).state).toBe(
      'accepted',
    )
  })

  it('is accepted no more when the work goes back to triage, so that the pick-up clock runs on', () => {
    const back: EscalationCommand = { do: 'back to triage', arrived: true }
    const accepted = standingAfter([{ do: 'confirm sent' }, { do: 'accept' }])
    const after = decideEscalation(accepted, back, NOW)
    expect(after).toEqual({ ok: true, value: standingAfter([{ do: 'confirm sent' }]) })
    expect(standingAfter([{ do: 'accept' }, { do: 'back to triage', arrived: false }])).toEqual(FRESH)
    const asked: EscalationCommand = { do: 'ask', question: 'q' }
    expect(
      standingAfter([{ do: 'confirm sent' }, { do: 'accept' }, asked, back, { do: 'answer' }]).state,
    ).toBe('sent')
  })

  it('refuses what its table does not name', () => {
    fc.assert(
      fc.property(fc.array(command, { maxLength: 10 }), command, (commands, one) => {
        const standing = standingAfter(commands)
        expect(decideEscalation(standing, one, NOW).ok).toBe(
          (ESCALATION_MOVES[one.do] as readonly string[]).includes(standing.state),
        )
      }),
    )
  })
})

describe('followWork', () => {
  it('only ever gives a command that the escalation can take', () => {
    fc.assert(
      fc.property(progress, progress, fc.array(command, { maxLength: 10 }), (before, now, commands) => {
        const standing = standingAfter(commands)
        const follows = followWork(before, now, standing.state)
        if (follows !== null) expect(decideEscalation(standing, follows, NOW).ok).toBe(true)
      }),
    )
  })

  it('is silent when the work did not move, so that “still broken” is not talked away by the next poll', () => {
    fc.assert(
      fc.property(progress, fc.constantFrom(...ESCALATION_STATES), (work, state) => {
        expect(followWork(work, { ...work }, state)).toBeNull()
      }),
    )
  })

  it('brings every waiting bond to fixed or released when the work is done, whatever came before', () => {
    fc.assert(
      fc.property(
        progress,
        fc.boolean(),
        fc.constantFrom('sending', 'sent', 'accepted'),
        (before, released, state) => {
          fc.pre(before.state !== 'done')
          const follows = followWork(before, { state: 'done', released, declineReason: null }, state)
          expect(follows).toEqual({ do: released ? 'release' : 'fix' })
        },
      ),
    )
  })
})

describe('stateWhenJoining', () => {
  it('never says sent before the item is where engineering looks', () => {
    fc.assert(
      fc.property(progress, (work) => {
        expect(['sending', null]).toContain(stateWhenJoining(work, false))
      }),
    )
  })
})

describe('engineeringStatus', () => {
  it('is a function of the work item and its release: the escalation only says whether it arrived', () => {
    const release = fc.option(fc.constantFrom(...RELEASE_STATES), { nil: null })
    fc.assert(
      fc.property(
        fc.constantFrom(...WORK_ITEM_STATES),
        release,
        fc.constantFrom(...ESCALATION_STATES),
        (state, releaseState, escalation) => {
          const inRelease = releaseState === null ? null : { state: releaseState }
          const plain = engineeringStatus({ state }, inRelease, null)
          const through = engineeringStatus({ state }, inRelease, { state: escalation })
          expect(ENGINEERING_STATUSES).toContain(plain)
          expect(through).toBe(escalation === 'sending' || isTakenApart(escalation) ? 'Not sent' : plain)
          expect(plain === 'Released').toBe(state === 'done' && releaseState === 'released')
        },
      ),
    )
  })

  it('says “Not sent” where there is no work item', () => {
    expect(engineeringStatus(null, null, null)).toBe('Not sent')
  })
})

describe('stateWhenReinstated', () => {
  const asked = {
    state: 'more information asked',
    question: 'q',
    work: { state: 'started', released: false },
  } as const

  it('is what it was while the work has not moved, so that a slip of the hand costs nothing', () => {
    const work: WorkProgress = { state: 'started', released: false, declineReason: null }
    expect(stateWhenReinstated(asked, work, true)).toEqual({ to: 'more information asked', question: 'q' })
  })

  it('is as far as the work is by now, where that moved meanwhile', () => {
    const at = (state: WorkProgress['state'], released = false) =>
      stateWhenReinstated(asked, { state, released, declineReason: null }, true)
    expect(at('done')).toEqual({ to: 'fixed', question: null })
    expect(at('done', true)).toEqual({ to: 'released', question: null })
    expect(at('in review')).toEqual({ to: 'accepted', question: null })
    expect([at('declined'), at('duplicate')]).toEqual([null, null])
  })

  it('is never sent again for what arrived meanwhile, nor arrived for what is still on its way', () => {
    fc.assert(
      fc.property(progress, fc.boolean(), (work, arrived) => {
        const was = { state: arrived ? 'sending' : 'sent', question: null, work } as const
        const back = stateWhenReinstated(was, work, arrived)
        if (back !== null) expect(back.to === 'sending').toBe(!arrived)
      }),
    )
  })
})
