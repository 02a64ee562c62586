import { piecesOf, TYPE_OF } from './line-markup.ts'
import { isSafeImage, isSafeLink } from './safe-url.ts'
import { entityAt, firstFrom, isBlank, isWord, type Piece, positionsOf, urlEnd, within } from './scan.ts'
import { type TreeNode, textNode } from './tree.ts'

/**
 * Inline Textile as Redmine reads it: `*bold*`, `_italic_`, `-deleted-`, `+inserted+`, `@code@`, `"text":url`,
 * `!image!`, bare addresses, `user:login`, `@login`, `<notextile>`, `<code>`. Everything else (`#123`, `[[Wiki]]`,
 * `{{macro}}`, `r42`, HTML) is text. One pass: closing marks are looked up in lists made once, so that text with
 * thousands of opening marks costs no more than other text.
 */

const PAIRED = '*_-+@!'
const MAX_DEPTH = 20

const LOGIN = /[a-z0-9_@.-]/i
const LINK_MARK = '":'

/** The text of one block and, for each mark, where it may close (ascending). */
interface Source {
  readonly text: string
  readonly closers: Readonly<Record<string, readonly number[]>>
  readonly lineEnds: readonly number[]
  /** Positions of literal tags' ends, found when first needed. */
  readonly tagEnds: Map<string, readonly number[]>
}

const closersOf = (text: string): Source['closers'] => {
  const closers: Record<string, number[]> = { [LINK_MARK]: [] }
  for (const mark of PAIRED) closers[mark] = []
  for (let at = 1; at < text.length; at += 1) {
    const char = text.charAt(at)
    if (char === '"' && text.charAt(at + 1) === ':' && !isBlank(text.charAt(at + 2)))
      closers[LINK_MARK]?.push(at)
    if (!PAIRED.includes(char)) continue
    const next = text.charAt(at + 1)
    const before = text.charAt(at - 1)
    if (!isBlank(before) && before !== char && next !== char && !(isWord(next) && next !== '_'))
      closers[char]?.push(at)
  }
  return closers
}

const closerOf = (source: Source, mark: string, from: number, end: number): number => {
  const lineEnd = within(firstFrom(source.lineEnds, from), end)
  return within(firstFrom(source.closers[mark] ?? [], from), lineEnd < 0 ? end : lineEnd)
}

const tagEndOf = (source: Source, tag: string, from: number, end: number): number => {
  const known = source.tagEnds.get(tag) ?? positionsOf(source.text, tag)
  source.tagEnds.set(tag, known)
  return within(firstFrom(known, from), end - tag.length + 1)
}

const literal = (source: Source, at: number, end: number): Piece => {
  for (const tag of ['notextile', 'code'] as const) {
    if (!source.text.startsWith(`<${tag}>`, at)) continue
    const from = at + tag.length + 2
    const close = tagEndOf(source, `</${tag}>`, from, end)
    if (close < 0) return null
    const value = source.text.slice(from, close)
    const node = tag === 'code' && value !== '' ? { type: 'inlineCode', value } : textNode(value)
    return { nodes: [node], to: close + tag.length + 3 }
  }
  return null
}

const TITLED = /^(.*\S) ?\(([^()]*)\)$/s

const link = (source: Source, at: number, end: number, depth: number): Piece => {
  const close = closerOf(source, LINK_MARK, at + 2, end)
  if (close < 0 || isBlank(source.text.charAt(at + 1))) return null
  const to = urlEnd(source.text, close + 2, end)
  const url = source.text.slice(close + 2, to)
  if (url === '' || !isSafeLink(url)) return null
  const text = source.text.slice(at + 1, close)
  const titled = text.endsWith(')') && text.length < 1_000 ? TITLED.exec(text) : null
  const children =
    titled === null
      ? inline(source, at + 1, close, depth + 1, true)
      : inline(source, at + 1, at + 1 + (titled[1] ?? '').length, depth + 1, true)
  const title = titled?.[2] ? { title: titled[2] } : {}
  return { nodes: [{ type: 'link', url, ...title, children }], to }
}

const IMAGE = /^[<>=]?([^\s()!]+)(?:\(([^()]*)\))?$/
const IMAGE_NAME = /[./]/

