import { distance } from '../lib/nearest.ts'
import { wordsOf } from './similar.ts'

/** Shorter words are in everything. */
const TELLING_FROM = 3
const MOST_WORDS = 8

/** The words of a sentence by which a request like it is found: the longest say most. */
export const tellingWords = (sentence: string): readonly string[] =>
  [...wordsOf(sentence)]
    .filter(({ length }) => length >= TELLING_FROM)
    .sort((a, b) => b.length - a.length)
    .slice(0, MOST_WORDS)

const beginsAlike = (word: string, words: ReadonlySet<string>): boolean =>
  words.has(word) || [...words].some((other) => other.startsWith(word) || word.startsWith(other))

/** In shorter words one letter makes another word. */
const SLIPS_FROM = 5
const LONG = 8
/** Longer ones were not typed by hand; slips in them are not looked for. */
const SLIPS_UPTO = 30

/** The same word but for a slip of the keys, or two in a long word. */
const isSlipped = (word: string, words: ReadonlySet<string>): boolean => {
  if (word.length < SLIPS_FROM || word.length > SLIPS_UPTO) return false
  const slips = word.length < LONG ? 1 : 2
  return [...words].some((other) => other.length >= SLIPS_FROM && distance(word, other, slips) <= slips)
}

const stands = (word: string, words: ReadonlySet<string>): boolean =>
  beginsAlike(word, words) || isSlipped(word, words)

/**
 * How well a request fits what is being typed, 0 … 100: the share of the typed words that it has, those in its title
 * counting double. The last word may be half typed, and slips of the keys are forgiven.
 */
export const fits = (
  typed: readonly string[],
  request: { readonly title: string; readonly text: string },
): number => {
  if (typed.length === 0) return 0
  const title = wordsOf(request.title)
  const text = wordsOf(request.text)
  const points = typed.reduce((sum, word) => sum + (stands(word, title) ? 2 : stands(word, text) ? 1 : 0), 0)
  return Math.round((100 * points) / (2 * typed.length))
}
