import { type RawBuilder, sql } from 'kysely'
import { audiencesOf } from '../../domain/audience.ts'
import { FINISHED, UNFINISHED } from '../../domain/query/filters.ts'
import type { Query, QueryFilter } from '../../domain/query/parse.ts'
import { spanOf } from '../../domain/query/times.ts'
import { isId } from '../../lib/ids.ts'
import type { Tx } from '../database.ts'
import { isOneOf } from './conditions.ts'
import { positive, type Reader, recordsFound, withoutWords } from './found-words.ts'
import { type KnownWords, NO_KNOWN_WORDS, openWords } from './known-words.ts'
import { STANDS_BEHIND, WORST_SEVERITY } from './shared-columns.ts'

/** A query that was read, with who asks and when: what `me` and `7d` mean depends on it. */
export interface Asked {
  readonly query: Query
  readonly reader: Reader
  readonly now: Date
  /** Records that hold the words, looked up first: how many there are decides how a list is best read. */
  readonly found?: readonly string[]
  /** What its words are widened to. */
  readonly known?: KnownWords
}

type Condition = RawBuilder<unknown>

/** A list holds at most about so many records that are found by words. */
const LISTED_BY_WORDS = 1_000

const OPEN_TICKETS = ['new', 'open', 'waiting']
const OPEN_WORK = ['triage', 'backlog', 'ready', 'started', 'in review', 'verifying']

/** Conditions on tickets t: what the filters say, without the words. */
export const ticketFilters = ({ query, reader, now }: Asked): readonly Condition[] =>
  query.filters.map((filter) =>
    unless(
      filter,
      anyOf(filter, (value) => ofTicket(filter, value, reader, now)),
    ),
  )

/** Conditions on work items w. */
export const workItemFilters = ({ query, reader, now }: Asked): readonly Condition[] =>
  query.filters.map((filter) =>
    unless(
      filter,
      anyOf(filter, (value) => ofWorkItem(filter, value, reader, now)),
    ),
  )

/** All of it, with the words: for a list. */
export const queryConditions = (of: 'ticket' | 'work item', asked: Asked): readonly Condition[] => {
  const { terms } = asked.query
  const filters = of === 'ticket' ? ticketFilters(asked) : workItemFilters(asked)
  const conditions = [...filters, ...withoutWords(of, terms, asked.known ?? NO_KNOWN_WORDS)]
  if (positive(terms).length === 0) return conditions
  return [
    ...conditions,
    sql`${sql.ref(of === 'ticket' ? 't.id' : 'w.id')} = any(${[...(asked.found ?? [])]}::uuid[])`,
  ]
}

/** The same query with the records where its words stand. */
export const withRecordsFound = async (tx: Tx, of: 'ticket' | 'work item', asked: Asked): Promise<Asked> => {
  const { terms } = asked.query
  if (terms.length === 0) return asked
  const known = await openWords(tx, terms)
  if (positive(terms).length === 0) return { ...asked, known }
  const filters = of === 'ticket' ? ticketFilters(asked) : workItemFilters(asked)
  const conditions = [...filters, ...withoutWords(of, terms, known)]
  const bounds = { conditions, limit: LISTED_BY_WORDS, now: asked.now }
  const { rows } = await sql<{
    id: string
  }>`select id from ${recordsFound(of, terms, asked.reader, known, bounds)} found`.execute(tx)
  return { ...asked, known, found: rows.map(({ id }) => id) }
}

const unless = ({ isNot }: QueryFilter, condition: Condition): Condition =>
  isNot ? sql`not coalesce(${condition}, false)` : condition

const anyOf = (filter: QueryFilter, condition: (value: string) => Condition): Condition =>
  sql`(${sql.join(filter.values.map(condition), sql` or `)})`

const NOTHING = sql`false`

const timed = (column: Condition, value: string, now: Date): Condition => {
  const span = spanOf(value, now)
  if (span === null) return NOTHING
  const bounds = [
    ...(span.from === null ? [] : [sql`${column} >= ${span.from}::timestamptz`]),
    ...(span.until === null ? [] : [sql`${column} < ${span.until}::timestamptz`]),
  ]
  return sql`(${sql.join(bounds, sql` and `)})`
}

const inState = (column: Condition, value: string, open: readonly string[]): Condition => {
  if (value === UNFINISHED) return isOneOf(column, open)
  if (value === FINISHED) return sql`not ${isOneOf(column, open)}`
  return isOneOf(column, [value])
}

const part = (text: string): string => `%${text.slice(0, 200).replace(/[\\%_]/g, '\\$&')}%`

type Noun = 'customer' | 'contact' | 'person' | 'team' | 'product' | 'component' | 'release'
const KEYED: readonly Noun[] = ['customer', 'team', 'product', 'component']
const WITH_MAIL: readonly Noun[] = ['person', 'contact']

