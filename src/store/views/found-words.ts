import { type RawBuilder, sql } from 'kysely'
import { audiencesOf, type Party } from '../../domain/audience.ts'
import { type Term, wordsIn } from '../../domain/query/parse.ts'
import { type KnownWords, slipsIn } from './known-words.ts'

/**
 * Where words are found: in records, and in the comments on them, through the indexes of migration 0007. How many are
 * looked at is bounded, the newest first: a word that stands in half of all comments must not cost more than a rare one.
 */
export interface Reader {
  /** Whose words they read; every record is there for every colleague. */
  readonly party: Exclude<Party, 'customer'>
  readonly personId: string | null
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
 * All words. What is typed may be the beginning of a word, and with `slips` a word that is nearly it, as far as such words
 * are known (known-words.ts): whole words are all that an index is ever asked for. Parts that are written together are
 * asked for apart: whether they stand together is asked of the rows that are left.
 */
const allOf = (terms: readonly Term[], known: KnownWords, slips: boolean): Rows => {
  const parts = terms.flatMap(({ text, isExact }) =>
    wordsIn(text).map((word, at, all) => {
      const isLast = !isExact && at === all.length - 1
      const alike = isLast ? known.begun(word) : []
      const near = isLast && slips && all.length === 1 ? known.near(word) : []
      return `(${[word, ...alike, ...near].map((one) => `'${one}'`).join(' | ')})`
    }),
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
export const withoutWords = (of: Of, terms: readonly Term[], known: KnownWords): readonly Rows[] =>
  terms
    .filter(({ isNot }) => isNot)
    .map((term) => {
      const said = [
        sql`${RECORD_WORDS[of]} @@ ${allOf([term], known, false)}`,
        ...together(RECORD_TEXT[of], [term]),
      ]
      return sql`not (${sql.join(said, sql` and `)})`
    })

const MONTH_S = 2_592_000

/** The newest months, then a year, then all: a word that stands in half of all comments is found in the newest. */
const STEPS = [1, 4, 13, null] as const

const monthsUntil = (now: Date, count: number): string => {
  const month = Math.floor(now.getTime() / 1000 / MONTH_S)
  return Array.from({ length: count }, (_, back) => `'@${month - back}'`).join(' | ')
}

interface Wanted {
  readonly words: Rows
  readonly now: Date
  readonly limit: number
}

/** One after the other until enough is found: what comes later is not looked at then. */
const lazily = ({ words, now, limit }: Wanted, rows: (words: Rows) => Rows): Rows => {
  const parts = STEPS.map(
    (months) =>
      sql`(${rows(months === null ? words : sql`${words} && ${monthsUntil(now, months)}::tsquery`)} limit ${limit})`,
  )
  return sql`(select * from (${sql.join(parts, sql` union all `)}) parts limit ${limit})`
}

interface Bounds {
  /** Of the record alone. */
  readonly conditions: readonly Rows[]
  readonly limit: number
  readonly now: Date
}

/** `(id, rank, comment)` of records that hold all words themselves. */
const inRecords = (of: Of, terms: readonly Term[], wanted: Wanted, conditions: readonly Rows[]): Rows => {
  const [table, id] = of === 'ticket' ? [sql`ticket t`, sql`t.id`] : [sql`work_item w`, sql`w.id`]
  const further = [...together(RECORD_TEXT[of], terms), ...conditions]
  return lazily(
    wanted,
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
  wanted: Wanted,
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
    wanted,
    (words) => sql`
      select c.record_id as id, 2 as rank, c.id as comment from ${sql.table(table)} c
      where ${sql.join([sql`${COMMENT_WORDS[table]} @@ (${words} && ${marked})`, ...conditions], sql` and `)}`,
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

/** As few as these, and words that are nearly the typed ones count too. */
const FEW = 3

/**
 * `(id, rank, comment)` of the records where all these words are found, at most about `limit`: 0 by key, 1 by their own words, 2
 * by those of a comment, which is named; 3 and 4 the same with slips of the keys forgiven, where little was found without.
 * The other filters must be asked of it again outside: keys and comments know nothing of them.
 */
export const recordsFound = (
  of: Of,
  terms: readonly Term[],
  reader: Reader,
  known: KnownWords,
  { conditions, limit, now }: Bounds,
): Rows => {
  const asked = positive(terms)
  const sources = (wanted: Wanted): readonly Rows[] => [
    inRecords(of, asked, wanted, conditions),
    ...(['message', 'note'] as const).map((table) => inComments(table, of, asked, reader, wanted)),
  ]
  const best = sql`select id, min(rank) as rank, (array_agg(comment) filter (where comment is not null))[1] as comment`
  const written = sql`${best} from (${sql.join(
    [...byKey(of, asked), ...sources({ words: allOf(asked, known, false), now, limit })],
    sql` union all `,
  )}) sources group by id`
  if (!asked.some((term) => slipsIn(term).some((word) => known.near(word).length > 0)))
    return sql`(${written})`
  const slipped = sources({ words: allOf(asked, known, true), now, limit: Math.min(limit, MOST_SLIPPED) })
  return sql`(
    with written as materialized (${written}), slipped as (
      ${best} from (${sql.join(slipped, sql` union all `)}) sources
      where (select count(*) from written) < ${sql.lit(FEW)} group by id
    )
    select * from written union all
    select id, rank + 2, comment from slipped where id not in (select id from written))`
}

const MOST_SLIPPED = 100
