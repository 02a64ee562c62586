import { type RawBuilder, sql } from 'kysely'
import { type Term, wordsIn } from '../../domain/query/parse.ts'
import type * as words from '../../domain/words.ts'
import type { RichText } from '../../sync/rich-text/index.ts'
import type { Tx } from '../database.ts'
import { positive, recordsFound, withoutWords } from './found-words.ts'
import { NO_KNOWN_WORDS } from './known-words.ts'
import { type Asked, ticketFilters, workItemFilters } from './query-conditions.ts'

/** Search over tickets and work items, best first: by key, then by title, then by what else they and their comments say. */
export interface FoundRecord {
  readonly id: string
  readonly key: string
  readonly title: string
  readonly state: words.TicketState | words.WorkItemState
  /** The customer of a ticket, the team of a work item. */
  readonly about: string | null
  readonly updatedAt: Date
  /** Where the words stand, when not in the title. */
  readonly comment: RichText | null
  readonly description: RichText
  readonly total: number
}

/** More are counted as so many and more. */
export const COUNTED = 100

type Condition = RawBuilder<unknown>

const TICKET = {
  of: 'ticket',
  from: sql`ticket t left join customer c on c.id = t.customer_id`,
  row: sql`t`,
  about: sql`c.name`,
} as const
const WORK_ITEM = {
  of: 'work item',
  from: sql`work_item w left join team m on m.id = w.team_id`,
  row: sql`w`,
  about: sql`m.name`,
} as const

export const searchTickets = (tx: Tx, asked: Asked, limit: number): Promise<readonly FoundRecord[]> => {
  return search(tx, TICKET, asked, ticketFilters(asked), limit)
}

export const searchWorkItems = (tx: Tx, asked: Asked, limit: number): Promise<readonly FoundRecord[]> =>
  search(tx, WORK_ITEM, asked, workItemFilters(asked), limit)

type Kind = typeof TICKET | typeof WORK_ITEM

const search = async (
  tx: Tx,
  kind: Kind,
  asked: Asked,
  filters: readonly Condition[],
  limit: number,
): Promise<readonly FoundRecord[]> => {
  const { reader, now, known = NO_KNOWN_WORDS } = asked
  const { terms } = asked.query
  const conditions = [...filters, ...withoutWords(kind.of, terms, known)]
  const asksWords = positive(terms)
  if (asksWords.length === 0) return latest(tx, kind, conditions, limit)
  const found = recordsFound(kind.of, terms, reader, known, { conditions, limit: COUNTED, now })
  return bestOf(tx, kind, sql`${found} f`, asksWords, conditions, limit)
}

const bestOf = async (
  tx: Tx,
  { from, row, about }: Kind,
  found: Condition,
  terms: readonly Term[],
  conditions: readonly Condition[],
  limit: number,
): Promise<readonly FoundRecord[]> => {
  const result = await sql<FoundRecord>`
    select best.*, coalesce((select body from message where id = best.commented), (select body from note where id = best.commented)) as comment
    from (select ${row}.id, ${row}.key, ${row}.title, ${row}.state, ${about} as about, ${row}.updated_at as "updatedAt",
        ${row}.description, f.comment as commented, count(*) over ()::int as total, f.rank, ${inTitle(row, terms)} as titled
      from ${from} join ${found} on f.id = ${row}.id ${where(conditions)}
      order by (f.rank = 0) desc, titled desc, f.rank, ${row}.updated_at desc, ${row}.id limit ${limit}) best
    order by (best.rank = 0) desc, best.titled desc, best.rank, best."updatedAt" desc, best.id`.execute(tx)
  return result.rows
}

/** Without words: the latest changed that the filters let through. */
const latest = async (
  tx: Tx,
  { from, row, about }: Kind,
  conditions: readonly Condition[],
  limit: number,
): Promise<readonly FoundRecord[]> => {
  const result = await sql<FoundRecord>`
    select ${row}.id, ${row}.key, ${row}.title, ${row}.state, ${about} as about, ${row}.updated_at as "updatedAt", ${row}.description,
      null as comment, (select count(*)::int from (select from ${from} ${where(conditions)} limit ${COUNTED}) counted) as total
    from ${from} ${where(conditions)} order by ${row}.updated_at desc, ${row}.id desc limit ${limit}`.execute(
    tx,
  )
  return result.rows
}

const where = (conditions: readonly Condition[]): Condition =>
  conditions.length === 0 ? sql`` : sql`where ${sql.join(conditions, sql` and `)}`

const contains = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`

const inTitle = (row: Condition, terms: readonly Term[]): Condition =>
  sql`(${row}.title ilike all(${terms.flatMap(({ text }) => wordsIn(text)).map(contains)}::text[]))`