/** Ids of those whose key, e-mail or id is this; of nobody else then, or else by a part of the name. */
const named = (noun: Noun, value: string): Condition => {
  const table = sql.table(noun)
  if (isId(value)) return sql`array[${value}::uuid]`
  const own = KEYED.includes(noun)
    ? sql`lower(key)`
    : WITH_MAIL.includes(noun)
      ? sql`lower(email)`
      : sql`lower(name)`
  return sql`array(select id from ${table} where ${own} = lower(${value})
    union all select id from ${table} where name ilike ${part(value)}
      and not exists (select from ${table} where ${own} = lower(${value})) limit 200)`
}

const person = (column: Condition, value: string, reader: Reader): Condition => {
  if (value.toLowerCase() === 'nobody') return sql`${column} is null`
  if (value.toLowerCase() === 'me')
    return reader.personId === null ? NOTHING : sql`${column} = ${reader.personId}::uuid`
  return sql`${column} = any(${named('person', value)})`
}

const withFile = (record: Condition, reader: Reader): Condition => sql`exists (select from attachment a
  where a.record_id = ${record} and a.state in ('stored', 'pending') and a.audience = any(${[...audiencesOf(reader.party)]}::text[]))`

const ofTicket = ({ name }: QueryFilter, value: string, reader: Reader, now: Date): Condition => {
  switch (name) {
    case 'status':
      return inState(sql`t.state`, value, OPEN_TICKETS)
    case 'kind':
      return isOneOf(sql`t.kind`, [value])
    case 'severity':
      return isOneOf(sql`t.severity`, [value])
    case 'needs':
      return sql`(t.state = 'open' and t.needs = ${value})`
    case 'waiting':
      return sql`(t.state = 'waiting' and t.waiting_for = ${value})`
    case 'escalated':
      return value === 'yes' ? ESCALATED : sql`not ${ESCALATED}`
    case 'has':
      return ticketHas(value, reader)
    case 'owner':
      return person(sql`t.owner_id`, value, reader)
    case 'team':
      return NOTHING
    case 'customer':
      return sql`t.customer_id = any(${named('customer', value)})`
    case 'contact':
      return sql`t.contact_id = any(${named('contact', value)})`
    case 'product':
      return sql`t.product_id = any(${named('product', value)})`
    case 'component':
      return sql`t.component_id = any(${named('component', value)})`
    case 'release':
      return sql`exists (select from escalation e join work_item w on w.id = e.work_item_id
        where e.ticket_id = t.id and ${STANDS_BEHIND} and w.release_id = any(${named('release', value)}))`
    case 'created':
      return timed(sql`t.created_at`, value, now)
    case 'updated':
      return timed(sql`t.updated_at`, value, now)
  }
}

const ESCALATED = sql`exists (select from escalation e where e.ticket_id = t.id and e.ended_at is null)`

const ticketHas = (value: string, reader: Reader): Condition => {
  switch (value) {
    case 'attachment':
      return withFile(sql`t.id`, reader)
    case 'workaround':
      return sql`t.workaround is not null`
    case 'owner':
      return sql`t.owner_id is not null`
    case 'customer':
      return sql`t.customer_id is not null`
    case 'release':
      return sql`exists (select from escalation e join work_item w on w.id = e.work_item_id
        where e.ticket_id = t.id and ${STANDS_BEHIND} and w.release_id is not null)`
    default:
      return NOTHING
  }
}

const ofWorkItem = ({ name }: QueryFilter, value: string, reader: Reader, now: Date): Condition => {
  switch (name) {
    case 'status':
      return inState(sql`w.state`, value, OPEN_WORK)
    case 'kind':
      return isOneOf(sql`w.kind`, [value])
    case 'severity':
      return sql`${WORST_SEVERITY} = ${value}`
    case 'has':
      return workItemHas(value, reader)
    case 'owner':
      return person(sql`w.assignee_id`, value, reader)
    case 'team':
      return value.toLowerCase() === 'nobody'
        ? sql`w.team_id is null`
        : sql`w.team_id = any(${named('team', value)})`
    case 'customer':
      return sql`exists (select from escalation e join ticket t on t.id = e.ticket_id
        where e.work_item_id = w.id and ${STANDS_BEHIND} and t.customer_id = any(${named('customer', value)}))`
    case 'product':
      return sql`w.product_id = any(${named('product', value)})`
    case 'component':
      return sql`w.component_id = any(${named('component', value)})`
    case 'release':
      return sql`w.release_id = any(${named('release', value)})`
    case 'created':
      return timed(sql`w.created_at`, value, now)
    case 'updated':
      return timed(sql`w.updated_at`, value, now)
    case 'needs':
    case 'waiting':
    case 'escalated':
    case 'contact':
      return NOTHING
  }
}

const workItemHas = (value: string, reader: Reader): Condition => {
  switch (value) {
    case 'attachment':
      return withFile(sql`w.id`, reader)
    case 'workaround':
      return sql`w.workaround is not null`
    case 'owner':
      return sql`w.assignee_id is not null`
    case 'customer':
      return sql`exists (select from escalation e join ticket t on t.id = e.ticket_id
        where e.work_item_id = w.id and ${STANDS_BEHIND} and t.customer_id is not null)`
    case 'release':
      return sql`w.release_id is not null`
    default:
      return NOTHING
  }
}
