import { isSafeImage, isSafeLink } from './safe-url.ts'
import type { ParsedNode } from './tidy.ts'

/**
 * Raw HTML inside Markdown. Harmless pieces (`<details>`, `<kbd>`, an image with a width, a comment of an issue
 * template) are kept as opaque nodes and come back untouched; everything else is shown as typed, never as HTML.
 */

const TAGS: ReadonlySet<string> = new Set(
  (
    'a abbr b blockquote br center code dd del details div dl dt em h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p ' +
    'picture pre q s samp small source span strong sub summary sup table tbody td tfoot th thead tr tt u ul var'
  ).split(' '),
)
const ATTRIBUTES: ReadonlySet<string> = new Set(
  'align alt class colspan dir height lang media open rowspan start title type valign width'.split(' '),
)

const ATTRIBUTE = /\s*([^\s=<>"'/]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'<>`=]+))?/y
const TAG_NAME = /^\/?([a-z][a-z0-9]*)/i

const unquoted = (value: string): string => (/^["']/.test(value) ? value.slice(1, -1) : value)

const isHarmlessAttribute = (name: string, value: string): boolean => {
  // A `<` in an attribute is text here and markup wherever the tag before it was not understood.
  if (/[<>]/.test(value)) return false
  if (name === 'href' || name === 'cite') return isSafeLink(value)
  if (name === 'src') return isSafeImage(value)
  return ATTRIBUTES.has(name)
}

const isHarmlessTag = (inside: string): boolean => {
  const name = TAG_NAME.exec(inside)
  if (name === null || !TAGS.has((name[1] ?? '').toLowerCase())) return false
  const rest = inside.slice(name[0].length).replace(/\/$/, '').trimEnd()
  if (rest !== '' && !/^\s/.test(rest)) return false
  ATTRIBUTE.lastIndex = 0
  let at = 0
  while (at < rest.length) {
    const found = ATTRIBUTE.exec(rest)
    if (found === null) return false
    at = ATTRIBUTE.lastIndex
    if (!isHarmlessAttribute((found[1] ?? '').toLowerCase(), unquoted(found[2] ?? ''))) return false
  }
  return true
}

/** Where the tag that opens at `from` ends (its `>`), quotes minded; -1 when it does not. */
const tagEnd = (source: string, from: number): number => {
  let quote = ''
  for (let at = from; at < source.length; at += 1) {
    const char = source.charAt(at)
    if (quote !== '') quote = char === quote ? '' : quote
    else if (char === '>') return at
    else if (char === '<') return -1
    else if ((char === '"' || char === "'") && source.charAt(at - 1) === '=') quote = char
  }
  return -1
}

/** Where the comment at `from` ends (its `-->`); -1 where browsers see another end (`<!-->`, `--!>`). */
const commentEnd = (source: string, from: number): number => {
  const end = source.indexOf('-->', from + 4)
  const inside = source.slice(from + 4, Math.max(end, from + 4))
  return /^-?>|--!>|<!--|<\/|<(?:script|style|iframe|object|embed|svg|math)/i.test(inside) ||
    source.startsWith('>', from + 4)
    ? -1
    : end
}

/** Every tag and attribute in it is on our short list. */
export const isHarmlessHtml = (source: string): boolean => {
  let at = source.indexOf('<')
  while (at >= 0) {
    if (source.startsWith('<!--', at)) {
      const end = commentEnd(source, at)
      if (end < 0) return false
      at = source.indexOf('<', end + 3)
      continue
    }
    const end = tagEnd(source, at + 1)
    if (end < 0 || !isHarmlessTag(source.slice(at + 1, end))) return false
    at = source.indexOf('<', end + 1)
  }
  return true
}

const isComment = (source: string): boolean =>
  source.startsWith('<!--') && commentEnd(source, 0) === source.length - 3

const BREAK = /^<br\s*\/?>$/i
const OPENING = /^<(ins|u)>$/i

const INLINE_PARENTS: ReadonlySet<string> = new Set(
  'paragraph heading tableCell emphasis strong delete link linkReference'.split(' '),
)

const htmlPiece = (node: ParsedNode, isInline: boolean): readonly ParsedNode[] => {
  const source = node.value ?? ''
  if (BREAK.test(source.trim())) return isInline ? [{ type: 'break' }] : []
  if (isComment(source.trim())) return [{ type: 'opaque', source, label: 'html comment' }]
  if (isHarmlessHtml(source)) return [{ type: 'opaque', source, label: 'html' }]
  return [isInline ? { type: 'text', value: source } : { type: 'code', lang: 'html', value: source }]
}

/** Replaces the html nodes among children; `<ins>…</ins>` and `<u>…</u>` become an insert. */
export const withoutHtml = (children: readonly ParsedNode[], parent: ParsedNode): readonly ParsedNode[] => {
  if (!children.some((child) => child.type === 'html')) return children
  const isInline = INLINE_PARENTS.has(parent.type)
  const out: ParsedNode[] = []
  for (let index = 0; index < children.length; index += 1) {
    const child = children[index]
    if (child === undefined) continue
    const opening = child.type === 'html' ? OPENING.exec(child.value ?? '') : null
    if (opening !== null) {
      const closing = `</${(opening[1] ?? '').toLowerCase()}>`
      const end = children.findIndex(
        (other, at) => at > index && at < index + 200 && other.value?.toLowerCase() === closing,
      )
      if (end > 0) {
        const inner = children
          .slice(index + 1, end)
          .flatMap((one) => (one.type === 'html' ? htmlPiece(one, true) : [one]))
        out.push({ type: 'insert', children: inner })
        index = end
        continue
      }
    }
    out.push(...(child.type === 'html' ? htmlPiece(child, isInline) : [child]))
  }
  return out
}
