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

/**
 * How well a request fits what is being typed, 0 … 100: the share of the typed words that it has, those in its title
 * counting double. The last word may be half typed.
 */
export const fits = (
  typed: readonly string[],
  request: { readonly title: string; readonly text: string },
): number => {
  if (typed.length === 0) return 0
  const title = wordsOf(request.title)
  const text = wordsOf(request.text)
  const points = typed.reduce(
    (sum, word) => sum + (beginsAlike(word, title) ? 2 : beginsAlike(word, text) ? 1 : 0),
    0,
  )
  return Math.round((100 * points) / (2 * typed.length))
}
