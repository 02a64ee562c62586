import { piecesOf, TYPE_OF } from './line-markup.ts'
import { isSafeImage, isSafeLink } from './safe-url.ts'
import { entityAt, firstFrom, isBlank, isWord, type Piece, positionsOf, urlEnd, within } from './scan.ts'
import { type TreeNode, textNode } from './tree.ts'

/**
 * Inline wiki markup as Jira reads it: `*strong*`, `_emphasis_`, `-deleted-`, `+inserted+`, `{{code}}`, `[text|url]`,
 * `[~name]`, `!image!`, bare addresses, a few smileys, `\` before what must be itself, `\\` for a line's end. What else
 * there is (`^up^`, `??cited??`, other macros) is text. One pass, as in Textile's reader.
 * https://jira.atlassian.com/secure/WikiRendererHelpAction.jspa?section=all
 */

const PAIRED = '*_-+!'
const MAX_DEPTH = 20
const CODE_END = '}}'

/** What a `\` makes itself. */
export const ESCAPABLE = '*_-+!|[]{}()#^~?:;<>.='

/** Smileys of Jira, and what the rest of the world calls them. */
export const SMILEYS: Readonly<Record<string, string>> = {
  '(/)': 'white_check_mark',
  '(x)': 'x',
  '(!)': 'warning',
  '(?)': 'question',
  '(i)': 'information_source',
  '(y)': '+1',
  '(n)': '-1',
  '(on)': 'bulb',
  '(*)': 'star',
  ':)': 'slightly_smiling_face',
  ':(': 'disappointed',
  ':D': 'smiley',
  ':P': 'stuck_out_tongue',
  ';)': 'wink',
}

interface Source {
  readonly text: string
  readonly closers: Readonly<Record<string, readonly number[]>>
  readonly lineEnds: readonly number[]
  readonly brackets: readonly number[]
  readonly codeEnds: readonly number[]
}

const isEscaped = (text: string, at: number): boolean => text.charAt(at - 1) === '\\'

const closersOf = (text: string): Source['closers'] => {
  const closers: Record<string, number[]> = {}
  for (const mark of PAIRED) closers[mark] = []
  for (let at = 1; at < text.length; at += 1) {
    const char = text.charAt(at)
    if (!PAIRED.includes(char) || isEscaped(text, at)) continue
    const next = text.charAt(at + 1)
    const before = text.charAt(at - 1)
    if (!isBlank(before) && before !== char && next !== char && !(isWord(next) && next !== '_'))
      closers[char]?.push(at)
  }
  return closers
}

const closerOf = (source: Source, positions: readonly number[], from: number, end: number): number => {
  const lineEnd = within(firstFrom(source.lineEnds, from), end)
  return within(firstFrom(positions, from), lineEnd < 0 ? end : lineEnd)
}

const unescaped = (text: string): string => {
  let out = ''
  for (let at = 0; at < text.length; at += 1) {
    const next = text.charAt(at + 1)
    const entity = text.charAt(at) === '&' ? entityAt(text, at) : null
    if (text.charAt(at) === '\\' && next !== '' && ESCAPABLE.includes(next)) {
      out += next
      at += 1
    } else if (entity !== null) {
      out += entity.nodes[0]?.value ?? ''
      at = entity.to - 1
    } else out += text.charAt(at)
  }
  return out
}

const backslash = (source: Source, at: number): Piece => {
  const next = source.text.charAt(at + 1)
  if (next === '\\') {
    const lineEnd = source.text.charAt(at + 2) === '\n' ? 1 : 0
    return { nodes: [{ type: 'break' }], to: at + 2 + lineEnd }
  }
  return next !== '' && ESCAPABLE.includes(next) ? { nodes: [textNode(next)], to: at + 2 } : null
}

/** `{*}x{*}`: a mark inside a word. */
const BRACED = /\{([*_+-])\}(?=\S)([^{}\n]{1,200})(?<=\S)\{\1\}/y
const COLOUR = /\{color(?::[^{}|\n]{1,40})?\}/y

const braces = (source: Source, at: number, end: number): Piece => {
  if (source.text.startsWith('{{', at)) {
    const close = closerOf(source, source.codeEnds, at + 3, end)
    if (close < 0) return null
    return {
      nodes: [{ type: 'inlineCode', value: unescaped(source.text.slice(at + 2, close)) }],
      to: close + CODE_END.length,
    }
  }
  BRACED.lastIndex = at
  const braced = BRACED.exec(source.text)
  if (braced !== null && at + braced[0].length <= end) {
    const [whole, mark = '', text = ''] = braced
    return {
      nodes: [{ type: TYPE_OF[mark] ?? 'strong', children: [textNode(unescaped(text))] }],
      to: at + whole.length,
    }
  }
  COLOUR.lastIndex = at
  const found = COLOUR.exec(source.text)?.[0]
  return found === undefined ? null : { nodes: [], to: at + found.length }
}

