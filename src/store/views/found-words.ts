import { type RawBuilder, sql } from 'kysely'
import { audiencesOf, type Party } from '../../domain/audience.ts'
import { type Term, wordsIn } from '../../domain/query/parse.ts'
import type { Tx } from '../database.ts'

/**
 * Where words are found: in records, and in the comments on them, through the indexes of migration 0007. How many are
 * looked at is bounded, the newest first: a word that stands in half of all comments must not cost more than a rare one.
 */
export interface Reader {
  /** Whose words they read; every record is there for every colleague. */
  readonly party: Exclude<Party, 'customer'>
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
  ticket: sql`said_words(t.description, words_beside(array[t.title, t.workaround, t.release_version, t.environment]), t.created_at, '{}')`,
  'work item': sql`said_words(w.description, words_beside(array[w.title, w.steps, w.expected, w.actual, w.workaround,
    w.behaviour_note, w.root_cause, w.environment]), w.created_at, '{}')`,
} as const
const COMMENT_WORDS = {
  message: sql`said_words(c.body, '', c.at, array['@' || c.record_kind])`,
  note: sql`said_words(c.body, '', c.at, array['@' || c.record_kind, '@' || c.audience])`,
} as const

type Rows = RawBuilder<unknown>
type Of = keyof typeof RECORD_WORDS

/**
 * All words; `begun`: the last part of each may be only the beginning of a word, except of one or two letters, of which there
 * are too many. Parts that are written together are asked for apart: whether they stand together is asked of the rows
 * that are left, because the index would have to make all their words again to know.
 */
const allOf = (terms: readonly Term[], begun: boolean): Rows => {
  const parts = terms.flatMap(({ text, isExact }) =>
    wordsIn(text).map((word, at, all) =>
      begun && !isExact && at === all.length - 1 && word.length > 2 ? `'${word}':*` : `'${word}'`,
    ),
  )
  return sql`to_tsquery('simple', ${parts.join(' & ')})`
}

/** Of several words that are written together: that they stand so in the text. What is between may be a line end of JSON. */
const together = (text: Rows, terms: readonly Term[]): readonly Rows[] =>
  terms
    .map(({ text: words, isExact }) => ({ words: wordsIn(words), isExact }))
    .filter(({ words }) => words.length > 1)
    .map(
      ({ words, isExact }) =>
        sql`${text} ~* ${`\\m${words.join('([^[:alnum:]]|\\\\[nt])+')}${isExact ? '\\M' : ''}`}`,
    )

export const positive = (terms: readonly Term[]): readonly Term[] => terms.filter(({ isNot }) => !isNot)

const RECORD_TEXT = {
  ticket: sql`(t.title || ' ' || t.description::text || ' ' || words_beside(array[t.workaround, t.release_version, t.environment]))`,
  'work item': sql`(w.title || ' ' || w.description::text || ' ' || words_beside(array[w.steps, w.expected, w.actual, w.workaround,
    w.behaviour_note, w.root_cause, w.environment]))`,
} as const

/** The words that must not be there: not in what the record itself says. */
export const withoutWords = (of: Of, terms: readonly Term[]): readonly Rows[] =>
  terms
    .filter(({ isNot }) => isNot)
    .map((term) => {
      const said = [sql`${RECORD_WORDS[of]} @@ ${allOf([term], true)}`, ...together(RECORD_TEXT[of], [term])]
      return sql`not (${sql.join(said, sql` and `)})`
    })

const MONTH_S = 2_592_000

/** The newest months, then a year, then all. Beginnings of words cost the same for any month: they come last, at once. */
const STEPS = [
  { begun: false, months: 3 },
  { begun: false, months: 13 },
  { begun: false, months: null },
  { begun: true, months: 4 },
  { begun: true, months: null },
] as const

const monthsUntil = (now: Date, count: number): string => {
  const month = Math.floor(now.getTime() / 1000 / MONTH_S)
  return Array.from({ length: count }, (_, back) => `'@${month - back}'`).join(' | ')
}

