import Type, { type Static } from 'typebox'
import { Compile } from 'typebox/compile'
import { RemoteFault } from '../../sync/fault.ts'

/**
 * How far a pull has come. Pure.
 *
 * JQL takes times as milliseconds (no time zone to be wrong about), and finds a change only when its index has it: a
 * change stamped before one that was seen may be found later. So the end of a run lies no nearer to now than the index
 * lags, and what is nearer is listed again by the next poll. Within a run each page starts at the last time seen (a
 * keyset: rows that move to the end while we read make no hole); a whole page of one second goes on by the page's token
 * (Cloud) or by offset (Data Center).
 */

const Ms = Type.Integer({ minimum: 0, maximum: 8_000_000_000_000_000 })
const Token = Type.Union([Type.String({ maxLength: 20_000 }), Type.Null()])
const Offset = Type.Integer({ minimum: 0, maximum: 1_000_000_000 })
const Changes = Type.Object({
  scope: Type.Literal('changes'),
  from: Ms,
  token: Token,
  skip: Offset,
  /** When versions were listed last, and what they were like; Jira tells no time of a version's change. */
  versionsAt: Ms,
  versions: Type.String({ maxLength: 100 }),
})
const All = Type.Object({
  scope: Type.Literal('all'),
  /** What the question says; a token goes with the very words of its first question. */
  from: Ms,
  /** Where the next one starts when the token has expired. */
  reached: Ms,
  token: Token,
  skip: Offset,
})
export type ChangesCursor = Static<typeof Changes>
export type AllCursor = Static<typeof All>
const CheckedChanges = Compile(Changes)
const CheckedAll = Compile(All)

/** Rows read again when paging by offset, for rows that left the window meanwhile. */
const OFFSET_OVERLAP = 10

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

const unreadable = (): RemoteFault =>
  new RemoteFault('invalid', 'the saved position of this connection cannot be read')

/** Throws `invalid` on a cursor that is none of ours: starting anew in silence would lose what came between. */
export const changesCursor = (text: string): ChangesCursor => {
  const value = parsed(text)
  if (CheckedChanges.Check(value)) return value
  throw unreadable()
}

export const allCursor = (text: string): AllCursor => {
  const value = parsed(text)
  if (CheckedAll.Check(value)) return value
  throw unreadable()
}

export const START_OF_ALL: AllCursor = { scope: 'all', from: 0, reached: 0, token: null, skip: 0 }

/** The index may keep no fraction of a second. */
export const second = (ms: number): number => Math.floor(ms / 1000) * 1000

/** After a full page: more follow. `lastMs`: when its last row changed. */
export const afterFullPage = (
  cursor: ChangesCursor,
  lastMs: number,
  rows: number,
  token: string | null,
): ChangesCursor => {
  const last = second(lastMs)
  if (last > cursor.from) return { ...cursor, from: last, token: null, skip: 0 }
  if (token !== null) return { ...cursor, token }
  return { ...cursor, token: null, skip: cursor.skip + Math.max(1, rows - OFFSET_OVERLAP) }
}

/** After the last page. `settledMs`: what changed before this is in the index. */
export const afterLastPage = (
  cursor: ChangesCursor,
  lastMs: number | null,
  settledMs: number,
): ChangesCursor => {
  const reached = lastMs === null ? cursor.from : second(Math.min(lastMs, settledMs))
  return { ...cursor, from: Math.max(cursor.from, reached), token: null, skip: 0 }
}

/**
 * Through everything by time of creation, which never changes. On Cloud the page's token goes on; without one the next
 * page starts at the last second, less the rows of it that were seen.
 */
export const afterAllPage = (
  cursor: AllCursor,
  times: readonly number[],
  token: string | null,
): AllCursor => {
  const last = second(times.at(-1) ?? cursor.reached)
  if (token !== null) return { ...cursor, reached: last, token, skip: 0 }
  const ofLast = times.filter((each) => second(each) === last).length
  const skip = ofLast + (last === cursor.from ? cursor.skip : 0)
  return { scope: 'all', from: last, reached: last, token: null, skip }
}
