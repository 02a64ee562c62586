import Type, { type Static } from 'typebox'
import { Compile } from 'typebox/compile'
import { RemoteFault } from '../../sync/fault.ts'

/**
 * How far a pull has come: one repository after the other, page by page. Pure.
 *
 * GitHub's times are whole seconds, and its lists are read from copies that lag a little, so a look goes back some
 * seconds and sees things twice. Within a round the next page starts at the last time seen (a keyset: what moves to the
 * end meanwhile makes no hole). Only when a whole page is of one second (a bulk edit) it goes on by page number, with
 * some rows again, for rows that left that second meanwhile.
 */

const Time = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}Z$' })
const Id = Type.Integer({ minimum: 1, maximum: 999_999_999_999_999 })
const Count = Type.Integer({ minimum: 0, maximum: 100_000_000 })
const Ids = Type.Array(Id, { maxItems: 100 })

const Place = Type.Object({
  from: Time,
  /** Rows of the second `from` that were read. */
  seen: Count,
  releasesFrom: Time,
})
export type Place = Static<typeof Place>

/** How far a project is looked through: one page in each round, from the first to the last and then anew. */
const Lap = Type.Object({
  /** What changed since then is shown. */
  from: Time,
  /** When this lap began: what changes behind its back is the next lap's. */
  began: Time,
  /** Where the page begins; null: with the first item. */
  after: Type.Union([Type.String({ maxLength: 500 }), Type.Null()]),
  /** Changed items of the page that were shown. */
  shown: Count,
})
export type Lap = Static<typeof Lap>

const Changes = Type.Object({
  scope: Type.Literal('changes'),
  /** Repositories that this round has still to look at, the one it is in first. */
  todo: Ids,
  places: Type.Record(Type.String({ pattern: '^\\d{1,15}$' }), Place),
  /** Projects that this round has still to look at, by id, after the repositories. */
  projects: Type.Optional(Type.Array(Type.String({ maxLength: 200 }), { maxItems: 20 })),
  laps: Type.Optional(Type.Record(Type.String({ maxLength: 200 }), Lap)),
})
export type ChangesCursor = Static<typeof Changes>

const All = Type.Object({
  scope: Type.Literal('all'),
  todo: Ids,
  seen: Count,
  /** Numbers of the last issues seen, so that what is read twice is shown once. */
  tail: Ids,
})
export type AllCursor = Static<typeof All>

const CheckedChanges = Compile(Changes)
const CheckedAll = Compile(All)

export const EPOCH = '1970-01-01T00:00:00Z'
const LOOK_BACK_MS = 10_000
/** Rows read again when paging by number. */
const OVERLAP = 10
const SMALLEST_PAGE = 51

const seconds = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`

export const latest = (times: readonly string[], floor: string): string =>
  times.map((time) => seconds(Date.parse(time))).reduce((a, b) => (a > b ? a : b), floor)

export const lookBack = (time: string): string => seconds(Math.max(0, Date.parse(time) - LOOK_BACK_MS))

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

const UNREADABLE = 'the saved position of this connection cannot be read'

/** Throws `invalid` on a cursor that is none of ours: starting anew in silence would lose what came between. */
export const changesCursor = (text: string): ChangesCursor => {
  const value = parsed(text)
  if (CheckedChanges.Check(value)) return value
  throw new RemoteFault('invalid', UNREADABLE)
}

export const allCursor = (text: string): AllCursor => {
  const value = parsed(text)
  if (CheckedAll.Check(value)) return value
  throw new RemoteFault('invalid', UNREADABLE)
}

/** Which page goes on after `seen` rows, some of them again: GitHub counts pages, not rows. */
export const pageAfter = (
  seen: number,
  largest: number,
): { readonly page: number; readonly size: number } => {
  const target = Math.max(0, seen - OVERLAP)
  let best = { page: 1, size: largest }
  for (let size = largest; size >= Math.min(SMALLEST_PAGE, largest); size -= 1) {
    const page = Math.floor(target / size) + 1
    if (page * size > best.page * best.size) best = { page, size }
  }
  return best
}

/** After a full page: more follow. */
export const afterFullPage = (
  place: Place,
  lastAt: string,
  page: { readonly page: number; readonly size: number },
): Place => {
  const last = latest([lastAt], EPOCH)
  if (last > place.from) return { ...place, from: last, seen: 0 }
  return { ...place, seen: page.page * page.size }
}

/** After the last page: a little before the last change, so that what was stamped then and shown later is seen. */
export const afterLastPage = (
  place: Place,
  lastAt: string | null,
  releaseTimes: readonly string[],
): Place => ({
  from: lastAt === null ? place.from : lookBack(lastAt),
  seen: 0,
  releasesFrom: releaseTimes.length === 0 ? place.releasesFrom : lookBack(latest(releaseTimes, EPOCH)),
})

export const OVERLAP_TAIL = OVERLAP * 10
