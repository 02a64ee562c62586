import Type, { type Static } from 'typebox'
import { Compile } from 'typebox/compile'
import { parseBoundedJson } from '../../lib/bounded-json.ts'
import { RemoteFault } from '../../sync/fault.ts'

/**
 * How far a pull has come, one mark for each list. Pure.
 *
 * Lists know pages by number only, and rows slide between pages while records change. Where Freshservice lists by the time of
 * the last change, a list begins anew after each full page at the second before its last row, on page 1: what is deleted or
 * changed meanwhile moves nobody over a page's edge. Where it does not (its own SDK knows no such order), or where one second
 * fills a page, pages are counted, and the next time begins where these began: what changed behind our back comes then.
 */

const Mark = Type.Object({
  /** Epoch, seconds: `updated_since`. */
  since: Type.Integer({ minimum: 0, maximum: 100_000_000_000 }),
  page: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
  /** Latest change seen in pages since `since` was set. */
  newest: Type.Integer({ minimum: 0, maximum: 100_000_000_000 }),
  /** Freshservice's clock at the first of these pages; 0 before it. */
  began: Type.Integer({ minimum: 0, maximum: 100_000_000_000 }),
  /** Numbers already told that the next page may tell again; of a round over everything only. */
  seen: Type.Array(Type.Integer({ minimum: 1, maximum: 999_999_999_999_999 }), { maxItems: 200 }),
})
export type Mark = Static<typeof Mark>

const Cursor = Type.Object({
  scope: Type.Union([Type.Literal('changes'), Type.Literal('all')]),
  /** The list whose page comes next. */
  list: Type.Integer({ minimum: 0, maximum: 1_000 }),
  marks: Type.Record(Type.String({ maxLength: 40 }), Mark),
})
export type Cursor = Static<typeof Cursor>
const Checked = Compile(Cursor)

/** A change is stamped when it begins, and seen when it is done. */
const LOOK_BACK_S = 60
const MAX_LENGTH = 500_000

export const START: Mark = Object.freeze({ since: 0, page: 1, newest: 0, began: 0, seen: [] })

export const startingAt = (toolNow: Date): Mark => ({
  ...START,
  since: Math.max(0, Math.floor(toolNow.getTime() / 1000) - LOOK_BACK_S),
})

export const writeCursor = (cursor: Cursor): string => JSON.stringify(cursor)

/** Throws `invalid` on a cursor that is none of ours: starting anew in silence would lose what came between. */
export const readCursor = (text: string, scope: Cursor['scope']): Cursor => {
  const parsed = text.length > MAX_LENGTH ? null : parseBoundedJson(Buffer.from(text))
  const value: unknown = parsed?.ok ? parsed.value : null
  if (Checked.Check(value) && value.scope === scope) return value
  throw new RemoteFault('invalid', 'the saved position of this connection cannot be read')
}

export interface Row {
  readonly id: number
  readonly updatedS: number
}

/** Past this, Freshservice gives no pages. */
const MAX_PAGES = 300

const isByTime = (mark: Mark, rows: readonly Row[]): boolean => {
  const [first, last] = [rows[0]?.updatedS ?? 0, rows.at(-1)?.updatedS ?? 0]
  // Rows of one second say nothing about the order of the list.
  return (
    first < last &&
    first >= mark.newest &&
    rows.every((row, at) => row.updatedS >= (rows[at - 1]?.updatedS ?? 0))
  )
}

/**
 * The mark behind a page. `toolS`: Freshservice's clock when it gave the page. `isRound`: nothing that was told is told again,
 * and nothing is looked at twice at the end.
 */
export const advance = (
  mark: Mark,
  {
    rows,
    isLast,
    toolS,
  }: { readonly rows: readonly Row[]; readonly isLast: boolean; readonly toolS: number },
  isRound: boolean,
): { readonly mark: Mark; readonly more: boolean } => {
  const newest = Math.max(mark.newest, ...rows.map(({ updatedS }) => updatedS))
  const began = mark.page === 1 ? toolS : mark.began
  if (isLast) {
    const since = isRound ? mark.since : Math.max(mark.since, Math.min(newest, began) - LOOK_BACK_S)
    return { mark: { ...START, since }, more: false }
  }
  const next = (rows.at(-1)?.updatedS ?? 0) - 1
  if (isByTime(mark, rows) && next > mark.since) {
    const seen = isRound ? rows.filter(({ updatedS }) => updatedS >= next).map(({ id }) => id) : []
    return { mark: { ...START, since: next, seen }, more: true }
  }
  if (mark.page >= MAX_PAGES)
    throw new RemoteFault(
      'invalid',
      'Freshservice lists 300 pages at most, and not by the time of change: there are more records than it shows',
    )
  return { mark: { ...mark, page: mark.page + 1, newest, began }, more: true }
}