/** One after the other until enough is found: what comes later is not looked at then. */
const lazily = (terms: readonly Term[], now: Date, limit: number, rows: (words: Rows) => Rows): Rows => {
  const canBegin = terms.some(({ text, isExact }) => !isExact && (wordsIn(text).at(-1)?.length ?? 0) > 2)
  const parts = STEPS.filter(({ begun }) => canBegin || !begun).map(({ begun, months }) => {
    const words = allOf(terms, begun)
    return sql`(${rows(months === null ? words : sql`${words} && ${monthsUntil(now, months)}::tsquery`)} limit ${limit})`
  })
  return sql`(select * from (${sql.join(parts, sql` union all `)}) parts limit ${limit})`
}

interface Bounds {
  /** Of the record alone. */
  readonly conditions: readonly Rows[]
  readonly limit: number
  readonly now: Date
}

/** `(id, rank, comment)` of records that hold all words themselves. */
const inRecords = (of: Of, terms: readonly Term[], { conditions, limit, now }: Bounds): Rows => {
  const [table, id] = of === 'ticket' ? [sql`ticket t`, sql`t.id`] : [sql`work_item w`, sql`w.id`]
  const further = [...together(RECORD_TEXT[of], terms), ...conditions]
  return lazily(
    terms,
    now,
    limit,
    (words) =>
      sql`select ${id}, 1 as rank, null::uuid as comment from ${table}
        where ${sql.join([sql`${RECORD_WORDS[of]} @@ (${words})`, ...further], sql` and `)}`,
  )
}

/** The same of records whose comments hold all words, of those that the reader may read. */
const inComments = (
  table: keyof typeof COMMENT_WORDS,
  of: Of,
  terms: readonly Term[],
  reader: Reader,
  { limit, now }: Bounds,
): Rows => {
  const marks = [`'@${of}'`]
  if (table === 'note')
    marks.push(
      `(${audiencesOf(reader.party)
        .map((one) => `'@${one}'`)
        .join(' | ')})`,
    )
  const marked = sql`${marks.join(' & ')}::tsquery`
  const conditions = [sql`c.deleted_at is null`, ...together(sql`c.body::text`, terms)]
  return lazily(
    terms,
    now,
    limit,
    (words) => sql`
      select c.record_id as id, 2 as rank, c.id as comment from ${sql.table(table)} c
      where ${COMMENT_WORDS[table]} @@ (${words} && ${marked}) and ${sql.join(conditions, sql` and `)}`,
  )
}

/** Keys of ours as people write them (`t-12`, or only `12`), and those that tools gave. */
const byKey = (of: Of, terms: readonly Term[]): readonly Rows[] => {
  const [term] = terms
  if (terms.length !== 1 || term === undefined || term.isExact) return []
  const key = term.text.toUpperCase().replace(/^#/, '')
  const [table, letter] = of === 'ticket' ? [sql`ticket`, 'T'] : [sql`work_item`, 'W']
  const own = sql`(select id, 0 as rank, null::uuid as comment from ${table} where key = any(${[key, `${letter}-${key}`]}::text[]))`
  const theirs = sql`(select m.record_id as id, 0 as rank, null::uuid as comment from mirror m
    where m.record_kind = ${of} and m.record_id is not null and m.state <> 'unlinked' and upper(m.remote_key) = ${key} limit 50)`
  return [own, theirs]
}

/**
 * `(id, rank, comment)` of the records where all these words are found, at most about `limit`: 0 by key, 1 by their own words, 2
 * by those of a comment, which is named. The other filters must be asked of it again outside: keys and
 * comments know nothing of them.
 */
export const recordsFound = (of: Of, terms: readonly Term[], reader: Reader, bounds: Bounds): Rows => {
  const asked = positive(terms)
  const tables = ['message', 'note'] as const
  const sources = [
    ...byKey(of, asked),
    inRecords(of, asked, bounds),
    ...tables.map((table) => inComments(table, of, asked, reader, bounds)),
  ]
  return sql`(select id, min(rank) as rank, (array_agg(comment) filter (where comment is not null))[1] as comment
    from (${sql.join(sources, sql` union all `)}) sources group by id)`
}
