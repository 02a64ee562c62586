import { type RawBuilder, sql } from 'kysely'
import { type Term, wordsIn } from '../../domain/query/parse.ts'
import type * as words from '../../domain/words.ts'
import type { RichText } from '../../sync/rich-text/index.ts'
import type { Tx } from '../database.ts'
import { positive, recordsFound, withoutWords } from './found-words.ts'
import { NO_KNOWN_WORDS } from './known-words.ts'
import { type Asked, ticketFilters, workItemFilters } from './query-conditions.ts'
import { type FoundName, type NamedKind, nameRows } from './search-names.ts'

/**
 * Search over everything, in one query: of each kind the best first. Records by key, then by title, then by what else they
 * and their comments say; what has a name by its name (search-names.ts).
 */
export interface FoundRecord {
  readonly of: 'ticket' | 'work item'
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
export type FoundRow = FoundRecord | FoundName

/** What is looked for; a kind that is not given is not looked through. */
export interface Wanted {
  readonly ticket?: Asked
  readonly workItem?: Asked
  readonly names?: { readonly text: string; readonly kinds: readonly NamedKind[] }
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

type Kind = typeof TICKET | typeof WORK_ITEM

export const search = async (tx: Tx, wanted: Wanted, limit: number): Promise<readonly FoundRow[]> => {
  const { ticket, workItem, names } = wanted
  const parts = [
    ...(ticket === undefined ? [] : [recordRows(TICKET, ticket, ticketFilters(ticket), limit)]),
    ...(workItem === undefined ? [] : [recordRows(WORK_ITEM, workItem, workItemFilters(workItem), limit)]),
    ...(names === undefined ? [] : nameRows(names.text, names.kinds, limit)),
  ]
  if (parts.length === 0) return []
  const { rows } = await sql<FoundRow>`
    select * from (${sql.join(parts, sql` union all `)}) found order by place`.execute(tx)
  return rows
}

const recordRows = (kind: Kind, asked: Asked, filters: readonly Condition[], limit: number): Condition => {
  const { reader, now, known = NO_KNOWN_WORDS } = asked
  const { terms } = asked.query
  const conditions = [...filters, ...withoutWords(kind.of, terms, known)]
  const asksWords = positive(terms)
  if (asksWords.length === 0) return latest(kind, conditions, limit)
  const found = recordsFound(kind.of, terms, reader, known, { conditions, limit: COUNTED, now })
  return bestOf(kind, sql`${found} f`, asksWords, conditions, limit)
}

const bestOf = (
  { of, from, row, about }: Kind,
  found: Condition,
  terms: readonly Term[],
  conditions: readonly Condition[],
  limit: number,
): Condition => sql`
  select ${sql.lit(of)} as of, row_number() over (order by (rank = 0) desc, titled desc, rank, "updatedAt" desc, id) as place,
    id, key, title, about, total, state, "updatedAt", description,
    coalesce((select body from message where id = commented), (select body from note where id = commented)) as comment
  from (select ${row}.id, ${row}.key, ${row}.title, ${row}.state, ${about} as about, ${row}.updated_at as "updatedAt",
      ${row}.description, f.comment as commented, count(*) over ()::int as total, f.rank, ${inTitle(row, terms)} as titled
    from ${from} join ${found} on f.id = ${row}.id ${where(conditions)}
    order by (f.rank = 0) desc, titled desc, f.rank, ${row}.updated_at desc, ${row}.id limit ${limit}) best`

/** Without words: the latest changed that the filters let through. */
const latest = (
  { of, from, row, about }: Kind,
  conditions: readonly Condition[],
  limit: number,
): Condition => sql`
  select ${sql.lit(of)} as of, row_number() over (order by "updatedAt" desc, id desc) as place, id, key, title, about,
    (select count(*)::int from (select from ${from} ${where(conditions)} limit ${COUNTED}) counted) as total,
    state, "updatedAt", description, null::jsonb as comment
  from (select ${row}.id, ${row}.key, ${row}.title, ${about} as about, ${row}.state, ${row}.updated_at as "updatedAt", ${row}.description
    from ${from} ${where(conditions)} order by ${row}.updated_at desc, ${row}.id desc limit ${limit}) latest`

const where = (conditions: readonly Condition[]): Condition =>
  conditions.length === 0 ? sql`` : sql`where ${sql.join(conditions, sql` and `)}`

const contains = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`

const inTitle = (row: Condition, terms: readonly Term[]): Condition =>
  sql`(${row}.title ilike all(${terms.flatMap(({ text }) => wordsIn(text)).map(contains)}::text[]))`