const image = (source: Source, at: number, end: number, isLinked: boolean): Piece => {
  const close = closerOf(source, '!', at + 2, end)
  if (close < 0 || close - at > 4_000) return null
  const found = IMAGE.exec(source.text.slice(at + 1, close))
  const url = found?.[1] ?? ''
  if (found === null || !IMAGE_NAME.test(url) || !isSafeImage(url)) return null
  const node = { type: 'image', url, ...(found[2] ? { alt: found[2] } : {}) }
  if (isLinked || source.text.charAt(close + 1) !== ':') return { nodes: [node], to: close + 1 }
  const to = urlEnd(source.text, close + 2, end)
  const target = source.text.slice(close + 2, to)
  if (target === '' || !isSafeLink(target)) return { nodes: [node], to: close + 1 }
  return { nodes: [{ type: 'link', url: target, children: [node] }], to }
}

const login = (text: string, from: number, end: number): string => {
  let to = from
  while (to < end && to - from < 100 && LOGIN.test(text.charAt(to))) to += 1
  while (to > from && /[@.-]/.test(text.charAt(to - 1))) to -= 1
  return text.slice(from, to)
}

const mention = (source: Source, at: number, end: number, prefix: string): Piece => {
  const name = login(source.text, at + prefix.length, end)
  if (name === '' || isWord(source.text.charAt(at + prefix.length + name.length))) return null
  // Redmine's own `user:` links are kept apart: written as `@login` they would notify that person.
  const id = prefix === 'user:' ? { id: `user:${name}` } : {}
  return { nodes: [{ type: 'mention', name, ...id }], to: at + prefix.length + name.length }
}

const code = (source: Source, at: number, end: number): Piece => {
  const close = closerOf(source, '@', at + 2, end)
  if (close < 0 || isBlank(source.text.charAt(at + 1))) return null
  return { nodes: [{ type: 'inlineCode', value: source.text.slice(at + 1, close) }], to: close + 1 }
}

const mark = (source: Source, at: number, end: number, depth: number, isLinked: boolean): Piece => {
  const char = source.text.charAt(at)
  const next = source.text.charAt(at + 1)
  const type = TYPE_OF[char]
  if (type === undefined || depth >= MAX_DEPTH || isBlank(next) || next === char) return null
  const close = closerOf(source, char, at + 2, end)
  if (close < 0) return null
  return { nodes: [{ type, children: inline(source, at + 1, close, depth + 1, isLinked) }], to: close + 1 }
}

const bareUrl = (source: Source, at: number, end: number): Piece => {
  const { text } = source
  if (!text.startsWith('http://', at) && !text.startsWith('https://', at)) return null
  const to = urlEnd(text, at, end)
  const url = text.slice(at, to)
  return url.endsWith('/') && url.length < 9
    ? null
    : isSafeLink(url)
      ? { nodes: [{ type: 'link', url, children: [textNode(url)] }], to }
      : null
}

const pieceAt = (
  source: Source,
  at: number,
  end: number,
  depth: number,
  isLinked: boolean,
  isFree: boolean,
): Piece => {
  switch (source.text.charAt(at)) {
    case '\n':
      return { nodes: [{ type: 'break' }], to: at + 1 }
    case '&':
      return entityAt(source.text, at)
    case '<':
      return literal(source, at, end)
    case '"':
      return isFree && !isLinked ? link(source, at, end, depth) : null
    case '!':
      return isFree ? image(source, at, end, isLinked) : null
    case '@':
      return isFree ? (code(source, at, end) ?? (isLinked ? null : mention(source, at, end, '@'))) : null
    case 'h':
      return isFree && !isLinked ? bareUrl(source, at, end) : null
    case 'u':
      return isFree && !isLinked && source.text.startsWith('user:', at)
        ? mention(source, at, end, 'user:')
        : null
    default:
      return isFree ? mark(source, at, end, depth, isLinked) : null
  }
}

const SPECIAL = '\n&<"!@hu*_-+'

const inline = (
  source: Source,
  from: number,
  end: number,
  depth: number,
  isLinked: boolean,
): readonly TreeNode[] =>
  piecesOf(source.text, from, end, SPECIAL, (at, isFree) => pieceAt(source, at, end, depth, isLinked, isFree))

const HAS_MARKUP = /[\n&<"!@*_+-]|https?:|user:/

/** The inline nodes of one block's text; line ends become hard breaks, as Redmine shows them. */
export const readInline = (text: string): readonly TreeNode[] => {
  if (!HAS_MARKUP.test(text)) return text === '' ? [] : [textNode(text)]
  return inline(
    { text, closers: closersOf(text), lineEnds: positionsOf(text, '\n'), tagEnds: new Map() },
    0,
    text.length,
    0,
    false,
  )
}