const ACCOUNT = /^~(accountid:)?([^\s[\]|\\]{1,128})$/
/** A link to a file of the same issue. */
const FILE = /^\^[^\s[\]|\\^]{1,200}\.\w{1,10}$/
const ADDRESS = /^(?:[a-z][a-z0-9+.-]*:\S|[/#]\S)/i

/** What came from here and means something only here. */
export const isWikiSource = (source: string): boolean =>
  source.startsWith('[') && source.endsWith(']') && FILE.test(source.slice(1, -1))

const bracket = (source: Source, at: number, end: number, depth: number): Piece => {
  const close = closerOf(source, source.brackets, at + 1, end)
  if (close < 0 || close - at > 10_000) return null
  const inside = source.text.slice(at + 1, close)
  const account = ACCOUNT.exec(inside)
  if (account !== null) {
    const id = `${account[1] ?? 'jira-user:'}${account[2] ?? ''}`
    return { nodes: [{ type: 'mention', name: account[2] ?? '', id }], to: close + 1 }
  }
  if (FILE.test(inside)) {
    const source = `[${inside}]`
    return { nodes: [{ type: 'opaque', source, label: inside.slice(1) }], to: close + 1 }
  }
  const bar = lastBar(inside)
  const url = inside.slice(bar + 1).trim()
  if (!ADDRESS.test(url) || !isSafeLink(url)) return null
  if (bar < 0) return { nodes: [{ type: 'link', url, children: [textNode(url)] }], to: close + 1 }
  const children = inline(source, at + 1, at + 1 + bar, depth + 1, true)
  return children.length === 0 ? null : { nodes: [{ type: 'link', url, children }], to: close + 1 }
}

/** The `|` between a link's text and its address; one that is escaped belongs to the text. */
const lastBar = (inside: string): number => {
  let at = inside.lastIndexOf('|')
  while (at > 0 && isEscaped(inside, at)) at = inside.lastIndexOf('|', at - 1)
  return at
}

const IMAGE = /^([^\s!|]+)(?:\|([^!\n]*))?$/
const ALT = /(?:^|,)\s*alt=("?)([^",]*)\1\s*(?:,|$)/

const image = (source: Source, at: number, end: number): Piece => {
  const close = closerOf(source, source.closers['!'] ?? [], at + 2, end)
  if (close < 0 || close - at > 4_000) return null
  const found = IMAGE.exec(source.text.slice(at + 1, close))
  const url = found?.[1] ?? ''
  if (found === null || !/[./]/.test(url) || !isSafeImage(url)) return null
  const alt = unescaped(ALT.exec(found[2] ?? '')?.[2] ?? '').trim()
  return { nodes: [{ type: 'image', url, ...(alt === '' ? {} : { alt }) }], to: close + 1 }
}

const mark = (source: Source, at: number, end: number, depth: number, isLinked: boolean): Piece => {
  const char = source.text.charAt(at)
  const next = source.text.charAt(at + 1)
  const type = TYPE_OF[char]
  if (type === undefined || depth >= MAX_DEPTH || isBlank(next) || next === char) return null
  const close = closerOf(source, source.closers[char] ?? [], at + 2, end)
  if (close < 0) return null
  return { nodes: [{ type, children: inline(source, at + 1, close, depth + 1, isLinked) }], to: close + 1 }
}

const bareUrl = (source: Source, at: number, end: number): Piece => {
  const { text } = source
  if (!text.startsWith('http://', at) && !text.startsWith('https://', at)) return null
  const to = urlEnd(text, at, end)
  const url = text.slice(at, to)
  if ((url.endsWith('/') && url.length < 9) || /[[\]{}\\]/.test(url) || !isSafeLink(url)) return null
  return { nodes: [{ type: 'link', url, children: [textNode(url)] }], to }
}

const SMILEY = /(?:\((?:\/|x|!|\?|i|y|n|on|\*)\)|:[)(DP]|;\))(?![^\s.,;!?])/y

const smiley = (source: Source, at: number, end: number): Piece => {
  SMILEY.lastIndex = at
  const found = SMILEY.exec(source.text)?.[0]
  if (found === undefined || at + found.length > end || !isBlank(source.text.charAt(at - 1))) return null
  return { nodes: [{ type: 'emoji', shortcode: SMILEYS[found] ?? '' }], to: at + found.length }
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
    case '\\':
      return backslash(source, at)
    case '&':
      return entityAt(source.text, at)
    case '{':
      return braces(source, at, end)
    case '[':
      return isLinked ? null : bracket(source, at, end, depth)
    case '!':
      return isFree ? image(source, at, end) : null
    case 'h':
      return isFree && !isLinked ? bareUrl(source, at, end) : null
    case '(':
    case ':':
    case ';':
      return smiley(source, at, end)
    default:
      return isFree ? mark(source, at, end, depth, isLinked) : null
  }
}

const SPECIAL = '\n\\&{[!h(:;*_-+'

const inline = (
  source: Source,
  from: number,
  end: number,
  depth: number,
  isLinked: boolean,
): readonly TreeNode[] =>
  piecesOf(source.text, from, end, SPECIAL, (at, isFree) => pieceAt(source, at, end, depth, isLinked, isFree))

const HAS_MARKUP = /[\n\\&{[!(:;*_+-]|https?:/

/** The inline nodes of one block's text; line ends are hard breaks, as Jira shows them. */
export const readWikiInline = (text: string): readonly TreeNode[] => {
  if (!HAS_MARKUP.test(text)) return text === '' ? [] : [textNode(text)]
  const source: Source = {
    text,
    closers: closersOf(text),
    lineEnds: positionsOf(text, '\n'),
    brackets: positionsOf(text, ']').filter((at) => !isEscaped(text, at)),
    codeEnds: positionsOf(text, CODE_END).filter((at) => !isEscaped(text, at)),
  }
  return inline(source, 0, text.length, 0, false)
}
