import type { NoteKind } from './release-note.ts'
import type { WorkItemKind, WorkItemState } from './words.ts'

/** What one work item says of what a caller describes, in the version they run. */
export const READINGS = ['intended', 'known defect', 'fixed', 'newer', 'related'] as const
export type Reading = (typeof READINGS)[number]

export const VERDICTS = ['intended', 'known defect', 'unknown'] as const
export type Verdict = (typeof VERDICTS)[number]

export interface ReadWork {
  readonly kind: WorkItemKind
  readonly state: WorkItemState
  /** What users notice of it, and what to say. */
  readonly behaviourNote: string | null
  readonly declineReason: string | null
  /** Whether the version that the caller runs has it. */
  readonly has: 'yes' | 'no' | 'unknown'
}

/**
 * A note of how something behaves settles it where the version has that behaviour; engineering's no settles it anywhere.
 * A defect is known until the version has its fix. Where nobody knows what runs there, a defect that is done is no known
 * defect: its fix may well be there, and "known" would end the conversation too early.
 */
export const readingOf = ({ kind, state, behaviourNote, declineReason, has }: ReadWork): Reading => {
  if (state === 'declined') return declineReason === null ? 'related' : 'intended'
  const isDone = state === 'done'
  if (kind === 'defect') {
    if (!isDone) return 'known defect'
    return has === 'yes'
      ? behaviourNote === null
        ? 'fixed'
        : 'intended'
      : has === 'no'
        ? 'known defect'
        : 'related'
  }
  if (has === 'no' || !isDone) return kind === 'feature' ? 'newer' : 'related'
  return behaviourNote === null ? 'related' : 'intended'
}

export interface ReadNote {
  readonly kind: NoteKind
  /** Whether the version that the caller runs comes with it. */
  readonly has: ReadWork['has']
  /** Of something broken: that version has the fix. */
  readonly isFixed: boolean
}

/** An approved note settles it for who runs its release: support was told so before it went live. For nobody else. */
export const readingOfNote = ({ kind, has, isFixed }: ReadNote): Reading => {
  if (kind === 'behaves differently') return has === 'yes' ? 'intended' : has === 'no' ? 'newer' : 'related'
  if (kind !== 'known broken' || has !== 'yes') return 'related'
  return isFixed ? 'fixed' : 'known defect'
}

/** What the best evidence says; one that settles nothing leaves the question open. */
export const verdictOf = (best: Reading | undefined): Verdict =>
  best === 'intended' || best === 'known defect' ? best : 'unknown'
