import Type, { type Static } from 'typebox'
import { Compile } from 'typebox/compile'
import { RemoteFault } from '../../sync/fault.ts'

/**
 * How far a pull has come, for issues and versions in one. Pure.
 *
 * Redmine's clock shows whole seconds, and a change is stamped before it is committed, so a poll must look back a
 * little and see things twice. Within a run the next page starts at the last time seen (a keyset: rows that move to
 * the end while we read make no hole); only when a whole page is of one second (a bulk edit) it goes on by offset.
 */

const Time = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}Z$' })
const Changes = Type.Object({
  scope: Type.Literal('changes'),
  from: Time,
  offset: Type.Integer({ minimum: 0 }),
  versionsFrom: Time,
})
const All = Type.Object({ scope: Type.Literal('all'), fromId: Type.Integer({ minimum: 1 }) })
export type ChangesCursor = Static<typeof Changes>
export type AllCursor = Static<typeof All>
const CheckedChanges = Compile(Changes)
const CheckedAll = Compile(All)

const LOOK_BACK_MS = 5_000
/** Rows read again when paging by offset, for rows that left the window meanwhile. */
const OFFSET_OVERLAP = 10
export const EPOCH = '1970-01-01T00:00:00Z'

/** The only form of a time that Redmine's filters take: no fraction, no offset. */
const seconds = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`
const later = (a: string, b: string): string => (a > b ? a : b)

const lookBack = (time: string): string => seconds(Math.max(0, Date.parse(time) - LOOK_BACK_MS))

export const latest = (times: readonly string[], floor: string): string =>
  times.map((time) => seconds(Date.parse(time))).reduce(later, floor)

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** Throws `invalid` on a cursor that is none of ours: starting anew in silence would lose what came between. */
export const changesCursor = (text: string): ChangesCursor => {
  const value = parsed(text)
  if (CheckedChanges.Check(value)) return value
  throw new RemoteFault('invalid', 'the saved position of this connection cannot be read')
}

export const allCursor = (text: string): AllCursor => {
  const value = parsed(text)
  if (CheckedAll.Check(value)) return value
  throw new RemoteFault('invalid', 'the saved position of this connection cannot be read')
}

export const startAt = (from: string, versionsFrom: string): ChangesCursor => ({
  scope: 'changes',
  from,
  offset: 0,
  versionsFrom,
})

/** The position after a full page: more follow. `lastAt`: when the last row of the page changed. */
export const afterFullPage = (cursor: ChangesCursor, lastAt: string, rows: number): ChangesCursor => {
  const last = latest([lastAt], EPOCH)
  if (last > cursor.from) return { ...cursor, from: last, offset: 0 }
  return { ...cursor, offset: cursor.offset + Math.max(1, rows - OFFSET_OVERLAP) }
}

/** The position after the last page: a little before the last change, so that what was stamped then and committed since is seen. */
export const afterLastPage = (
  cursor: ChangesCursor,
  lastAt: string | null,
  versionTimes: readonly string[],
): ChangesCursor => ({
  scope: 'changes',
  from: lastAt === null ? cursor.from : lookBack(lastAt),
  offset: 0,
  versionsFrom: versionTimes.length === 0 ? cursor.versionsFrom : lookBack(latest(versionTimes, EPOCH)),
})
