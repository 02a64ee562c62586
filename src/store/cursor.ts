import { type Refusal, refuse } from '../domain/refusal.ts'
import { err, ok, type Result } from '../lib/result.ts'

/** One page of a list. `next` is asked for as `after`; null: this was the last. */
export interface Page<T> {
  readonly items: readonly T[]
  readonly next: string | null
}

export interface PageRequest {
  /** `next` of the page before; null for the first. */
  readonly after: string | null
  /** Items wanted, 1 … 200. */
  readonly limit: number
}

/** A place in a list sorted by a moment or a text, then by id: stays right while rows come and go. */
export interface Place {
  readonly at: string
  readonly id: string
}

const MAX_PAGE = 200

export const pageSize = (limit: number): number => Math.max(1, Math.min(MAX_PAGE, Math.trunc(limit) || 1))

export const encodePlace = (place: Place): string =>
  Buffer.from(JSON.stringify([place.at, place.id])).toString('base64url')

const ID = /^[0-9a-f-]{36}$/

/** Reads a cursor; one that we did not make is refused. Null stands for the beginning. */
export const readPlace = (
  after: string | null,
  sortedBy: 'time' | 'text' | 'number',
): Result<Place | null, Refusal> => {
  if (after === null || after === '') return ok(null)
  const place = parsePlace(after)
  const fits =
    place !== null &&
    (sortedBy === 'text' ||
      (sortedBy === 'time' ? !Number.isNaN(Date.parse(place.at)) : /^-?\d{1,15}$/.test(place.at)))
  return fits
    ? ok(place)
    : err(refuse('invalid', 'This cursor is not one of ours: ask for the first page.', { field: '/after' }))
}

const parsePlace = (after: string): Place | null => {
  try {
    const read: unknown = JSON.parse(Buffer.from(after, 'base64url').toString('utf8'))
    if (!Array.isArray(read)) return null
    const [at, id]: readonly unknown[] = read
    return typeof at === 'string' && typeof id === 'string' && ID.test(id) ? { at, id } : null
  } catch {
    return null
  }
}

/** Cuts a page out of `limit + 1` rows: the one too many says that there is a next page. */
export const pageOf = <T>(rows: readonly T[], limit: number, place: (row: T) => Place): Page<T> => {
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return { items, next: rows.length > limit && last !== undefined ? encodePlace(place(last)) : null }
}
