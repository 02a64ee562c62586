import { err, ok, type Result } from '../lib/result.ts'
import { type Refusal, refuse } from './refusal.ts'
import type { WorkItemKind } from './words.ts'

/** What a release changes for those who use it. */
export const NOTE_KINDS = ['new', 'fixed', 'behaves differently', 'known broken'] as const
export type NoteKind = (typeof NOTE_KINDS)[number]

/** Approved: support can answer for it. */
export const NOTE_STATES = ['draft', 'proposed', 'approved'] as const
export type NoteState = (typeof NOTE_STATES)[number]

/** What can be done with a note. `withdraw` goes one step back: from approved to proposed, from proposed to draft. */
export const NOTE_STEPS = ['propose', 'approve', 'withdraw', 'remove', 'restore'] as const
export type NoteStep = (typeof NOTE_STEPS)[number]

export interface NoteWords {
  readonly kind: NoteKind
  readonly title: string
  readonly body: string
  /** What support says; null: nothing is prepared. */
  readonly say: string | null
  readonly workaround: string | null
}

export interface NoteStanding {
  readonly state: NoteState
  readonly isRemoved: boolean
}

const isBlank = (text: string | null): boolean => text === null || text.trim() === ''

/**
 * What a note needs before anybody is asked for an approval: support cannot answer for something that behaves
 * differently without words, nor for something broken without a way around it ("there is none" is one).
 */
export const whatLacks = ({
  kind,
  body,
  say,
  workaround,
}: NoteWords): 'body' | 'say' | 'workaround' | null => {
  if (kind === 'behaves differently') return isBlank(body) ? 'body' : isBlank(say) ? 'say' : null
  return kind === 'known broken' && isBlank(workaround) ? 'workaround' : null
}

const isWhole = (words: NoteWords): Result<null, Refusal> => {
  const lacks = whatLacks(words)
  if (lacks === null) return ok(null)
  const field = { field: `/${lacks}` }
  if (lacks === 'body') return err(refuse('invalid', 'Write what users will notice first.', field))
  return lacks === 'say'
    ? err(refuse('invalid', 'Write what support says to who asks first.', field))
    : err(refuse('invalid', 'Write the workaround first; “There is none” is one too.', field))
}

/** Where a step leads. A step that leads to where the note stands already is refused: somebody else was there first. */
export const decideNote = (
  standing: NoteStanding,
  words: NoteWords,
  step: NoteStep,
): Result<NoteStanding, Refusal> => {
  const { state, isRemoved } = standing
  if (step === 'restore')
    return isRemoved
      ? ok({ state: 'draft', isRemoved: false })
      : err(refuse('wrong-state', 'The note is there already.'))
  if (isRemoved) return err(refuse('wrong-state', 'The note was removed. Bring it back first.'))
  const to = (next: NoteState): Result<NoteStanding, Refusal> => ok({ state: next, isRemoved: false })
  switch (step) {
    case 'remove':
      return ok({ state: 'draft', isRemoved: true })
    case 'withdraw':
      return state === 'draft' ? err(refuse('wrong-state', 'The note is a draft already.')) : to(back(state))
    case 'propose':
    case 'approve': {
      if (state === 'approved') return err(refuse('wrong-state', 'The note is approved already.'))
      if (step === 'propose' && state === 'proposed')
        return err(refuse('wrong-state', 'The note is proposed already.'))
      const whole = isWhole(words)
      return whole.ok ? to(step === 'propose' ? 'proposed' : 'approved') : whole
    }
  }
}

const back = (state: NoteState): NoteState => (state === 'approved' ? 'proposed' : 'draft')

/** After its words were changed: what was approved was other words, so it waits for an approval again. */
export const afterEdit = (state: NoteState, words: NoteWords): NoteState => {
  if (state === 'draft') return 'draft'
  return whatLacks(words) === null ? 'proposed' : 'draft'
}

/** What a note about this work begins as. */
export const noteKindOf = (work: {
  readonly kind: WorkItemKind
  readonly behaviourNote: string | null
  /** It was taken back in the release, or is open and was found in it. */
  readonly isBroken: boolean
}): NoteKind => {
  if (work.isBroken) return 'known broken'
  if (!isBlank(work.behaviourNote)) return 'behaves differently'
  return work.kind === 'defect' ? 'fixed' : 'new'
}
