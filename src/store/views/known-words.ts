import { sql } from 'kysely'
import { type Term, wordsIn } from '../../domain/query/parse.ts'
import type { Tx } from '../database.ts'
import { BY_INDEX } from './by-index.ts'

/** The words in use that are like what was typed. They widen what is asked for; nobody is shown them. */
export interface KnownWords {
  /** Those that begin so. */
  readonly begun: (typed: string) => readonly string[]
  /** Those that are nearly it: what was perhaps meant. */
  readonly near: (typed: string) => readonly string[]
}

export const NO_KNOWN_WORDS: KnownWords = { begun: () => [], near: () => [] }

/** A look for one word takes some milliseconds where a hundred thousand are in use; further ones are taken as they are typed. */
const MOST_ASKED = 8

/** The words of a query that may be mistyped: not those in quotes, and not the parts of `ERR-42`. */
export const slipsIn = ({ text, isExact, isNot }: Term): readonly string[] => {
  const words = wordsIn(text)
  return isExact || isNot || words.length !== 1 ? [] : words
}

/**
 * Begins a search, for one transaction, in one look: reads which words are like those of the query, and has what follows
 * read each part through its own index and no other. With that settled, a plan made once for all words is a good one.
 */
export const openWords = async (tx: Tx, terms: readonly Term[]): Promise<KnownWords> => {
  const typed = terms.flatMap(({ text, isExact }) => {
    const last = isExact ? undefined : wordsIn(text).at(-1)
    return last === undefined ? [] : [last.toLowerCase()]
  })
  const asked = [...new Set(typed)].slice(0, MOST_ASKED)
  const { rows } = await sql<{ found: readonly Like[] }>`
    select ${BY_INDEX}, set_config('pg_trgm.word_similarity_threshold', '0.45', true), set_config('statement_timeout', '5000', true),
      (select coalesce(jsonb_agg(jsonb_build_object('typed', t.typed, 'word', l.word, 'isNear', l.is_near)), '[]')
        from unnest(${asked}::text[]) as t (typed) cross join lateral words_like(t.typed) l) as found`.execute(
    tx,
  )
  const found = rows[0]?.found ?? []
  const of = (word: string, isNear: boolean): readonly string[] =>
    found
      .filter((like) => like.typed === word.toLowerCase() && like.isNear === isNear)
      .map((like) => like.word)
  return { begun: (word) => of(word, false), near: (word) => of(word, true) }
}

interface Like {
  readonly typed: string
  readonly word: string
  readonly isNear: boolean
}
