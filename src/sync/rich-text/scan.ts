import { type TreeNode, textNode } from './tree.ts'

/** What the readers of Textile and of Jira's wiki markup share: both go over a text once, and look ends up in lists. */

const WORD = /[\p{L}\p{N}\p{M}_]/u
const URL_END = /[\s<>"|]/
const URL_TAIL = /[.,;:!?'*_+-]/

export const isWord = (char: string): boolean => char !== '' && WORD.test(char)
export const isBlank = (char: string): boolean =>
  char === '' || char === ' ' || char === '\n' || char === '\t' || char === '\u00a0'

export const positionsOf = (text: string, part: string): readonly number[] => {
  const found: number[] = []
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1)) found.push(at)
  return found
}

/** The first of ascending `positions` at or after `from`, or -1. */
export const firstFrom = (positions: readonly number[], from: number): number => {
  let low = 0
  let high = positions.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((positions[middle] ?? 0) < from) low = middle + 1
    else high = middle
  }
  return positions[low] ?? -1
}

export const within = (position: number, end: number): number =>
  position >= 0 && position < end ? position : -1

/** A node and where the text goes on after it. */
export type Piece = { readonly nodes: readonly TreeNode[]; readonly to: number } | null

const ENTITY = /&(?:amp|lt|gt|quot|nbsp|#\d{1,7}|#x[0-9a-f]{1,6});/iy
const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: '\u00a0' }

/** A character given by its name or number in HTML. */
export const entityAt = (text: string, at: number): Piece => {
  ENTITY.lastIndex = at
  const found = ENTITY.exec(text)?.[0]
  if (found === undefined) return null
  const name = found.slice(1, -1).toLowerCase()
  const code = name.startsWith('#x') ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1))
  const isChar =
    code === 9 ||
    code === 10 ||
    (code >= 32 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) && code !== 127)
  const char = NAMED[name] ?? (isChar ? String.fromCodePoint(code) : '\ufffd')
  return { nodes: [textNode(char)], to: at + found.length }
}

/** Where an address that begins at `from` ends: before blanks, and before a sentence's own punctuation. */
export const urlEnd = (text: string, from: number, end: number): number => {
  let to = from
  let open = 0
  for (; to < end && !URL_END.test(text.charAt(to)); to += 1) {
    if (text.charAt(to) === '(') open += 1
    if (text.charAt(to) === ')' && open === 0) break
    if (text.charAt(to) === ')') open -= 1
  }
  while (to > from && URL_TAIL.test(text.charAt(to - 1))) to -= 1
  return to
}
