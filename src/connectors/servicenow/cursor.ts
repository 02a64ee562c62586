import Type, { type Static } from 'typebox'
import { Compile } from 'typebox/compile'
import { RemoteFault } from '../../sync/fault.ts'
import { EPOCH, earlier, isDatabaseTime } from './times.ts'

/**
 * How far a pull has come, one mark for each table. Pure.
 *
 * A page goes on behind the last row seen, by time and then by `sys_id` (many records can change in one second, and
 * pages by offset would slide while records change). `sysparm_limit` is applied before rows are hidden by ACLs: a page
 * can come short or empty and not be the last, so an empty one is stepped over by offset.
 */

const Mark = Type.Object({
  at: Type.String(),
  id: Type.String({ pattern: '^[0-9a-f]{0,32}$' }),
  skip: Type.Integer({ minimum: 0, maximum: 100_000_000 }),
})
export type Mark = Static<typeof Mark>

const Cursor = Type.Object({
  scope: Type.Union([Type.Literal('changes'), Type.Literal('all')]),
  /** The table whose page comes next. */
  table: Type.Integer({ minimum: 0, maximum: 100 }),
  marks: Type.Record(Type.String({ maxLength: 80 }), Mark),
})
export type Cursor = Static<typeof Cursor>
const Checked = Compile(Cursor)

/** A change is stamped when it begins and seen when it is committed: business rules can take long in between. */
export const LOOK_BACK_MS = 30_000

export const START: Mark = Object.freeze({ at: EPOCH, id: '', skip: 0 })

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** Throws `invalid` on a cursor that is none of ours: starting anew in silence would lose what came between. */
export const readCursor = (text: string, scope: Cursor['scope']): Cursor => {
  const value = text.length > 20_000 ? null : parsed(text)
  const isOurs =
    Checked.Check(value) &&
    value.scope === scope &&
    Object.values(value.marks).every(({ at }) => isDatabaseTime(at))
  if (isOurs) return value
  throw new RemoteFault('invalid', 'the saved position of this connection cannot be read')
}

export const writeCursor = (cursor: Cursor): string => JSON.stringify(cursor)

export interface PageSeen {
  /** Of the last row; null: none came. */
  readonly last: { readonly at: string; readonly id: string } | null
  readonly limit: number
  /** Rows that match, hidden ones included; null: not told. */
  readonly total: number | null
  readonly rows: number
}

export interface Advance {
  readonly mark: Mark
  readonly more: boolean
}

/** The mark after a page. */
export const advance = (mark: Mark, { last, limit, total, rows }: PageSeen): Advance => {
  const more = total === null ? rows >= limit : total > mark.skip + limit
  if (last !== null) return { mark: { at: last.at, id: last.id, skip: 0 }, more }
  return { mark: more ? { ...mark, skip: mark.skip + limit } : { ...mark, skip: 0 }, more }
}

/** Where the next run begins: what was stamped a while ago may have been committed since. */
export const lookBack = (mark: Mark): Mark =>
  mark.at === EPOCH ? START : { at: earlier(mark.at, LOOK_BACK_MS), id: '', skip: 0 }
