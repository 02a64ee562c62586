import { describe, expect, it } from 'vitest'
import {
  afterEdit,
  decideNote,
  NOTE_KINDS,
  NOTE_STATES,
  NOTE_STEPS,
  type NoteWords,
  noteKindOf,
  whatLacks,
} from './release-note.ts'

const words: NoteWords = {
  ...{ kind: 'behaves differently', title: 'Prices with tax', body: 'Prices are higher by the tax.' },
  ...{ say: 'They were without tax before; what is paid is the same.', workaround: null },
}
const at = (state: 'draft' | 'proposed' | 'approved', isRemoved = false) => ({ state, isRemoved })

describe('a note of a release', () => {
  it('is drafted, proposed and approved, and goes one step back when an approval is withdrawn', () => {
    expect(decideNote(at('draft'), words, 'propose')).toEqual({ ok: true, value: at('proposed') })
    expect(decideNote(at('proposed'), words, 'approve')).toEqual({ ok: true, value: at('approved') })
    expect(decideNote(at('draft'), words, 'approve')).toEqual({ ok: true, value: at('approved') })
    expect(decideNote(at('approved'), words, 'withdraw')).toEqual({ ok: true, value: at('proposed') })
    expect(decideNote(at('proposed'), words, 'withdraw')).toEqual({ ok: true, value: at('draft') })
  })

  it('is not approved while support could not answer for it', () => {
    expect(whatLacks({ ...words, say: ' ' })).toBe('say')
    expect(whatLacks({ ...words, body: '' })).toBe('body')
    expect(whatLacks({ ...words, kind: 'known broken' })).toBe('workaround')
    expect(whatLacks({ ...words, kind: 'fixed', body: '', say: null })).toBeNull()
    for (const step of ['propose', 'approve'] as const)
      expect(decideNote(at('draft'), { ...words, say: null }, step)).toMatchObject({
        ok: false,
        error: { code: 'invalid', field: '/say' },
      })
  })

  it('that is changed waits for an approval again, for what was approved was other words', () => {
    expect(afterEdit('approved', words)).toBe('proposed')
    expect(afterEdit('approved', { ...words, say: null })).toBe('draft')
    expect(afterEdit('draft', words)).toBe('draft')
  })

  it('that was removed takes no step but back, as a draft', () => {
    for (const step of NOTE_STEPS) {
      const decided = decideNote(at('draft', true), words, step)
      expect([step, decided.ok]).toEqual([step, step === 'restore'])
    }
    expect(decideNote(at('draft', true), words, 'restore')).toEqual({ ok: true, value: at('draft') })
  })

  it('is never approved by any step but the approval, whatever it says and wherever it stands', () => {
    for (const kind of NOTE_KINDS)
      for (const state of NOTE_STATES)
        for (const step of NOTE_STEPS)
          for (const isRemoved of [true, false]) {
            const decided = decideNote({ state, isRemoved }, { ...words, kind }, step)
            if (decided.ok && decided.value.state === 'approved') expect(step).toBe('approve')
            if (decided.ok) expect(decided.value).not.toEqual({ state, isRemoved })
          }
  })

  it('begins as what its work is: known broken, a change of behaviour, fixed or new', () => {
    const work = { kind: 'defect', behaviourNote: null, isBroken: false } as const
    expect(noteKindOf(work)).toBe('fixed')
    expect(noteKindOf({ ...work, kind: 'feature' })).toBe('new')
    expect(noteKindOf({ ...work, behaviourNote: 'Rounds up.' })).toBe('behaves differently')
    expect(noteKindOf({ ...work, behaviourNote: 'Rounds up.', isBroken: true })).toBe('known broken')
  })
})
