import { sql } from 'kysely'
import { type Term, wordsIn } from '../../domain/query/parse.ts'
import type { Tx } from '../database.ts'

/** The words in use that are like what was typed. They widen what is asked for; nobody is shown them. */
export interface KnownWords {
  /** Those that begin so. */
  readonly begun: (typed: string) => readonly string[]
  /** Those that are nearly it: what was perhaps meant. */
  readonly near: (typed: string) => readonly string[]
}

export const NO_KNOWN_WORDS: KnownWords = { begun: () => [], near: () => [] }

const MOST_ASKED = 24

/** The words of a query that may be mistyped: not those in quotes, and not the parts of `ERR-42`. */
export const slipsIn = ({ text, isExact, isNot }: Term): readonly string[] => {
  const words = wordsIn(text)
  return isExact || isNot || words.length !== 1 ? [] : words
}

/** For all words of a query at once. */
export const knownWords = async (tx: Tx, terms: readonly Term[]): Promise<KnownWords> => {
  const typed = terms.flatMap(({ text, isExact }) => {
    const last = isExact ? undefined : wordsIn(text).at(-1)
    return last === undefined ? [] : [last.toLowerCase()]
  })
  const asked = [...new Set(typed)].slice(0, MOST_ASKED)
  if (asked.length === 0) return NO_KNOWN_WORDS
  const { rows } = await sql<{ typed: string; word: string; is_near: boolean }>`
    select t.typed, l.word, l.is_near from unnest(${asked}::text[]) as t (typed) cross join lateral words_like(t.typed) l`.execute(
    tx,
  )
  const of = (word: string, isNear: boolean): readonly string[] =>
    rows.filter((row) => row.typed === word.toLowerCase() && row.is_near === isNear).map((row) => row.word)
  return { begun: (word) => of(word, false), near: (word) => of(word, true) }
}
