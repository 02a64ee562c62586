import type { SnapshotAttachment } from '../../sync/snapshot.ts'
import type { WireJournal } from './schema.ts'

/**
 * Who is meant to see a file, which Redmine itself does not keep: everybody who sees the issue sees all its files.
 * But a file sent with a private note was meant for the readers of that note, so it goes no further than the note.
 *
 * Redmine splits what is sent with a private note in two, so that no change is hidden (`Journal#split_private_notes`):
 * a public journal without words that names the file, and right after it the private note, without details. Over REST
 * this pair is all there is. A file and a private note that one person sends one after the other within a second or
 * two look the same and count as one: a file held back is a smaller mistake than a file published.
 */
export type AttachmentAudience = Pick<SnapshotAttachment, 'visibility' | 'commentId'>

/** Both halves are written in one transaction; a busy database may still stamp them a second apart. */
const SAME_MOMENT_MS = 2_000

/** `journals`: in the order of ids; undefined where the answer shows none. */
export const audienceOfAttachment = (
  attachmentId: number,
  journals: readonly WireJournal[] | undefined,
  seesPrivateNotes: boolean,
): AttachmentAudience => {
  if (journals === undefined) return { visibility: 'unknown', commentId: null }
  const at = journals.findIndex((journal) => names(journal, attachmentId))
  const journal = journals[at]
  // sent with the issue itself, which has no journal
  if (journal === undefined) return { visibility: 'public', commentId: null }
  const commentId = hasNote(journal) ? String(journal.id) : null
  if (journal.private_notes === undefined) return { visibility: 'unknown', commentId }
  if (journal.private_notes) return { visibility: 'internal', commentId }
  if (commentId !== null) return { visibility: 'public', commentId }
  // the other half may be a note that this account is not shown
  if (!seesPrivateNotes) return { visibility: 'unknown', commentId: null }
  const next = journals[at + 1]
  return next !== undefined && isOtherHalf(journal, next)
    ? { visibility: 'internal', commentId: String(next.id) }
    : { visibility: 'public', commentId: null }
}

export const hasNote = (journal: WireJournal): boolean => (journal.notes ?? '').trim() !== ''

const names = (journal: WireJournal, attachmentId: number): boolean =>
  journal.details?.some(
    (detail) => detail.property === 'attachment' && detail.name === String(attachmentId) && detail.new_value,
  ) ?? false

const isOtherHalf = (journal: WireJournal, next: WireJournal): boolean =>
  next.private_notes !== false &&
  hasNote(next) &&
  (next.details ?? []).length === 0 &&
  next.user?.id === journal.user?.id &&
  Math.abs(Date.parse(next.created_on) - Date.parse(journal.created_on)) <= SAME_MOMENT_MS
