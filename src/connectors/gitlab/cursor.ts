import Type, { type Static, type TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import { RemoteFault } from '../../sync/fault.ts'
import type { WireIssue } from './schema.ts'

/**
 * How far a pull has come. Pure. Projects are read one after the other, each by a clock of milliseconds: by
 * `updated_at` for changes, by `created_at`, which nothing moves, for everything.
 *
 * The next page starts at the last time seen (a keyset: rows that move to the end while we read make no hole), for
 * GitLab's own numbered pages skip a row for each that left; only while a whole page is of one time it goes on by
 * number. GitLab shows three digits of the six it keeps, so the last rows are seen again, which the filter (at or
 * after) does anyway.
 */

const Time = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z$' })
const Place = Type.Object({ from: Time, page: Type.Integer({ minimum: 1, maximum: 100_000 }) })
export type Place = Static<typeof Place>

const Changes = Type.Object({
  scope: Type.Literal('changes'),
  /** Of the project being read. */
  at: Type.Integer({ minimum: 0, maximum: 1_000 }),
  places: Type.Record(Type.String(), Place),
  releasesFrom: Time,
})
const All = Type.Object({
  scope: Type.Literal('all'),
  at: Type.Integer({ minimum: 0, maximum: 1_000 }),
  place: Place,
  /** Numbers of the issues of the last time that were shown already. */
  seen: Type.Array(Type.Integer(), { maxItems: 1_000 }),
})
export type ChangesCursor = Static<typeof Changes>
export type AllCursor = Static<typeof All>
const CheckedChanges = Compile(Changes)
const CheckedAll = Compile(All)

export const EPOCH = '1970-01-01T00:00:00.000Z'
/** A change is stamped before it is committed. */
const LOOK_BACK_MS = 5_000

const stamp = (time: string): string => new Date(Date.parse(time)).toISOString()
export const latest = (times: readonly string[], floor: string): string =>
  times.map(stamp).reduce((a, b) => (a > b ? a : b), floor)

const lookBack = (time: string): string =>
  new Date(Math.max(0, Date.parse(time) - LOOK_BACK_MS)).toISOString()

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

interface Checker<T> {
  Check(value: unknown): value is T
}

/** Throws `invalid` on a cursor that is none of ours: starting anew in silence would lose what came between. */
const cursorOf =
  <S extends TSchema>(validator: Checker<Static<S>>) =>
  (text: string): Static<S> => {
    const value = parsed(text)
    if (validator.Check(value)) return value
    throw new RemoteFault('invalid', 'the saved position of this connection cannot be read')
  }

export const changesCursor = cursorOf<typeof Changes>(CheckedChanges)
export const allCursor = cursorOf<typeof All>(CheckedAll)

export const startPlace = (from: string): Place => ({ from, page: 1 })

export const allStart = (): AllCursor => ({ scope: 'all', at: 0, place: startPlace(EPOCH), seen: [] })

const nextPlace = (place: Place, lastAt: string): Place => {
  const last = stamp(lastAt)
  return last > place.from ? startPlace(last) : { ...place, page: place.page + 1 }
}

/** After a page of the project being read. `isFull`: more may follow. */
export const afterChanges = (
  cursor: ChangesCursor,
  project: string,
  place: Place,
  issues: readonly Pick<WireIssue, 'updated_at'>[],
  isFull: boolean,
): ChangesCursor => {
  const lastAt = issues.at(-1)?.updated_at
  if (isFull && lastAt !== undefined)
    return { ...cursor, places: { ...cursor.places, [project]: nextPlace(place, lastAt) } }
  const end = lastAt === undefined ? place.from : lookBack(lastAt)
  return { ...cursor, at: cursor.at + 1, places: { ...cursor.places, [project]: startPlace(end) } }
}

export const afterEvery = (
  cursor: AllCursor,
  issues: readonly Pick<WireIssue, 'created_at' | 'iid'>[],
  isFull: boolean,
): AllCursor => {
  const lastAt = issues.at(-1)?.created_at
  if (!isFull || lastAt === undefined) return { ...allStart(), at: cursor.at + 1 }
  const place = nextPlace(cursor.place, lastAt)
  const seen =
    place.page > 1 ? [] : issues.filter((issue) => issue.created_at === lastAt).map(({ iid }) => iid)
  return { ...cursor, place, seen }
}
