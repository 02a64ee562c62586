import Type, { type Static } from 'typebox'
import { Compile } from 'typebox/compile'
import { RemoteFault } from '../../sync/fault.ts'

/**
 * How far a pull has come. Pure.
 *
 * The next page starts at the last time seen, without what was seen at just that time: rows that move to the end while
 * we read make no hole, and it does not matter what Linear's own cursors stand for. Only where very many rows have one
 * time (a bulk edit) it goes on by such a cursor. After the last page it looks back a little, because a change may be
 * stamped before it can be seen.
 */

const Time = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?Z$' })
const Mark = Type.Object({
  from: Time,
  seen: Type.Array(Type.String({ maxLength: 100 }), { maxItems: 1_000 }),
  before: Type.Union([Type.String({ maxLength: 2_000 }), Type.Null()]),
})
export type Mark = Static<typeof Mark>

const Changes = Type.Object({ scope: Type.Literal('changes'), issues: Mark, comments: Mark, releases: Mark })
const All = Type.Object({
  scope: Type.Literal('all'),
  issues: Type.Union([Mark, Type.Null()]),
  releases: Mark,
})
export type ChangesCursor = Static<typeof Changes>
export type AllCursor = Static<typeof All>
const CheckedChanges = Compile(Changes)
const CheckedAll = Compile(All)

const LOOK_BACK_MS = 10_000
const MAX_SEEN = 400
export const EPOCH = '1970-01-01T00:00:00.000Z'

export interface Row {
  readonly id: string
  readonly at: string
}

export interface Rows {
  /** As listed: newest first. */
  readonly rows: readonly Row[]
  readonly hasPrevious: boolean
  readonly startCursor: string | null
}

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

export const startAt = (from: string): Mark => ({ from, seen: [], before: null })

const lookBack = (time: string): string =>
  new Date(Math.max(0, Date.parse(time) - LOOK_BACK_MS)).toISOString()

/** What to ask for beside the scope. */
export const filterOf = (mark: Mark, by: 'createdAt' | 'updatedAt'): Readonly<Record<string, unknown>> => ({
  [by]: { gte: mark.from },
  ...(mark.seen.length === 0 ? {} : { id: { nin: mark.seen } }),
})

/**
 * Linear lists newest first, which is documented for recent things only in passing. Were it otherwise, the last rows
 * would not be the oldest, and taking them would lose all others: then nothing is taken.
 */
const requireNewestFirst = (rows: readonly Row[]): void => {
  if (rows.every(({ at }, index) => index === 0 || at <= (rows[index - 1]?.at ?? at))) return
  throw new RemoteFault(
    'down',
    'Linear lists in another order than newest first: nothing can be taken from it',
  )
}

export interface Step {
  readonly next: Mark
  readonly more: boolean
}

/** `atEnd`: where the next round begins when this was the last page. */
export const stepAfter = (mark: Mark, { rows, hasPrevious, startCursor }: Rows): Step => {
  requireNewestFirst(rows)
  const last = rows[0]?.at
  if (!hasPrevious || last === undefined) {
    const isMidway = mark.seen.length > 0 || mark.before !== null
    const end = last ?? (isMidway ? mark.from : null)
    return { next: startAt(end === null ? mark.from : lookBack(end)), more: false }
  }
  if (last > mark.from) {
    const seen = rows.filter(({ at }) => at === last).map(({ id }) => id)
    return { next: { from: last, seen, before: null }, more: true }
  }
  const seen = [...mark.seen, ...rows.map(({ id }) => id)]
  const next =
    seen.length > MAX_SEEN
      ? { from: mark.from, seen: mark.seen, before: startCursor }
      : { from: mark.from, seen, before: null }
  return { next, more: true }
}
