import { childrenOf, type TreeNode } from './tree.ts'
import { ESCAPABLE, readWikiInline } from './wiki-inline.ts'

/** Makes text mean itself in wiki markup; the reader is asked, so that only what needs it gets a `\`. */

const HAS_MARKUP = /[\\&{}[\]!(:;*_+|-]|https?:/

const asWritten = (node: TreeNode): string => {
  if (node.type === 'text') return node.value ?? ''
  const [only, ...others] = childrenOf(node)
  return node.type === 'link' && others.length === 0 && only?.value === node.url ? (node.url ?? '') : ''
}

const isText = (text: string): boolean => readWikiInline(text).map(asWritten).join('') === text

const ESCAPES =
  /\\(?=[\\*_\-+!|[\]{}()#^~?:;<>.=]|$)|&|[*_\-+!|[\]{}]|[:;](?=[)(DP])|\((?=(?:\/|x|!|\?|i|y|n|on|\*)\))/g

/** A `\` cannot be escaped by another one: two make a line's end. */
const escaped = (text: string): string =>
  text.replace(ESCAPES, (char) => (char === '\\' ? '&#92;' : char === '&' ? '&#38;' : `\\${char}`))

/** Marks only inside a word, addresses: nothing there opens or closes anything. */
const INNOCENT = /^(?:[\p{L}\p{N}]+(?:[-_:][\p{L}\p{N}]+)*|https?:[^\s*!|[\]{}\\]*|-)[.,:;]?$/u

/** Ends of every mark: with them behind it, a text that could open one does. */
const CLOSERS = ' x* x_ x- x+'

/**
 * One line of text. `inCell`: a `|` would part table cells; also in a link, where it would part text and address.
 * `isFollowed`: what comes behind may close what it opens.
 */
export const escapeLine = (text: string, inCell: boolean, isFollowed = false): string => {
  if (!HAS_MARKUP.test(text)) return text
  const isInnocent =
    isText(isFollowed ? text + CLOSERS : text) && !(inCell && /[|\]]/.test(text)) && !/[{}]/.test(text)
  if (isInnocent) return text
  return text.replace(/\S+/g, (word) => (INNOCENT.test(word) && isText(word) ? word : escaped(word)))
}

/** Text inside a link: its end and its bar are the link's. */
export const escapeInLink = (text: string): string => escapeLine(text, true)

const STARTS = /^(?:(?:[*#]{1,12}|-)(?= )|-{4,}$|\||h[1-6]\.(?= )|bq\.(?= ))/

/** A line whose beginning must not be taken for a list, heading, quote, table or rule. */
export const escapeStart = (line: string): string => {
  const start = STARTS.exec(line)?.[0]
  if (start === undefined) return line
  const [first = ''] = start
  return ESCAPABLE.includes(first)
    ? `\\${line}`
    : `&#${first.codePointAt(0) ?? 0};${line.slice(first.length)}`
}
