import type { Capabilities, Operation } from './connector.ts'
import type { Element } from './mirror-base.ts'
import { isNormalisationOf, wasTaken } from './normalisation.ts'
import type { PlannedOperation } from './plan.ts'
import type { Snapshot, SnapshotComment, ToolField, ToolValue } from './snapshot.ts'

/**
 * What became of a call whose answer was lost, judged by what the tool shows now.
 *
 * - `done`     it happened; `elementId` names what it made.
 * - `again`    it did not happen, or it sets an absolute value: the next merge decides afresh.
 * - `wait`     it may still be under way there, or not be visible yet: look again at `until`.
 * - `ask`      the tool gives no way to tell: a person decides.
 *
 * Repeating too early makes a double, waiting too long only delays: when in doubt, `wait`.
 */
export type Verdict =
  | { readonly verdict: 'done'; readonly elementId: string | null }
  | { readonly verdict: 'again' }
  | { readonly verdict: 'wait'; readonly until: Date }
  | { readonly verdict: 'ask' }

/** A call may outlive our time-out inside the tool by this much. */
const UNDER_WAY_MS = 10_000
const DEFAULT_FIND_LAG_S = 120

const waitOrAgain = (startedAt: Date, misses: number, now: Date, settleMs: number): Verdict => {
  const settled = startedAt.getTime() + settleMs
  // two looks that find nothing, the second after everything must have settled
  if (now.getTime() >= settled && misses >= 1) return { verdict: 'again' }
  return { verdict: 'wait', until: new Date(Math.max(settled, now.getTime() + UNDER_WAY_MS / 2)) }
}

/** A listing that fails may work the next time; one that never comes shows nothing, and a person has to look. */
const LISTINGS_TRIED = 3
const notListed = (
  { startedAt, misses }: { readonly startedAt: Date; readonly misses: number },
  now: Date,
): Verdict => (misses >= LISTINGS_TRIED ? { verdict: 'ask' } : waitOrAgain(startedAt, 0, now, UNDER_WAY_MS))

/** Of an operation on an item that was just fetched. `known` are the elements already accounted for. */
export const resolveOnItem = (
  attempt: {
    readonly planned: Pick<PlannedOperation, 'operation' | 'fields'>
    readonly startedAt: Date
    readonly misses: number
  },
  shown: Snapshot,
  known: readonly Element[],
  now: Date,
): Verdict => {
  const { operation, fields } = attempt.planned
  switch (operation.op) {
    case 'comment.add': {
      if (shown.comments === null) return notListed(attempt, now)
      const found = shown.comments.find((comment) => isOurs(comment, operation, known))
      return found === undefined
        ? waitOrAgain(attempt.startedAt, attempt.misses, now, UNDER_WAY_MS)
        : { verdict: 'done', elementId: found.id }
    }
    case 'attach': {
      if (shown.attachments === null) return notListed(attempt, now)
      const found = shown.attachments.find(
        (file) =>
          file.byUs &&
          file.name === operation.name &&
          (file.size === null || file.size === operation.size) &&
          !known.some((element) => element.remoteId === file.id),
      )
      return found === undefined
        ? waitOrAgain(attempt.startedAt, attempt.misses, now, UNDER_WAY_MS)
        : { verdict: 'done', elementId: found.id }
    }
    case 'comment.delete':
      return shown.comments !== null && !shown.comments.some((comment) => comment.id === operation.commentId)
        ? { verdict: 'done', elementId: operation.commentId }
        : { verdict: 'again' }
    case 'detach':
      return shown.attachments !== null &&
        !shown.attachments.some((file) => file.id === operation.attachmentId)
        ? { verdict: 'done', elementId: operation.attachmentId }
        : { verdict: 'again' }
    case 'transition':
      return shown.fields.status === operation.to
        ? { verdict: 'done', elementId: null }
        : { verdict: 'again' }
    case 'update':
      return Object.entries(operation.fields).every(([field, sent]) =>
        wasTaken(shownField(shown, field), sent ?? null, beforeOf(fields, field)),
      )
        ? { verdict: 'done', elementId: null }
        : { verdict: 'again' }
    case 'comment.edit':
      return shown.comments?.some(
        (comment) => comment.id === operation.commentId && isNormalisationOf(comment.text, operation.text),
      )
        ? { verdict: 'done', elementId: operation.commentId }
        : { verdict: 'again' }
    case 'link.add':
      return shown.links?.some((link) => link.url === operation.url)
        ? { verdict: 'done', elementId: null }
        : { verdict: 'again' }
    case 'link.remove':
      return { verdict: 'again' }
    case 'create':
      return { verdict: 'done', elementId: null }
  }
}

const shownField = (shown: Snapshot, field: string): ToolValue => shown.fields[field as ToolField] ?? null

/** What stood there when the call was planned. */
const beforeOf = (writes: PlannedOperation['fields'], field: string): ToolValue =>
  writes.find((write) => write.tool === field)?.before ?? null

/** No tool cuts comments shorter than this, in characters. */
const CUT_AT_LEAST = 200

const isOurs = (
  comment: SnapshotComment,
  operation: Extract<Operation, { op: 'comment.add' }>,
  known: readonly Element[],
): boolean =>
  comment.byUs &&
  isNormalisationOf(comment.text, operation.text) &&
  // a person under our account may have written the first word of it
  comment.text.length >= Math.min(operation.text.length / 2, CUT_AT_LEAST) &&
  !known.some((element) => element.remoteId === comment.id || element.remoteExtra.includes(comment.id))

/** A clone carries the marker too and is younger; ours is the one our account made first. */
export const firstOfOurs = (found: readonly Snapshot[]): Snapshot | undefined =>
  found
    .filter((one) => one.createdByUs)
    .sort((a, b) => (a.createdAt ?? '').localeCompare(b.createdAt ?? ''))[0]

/** Of a create: by what `find` shows for our marker, or by the class of the tool where it cannot show anything. */
export const resolveCreate = (
  attempt: { readonly startedAt: Date; readonly misses: number },
  found: readonly Snapshot[],
  capabilities: Capabilities,
  now: Date,
): Verdict & { readonly item?: Snapshot } => {
  const item = firstOfOurs(found)
  if (item !== undefined) return { verdict: 'done', elementId: null, item }
  if (capabilities.idempotency === 'key') return { verdict: 'again' }
  if (capabilities.idempotency === 'none') return { verdict: 'ask' }
  const lag = (capabilities.findLagSeconds ?? DEFAULT_FIND_LAG_S) * 1000
  return waitOrAgain(attempt.startedAt, attempt.misses, now, Math.max(lag, UNDER_WAY_MS))
}
