import { readInline } from './textile-inline.ts'
import { childrenOf, type TreeNode } from './tree.ts'

/**
 * Makes text mean itself in Textile. The reader itself is asked whether text would be read as something else, so that
 * only what needs it is wrapped in `<notextile>`: engineers see our text when they edit.
 */

const END = '</notextile>'

/** Text between `<notextile>` tags; an end tag inside it is cut in two. */
export const literal = (text: string): string =>
  text === '' ? '' : `<notextile>${text.replaceAll(END, `</notex${END}<notextile>tile>`)}${END}`

const HAS_MARKUP = /[&<"!@*_+|-]|https?:|user:/

/** What it shows where that is what is written: text, bare addresses, names. */
const asWritten = (node: TreeNode): string => {
  if (node.type === 'text') return node.value ?? ''
  if (node.type === 'mention') return node.id ?? `@${node.name ?? ''}`
  const [only, ...others] = childrenOf(node)
  return node.type === 'link' && others.length === 0 && only?.value === node.url ? (node.url ?? '') : ''
}

const isText = (text: string): boolean => readInline(text).map(asWritten).join('') === text

const wrapped = (text: string, from: number, to: number): string =>
  `${text.slice(0, from)}${literal(text.slice(from, to))}${text.slice(to)}`

/** Words whose own characters could open or close something. */
const SUSPECT = /["!@*_+|<&-]|https?:|user:/

/** Marks only inside a word, addresses, names: nothing there opens or closes anything. */
const INNOCENT = /^(?:[\p{L}\p{N}]+(?:[-_][\p{L}\p{N}]+)*|https?:[^\s*@!"]*|@[\w.-]+)[.,;:]?$/u

/** Ends of every mark: with them behind it, a text that could open one does. */
const CLOSERS = ' x* x_ x- x+ x@'

/** One line of text. `inCell`: a `|` would part table cells. `isFollowed`: what comes behind may close what it opens. */
export const escapeLine = (text: string, inCell: boolean, isFollowed = false): string => {
  if (!HAS_MARKUP.test(text)) return text
  if (isText(isFollowed ? text + CLOSERS : text) && !(inCell && text.includes('|'))) return text
  let from = -1
  let to = 0
  for (const found of text.matchAll(/\S+/g)) {
    const [word] = found
    if (!SUSPECT.test(word)) continue
    if (isText(word) && INNOCENT.test(word)) continue
    if (from < 0) from = found.index
    to = found.index + word.length
  }
  return from < 0 ? text : wrapped(text, from, to)
}

const STARTS =
  /^(?:[*#]{1,12}(?= )|>|\||<pre>|(?:h[1-6]|bq|p)(?:\([^)\n]{0,100}\)|\{[^}\n]{0,100}\}|[<>=()])*\.(?= )|(?:-{3,}|\*{3,}|_{3,})$)/

/** A line of inline Textile whose beginning must not be taken for a list, quote, heading, table or rule. */
export const escapeStart = (line: string): string => {
  const start = STARTS.exec(line)?.[0]
  return start === undefined ? line : wrapped(line, 0, start.length)
}
