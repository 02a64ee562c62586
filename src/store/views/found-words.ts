import { type RawBuilder, sql } from 'kysely'
import { audiencesOf, type Party } from '../../domain/audience.ts'
import { type Term, wordsIn } from '../../domain/query/parse.ts'
import type { Tx } from '../database.ts'
import type { CustomerReach } from '../tickets-of-customer.ts'

/**
 * Where words are found: in records, and in the comments on them, through the indexes of migration 0007. How many are
 * looked at is bounded, the newest first: a word that stands in half of all comments must not cost more than a rare one.
 */
export interface Reader {
  readonly party: Party
  /** Null: a colleague, who may see every record. */
  readonly reach: CustomerReach | null
  readonly personId: string | null
}

/** For one transaction. The estimates of a words index are poor, and a plan made once for all words is a bad one. */
export const planForWords = async (tx: Tx): Promise<void> => {
  await sql`select set_config('enable_seqscan', 'off', true), set_config('jit', 'off', true),
    set_config('max_parallel_workers_per_gather', '0', true), set_config('plan_cache_mode', 'force_custom_plan', true),
    set_config('pg_trgm.word_similarity_threshold', '0.45', true), set_config('statement_timeout', '5000', true)`.execute(
    tx,
  )
}

export const RECORD_WORDS = {
  ticket: sql`record_words(t.description, words_beside(array[t.title, t.workaround, t.release_version, t.environment]))`,
  'work item': sql`record_words(w.description,
    words_beside(array[w.title, w.steps, w.expected, w.actual, w.workaround, w.behaviour_note, w.root_cause, w.environment]))`,
} as const

/** Beginnings of words, except of single letters, of which there are too many. */
const asAsked = ({ text, isExact }: Term): string => {
  const words = wordsIn(text)
  return words
    .map((word, at) => (!isExact && at === words.length - 1 && word.length > 1 ? `'${word}':*` : `'${word}'`))
    .join(' <-> ')
}

const allOf = (terms: readonly Term[]): RawBuilder<unknown> =>
  sql`to_tsquery('simple', ${terms.map(asAsked).join(' & ')})`

export const positive = (terms: readonly Term[]): readonly Term[] => terms.filter(({ isNot }) => !isNot)

/** The words that must not be there: not in what the record itself says. */
export const withoutWords = (
  of: keyof typeof RECORD_WORDS,
  terms: readonly Term[],
): readonly RawBuilder<unknown>[] =>
  terms.filter(({ isNot }) => isNot).map((term) => sql`not ${RECORD_WORDS[of]} @@ ${allOf([term])}`)

/** Records of the newest numbers, then of the ones before, then all others; later parts run only when room is left. */
const STEPS = [
  [0, 4_000],
  [4_000, 24_000],
  [24_000, null],
] as const

const MONTH_S = 2_592_000
/** The same of comments, by their months. */
const MONTHS = [
  [0, 1],
  [1, 4],
  [4, 13],
] as const

type Rows = RawBuilder<unknown>

/** `(id, rank)` of records that hold all words themselves; `conditions` are of the record alone. */
const inRecords = (
  of: keyof typeof RECORD_WORDS,
  terms: readonly Term[],
  conditions: readonly Rows[],
  limit: number,
): readonly Rows[] => {
  const [table, alias] = of === 'ticket' ? [sql`ticket`, sql`t`] : [sql`work_item`, sql`w`]
  return STEPS.map(([from, to]) => {
    const newest = sql`(select max(number) from ${table})`
    const span = [
      ...(from === 0 ? [] : [sql`${alias}.number <= ${newest} - ${from}::bigint`]),
      ...(to === null ? [] : [sql`${alias}.number > ${newest} - ${to}::bigint`]),
    ]
    const all = [sql`${RECORD_WORDS[of]} @@ ${allOf(terms)}`, ...span, ...conditions]
    return sql`(select ${alias}.id, 1 as rank, null::uuid as comment from ${table} ${alias} where ${sql.join(all, sql` and `)} limit ${limit})`
  })
}

