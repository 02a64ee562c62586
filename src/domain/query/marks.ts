import { type Term, wordsIn } from './parse.ts'

/** A piece of a text, marked when it is what was looked for. */
export interface Piece {
  readonly text: string
  readonly isHit: boolean
}

const literal = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** Words are found by their beginnings, exact ones as a whole, whatever stands between their parts. */
const patternOf = (terms: readonly Term[]): RegExp | null => {
  const sources = terms.flatMap(({ text, isExact, isNot }) => {
    const words = wordsIn(text).map(literal)
    if (isNot || words.length === 0) return []
    return [`${words.join('[^\\p{L}\\p{N}]+')}${isExact ? '(?![\\p{L}\\p{N}])' : '[\\p{L}\\p{N}]*'}`]
  })
  return sources.length === 0 ? null : new RegExp(`(?<![\\p{L}\\p{N}])(?:${sources.join('|')})`, 'giu')
}

/** The text in pieces; put together they are the text again. */
export const markedPieces = (text: string, terms: readonly Term[]): readonly Piece[] => {
  const pattern = patternOf(terms)
  if (pattern === null) return text === '' ? [] : [{ text, isHit: false }]
  const pieces: Piece[] = []
  let at = 0
  for (const found of text.matchAll(pattern)) {
    if (found.index > at) pieces.push({ text: text.slice(at, found.index), isHit: false })
    pieces.push({ text: found[0], isHit: true })
    at = found.index + found[0].length
  }
  if (at < text.length) pieces.push({ text: text.slice(at), isHit: false })
  return pieces
}

const BEFORE = 60
/** Longer texts are looked through up to here: a hit that comes later is told without its words. */
const MAX_LOOKED = 50_000

/** The part of a text where the first hit stands, on one line; null: none of the words is in it. */
export const excerptOf = (text: string, terms: readonly Term[], length = 200): string | null => {
  const pattern = patternOf(terms)
  if (pattern === null) return null
  const line = text.slice(0, MAX_LOOKED).replaceAll(/\s+/g, ' ').trim()
  const found = pattern.exec(line)
  if (found === null) return null
  const from = wordStart(line, Math.max(0, found.index - BEFORE))
  const cut = line.slice(from, from + length)
  const end = from + length >= line.length ? cut : `${cut.slice(0, Math.max(cut.lastIndexOf(' '), 1))} …`
  return `${from === 0 ? '' : '… '}${end}`
}

/** Not in the middle of a word. */
const wordStart = (line: string, at: number): number => (at === 0 ? 0 : line.indexOf(' ', at) + 1 || at)