/** The same of records whose comments hold all words; a customer's only among their own. */
const inComments = (
  table: 'message' | 'note',
  kind: 'ticket' | 'work item',
  terms: readonly Term[],
  reader: Reader,
  more: { readonly limit: number; readonly now: Date },
): readonly Rows[] => {
  const conditions = [
    sql`c.deleted_at is null`,
    sql`c.record_kind = ${kind}`,
    ...(table === 'note' ? [sql`c.audience = any(${[...audiencesOf(reader.party)]}::text[])`] : []),
  ]
  const part = (words: Rows, further: readonly Rows[] = []): Rows => sql`(
    select c.record_id as id, 2 as rank, c.id as comment from ${sql.table(table)} c
    where comment_words(c.body, c.at) @@ (${words}) and ${sql.join([...conditions, ...further], sql` and `)} limit ${more.limit})`
  const words = allOf(terms)
  // of whom few records are seen, all are looked at: the newest of all comments are other people's
  if (reader.reach !== null)
    return [part(words, [sql`c.record_id in (select t.id from ticket t where ${withinReach(reader.reach)})`])]
  const month = Math.floor(more.now.getTime() / 1000 / MONTH_S)
  const monthsOf = (from: number, to: number): string =>
    Array.from({ length: to - from }, (_, back) => `'@${month - from - back}'`).join(' | ')
  const last = MONTHS.at(-1)?.[1] ?? 0
  return [
    ...MONTHS.map(([from, to]) => part(sql`${words} && ${monthsOf(from, to)}::tsquery`)),
    part(sql`${words} && !!${monthsOf(0, last)}::tsquery`),
  ]
}

/** Of tickets t. */
export const withinReach = (reach: CustomerReach): Rows =>
  reach.customerId === null
    ? sql`false`
    : reach.contactId === null
      ? sql`t.customer_id = ${reach.customerId}::uuid`
      : sql`t.customer_id = ${reach.customerId}::uuid and t.contact_id = ${reach.contactId}::uuid`

/** Keys of ours as people write them (`t-12`, or only `12`), and those that tools gave. */
const byKey = (of: keyof typeof RECORD_WORDS, terms: readonly Term[], reader: Reader): readonly Rows[] => {
  const [term] = terms
  if (terms.length !== 1 || term === undefined || term.isExact) return []
  const key = term.text.toUpperCase().replace(/^#/, '')
  const [table, letter] = of === 'ticket' ? [sql`ticket`, 'T'] : [sql`work_item`, 'W']
  const own = sql`(select id, 0 as rank, null::uuid as comment from ${table} where key = any(${[key, `${letter}-${key}`]}::text[]))`
  const theirs = sql`(select m.record_id as id, 0 as rank, null::uuid as comment from mirror m
    where m.record_kind = ${of} and m.record_id is not null and m.state <> 'unlinked' and upper(m.remote_key) = ${key} limit 50)`
  // a tool's key is nothing that customers are shown
  return reader.reach === null ? [own, theirs] : [own]
}

/**
 * `(id, rank, comment)` of the records where all these words are found, at most about `limit`: 0 by key, 1 by their own words, 2
 * by those of a comment, which is named. Who may see a record, and the other filters, must be asked of it again outside: keys and
 * comments know nothing of them.
 */
export const recordsFound = (
  of: keyof typeof RECORD_WORDS,
  terms: readonly Term[],
  reader: Reader,
  more: { readonly conditions: readonly Rows[]; readonly limit: number; readonly now: Date },
): Rows => {
  const asked = positive(terms)
  const lazily = (parts: readonly Rows[], limit: number): Rows =>
    sql`(select * from (${sql.join(parts, sql` union all `)}) parts limit ${limit})`
  const commentLimit = { limit: more.limit * 2, now: more.now }
  const tables =
    reader.reach === null && of === 'ticket' ? (['message', 'note'] as const) : (['message'] as const)
  const sources = [
    ...byKey(of, asked, reader),
    lazily(inRecords(of, asked, more.conditions, more.limit), more.limit),
    ...(of === 'work item' ? (['message', 'note'] as const) : tables).map((table) =>
      lazily(inComments(table, of, asked, reader, commentLimit), commentLimit.limit),
    ),
  ]
  return sql`(select id, min(rank) as rank, (array_agg(comment) filter (where comment is not null))[1] as comment
    from (${sql.join(sources, sql` union all `)}) sources group by id)`
}
