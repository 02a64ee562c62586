import remarkGfm from 'remark-gfm'
import remarkParse from 'remark-parse'
import remarkStringify from 'remark-stringify'
import { unified } from 'unified'
import { cleanText } from './clean-text.ts'
import { isWild } from './markdown-guard.ts'
import { handlers, isBareUrl } from './markdown-handlers.ts'
import { withoutHtml } from './markdown-html.ts'
import { imageText, isEnclosed } from './plain.ts'
import { settled } from './settle.ts'
import { type InlineRules, type ParsedNode, tidy } from './tidy.ts'
import {
  asRichText,
  childrenOf,
  paragraph,
  type RichText,
  type TreeNode,
  textNode,
  withChildren,
} from './tree.ts'

/**
 * GitHub-flavoured Markdown. Beyond GFM it reads `@name`, `:shortcode:`, alerts (`> [!NOTE]`) and `<ins>`.
 */

const parser = unified().use(remarkParse).use(remarkGfm).freeze()

const stringifier = unified()
  // Padding cells to one width makes a text rows × widest cell long: 100 KB of input would become 100 MB.
  .use(remarkGfm, { tablePipeAlign: false })
  .use(remarkStringify, {
    bullet: '-',
    emphasis: '_',
    rule: '-',
    fences: true,
    listItemIndent: 'one',
    handlers,
  })
  .freeze()

/** Text that means itself in Markdown: most comments, and some 50 times cheaper than parsing. */
const MARKUP = new RegExp(
  [
    '[\\\\`*_\\[\\]<>~|@\\t]',
    '&[#a-z]',
    ':[a-z+\\-1/]',
    'www\\.',
    '^(?:\\s|[#+\\-=]|\\d+[.)])',
    '\\s$',
    '[^\\S\\n ]',
  ].join('|'),
  'im',
)

const isPlain = (text: string): boolean => !MARKUP.test(text)

const NAMES =
  /(?<![\p{L}\p{N}_/@.:+-])@([a-z0-9](?:[a-z0-9_-]|[./](?=[a-z0-9]))*)|(?<![\p{L}\p{N}_:]):([a-z][a-z0-9_+-]*|\+1|-1|100):(?![\p{L}\p{N}_:])/giu

const namesIn = (value: string, insideLink: boolean): readonly TreeNode[] => {
  if (insideLink || !(value.includes('@') || value.includes(':'))) return [textNode(value)]
  const out: TreeNode[] = []
  let from = 0
  for (const found of value.matchAll(NAMES)) {
    const [whole, name, shortcode] = found
    out.push(textNode(value.slice(from, found.index)))
    if (name !== undefined) out.push({ type: 'mention', name })
    else out.push({ type: 'emoji', shortcode: shortcode ?? '' })
    from = found.index + whole.length
  }
  out.push(textNode(value.slice(from)))
  return out
}

const ALERT = /^\[!(note|tip|important|warning|caution)\](?:\n|$)/i

/** `> [!NOTE]` and what follows, as GitHub shows it. */
const asPanel = (node: ParsedNode): ParsedNode => {
  const [first, ...blocks] = node.children ?? []
  const [start, ...inline] = first?.children ?? []
  const alert = start?.type === 'text' ? ALERT.exec(start.value ?? '') : null
  if (node.type !== 'blockquote' || first?.type !== 'paragraph' || alert === null) return node
  const [marker, kind] = alert
  const rest = (start?.value ?? '').slice(marker.length)
  if (rest === '' && marker.at(-1) !== '\n' && inline.length > 0) return node
  const body = [...(rest === '' ? [] : [textNode(rest)]), ...inline]
  return {
    type: 'panel',
    kind: (kind ?? '').toLowerCase(),
    children: body.length === 0 ? blocks : [paragraph(body), ...blocks],
  }
}

const rules: InlineRules = {
  children: (children, parent) =>
    withoutHtml(children, parent).map((child) => (child.type === 'blockquote' ? asPanel(child) : child)),
  text: namesIn,
}

const longestRun = (text: string): number => {
  let longest = 0
  for (const [run] of text.matchAll(/`+/g)) longest = Math.max(longest, run.length)
  return longest
}

const fenced = (value: string): string => {
  const fence = '`'.repeat(Math.max(3, longestRun(value) + 1))
  return value === '' ? `${fence}\n${fence}` : `${fence}\n${value}\n${fence}`
}

const unfenced = (text: string): string | null => {
  const fence = /^`{3,}(?=\n)/.exec(text)?.[0]
  if (fence === undefined || !text.endsWith(`\n${fence}`)) return null
  const value = text.slice(fence.length + 1, -fence.length - 1)
  return longestRun(value) < fence.length ? value : null
}

const preformatted = (text: string): RichText => asRichText([{ type: 'code', value: unfenced(text) ?? text }])

const readPlain = (text: string): RichText =>
  asRichText(
    text
      .split(/\n\n+/)
      .filter((block) => block !== '')
      .map((block) =>
        paragraph([textNode(block.startsWith('\n') || block.endsWith('\n') ? block.trim() : block)]),
      ),
  )

const read = (text: string): RichText => {
  const clean = cleanText(text)
  if (clean === '') return asRichText([])
  if (isWild(clean)) return preformatted(clean)
  if (isPlain(clean)) return readPlain(clean)
  const blocks = tidy(parser.parse(clean), rules)
  return blocks === null ? preformatted(clean) : asRichText(blocks)
}

/** Bare addresses stay bare: `<https://…>` is right too, but not what the person wrote. Enclosed images become words. */
const asShown = (node: TreeNode): TreeNode => {
  const children = node.children
  if (node.type === 'image' && isEnclosed(node)) return textNode(imageText(node))
  if (children === undefined) return node
  return withChildren(
    node,
    children.map((child, index) =>
      isBareUrl(child, children[index - 1], children[index + 1])
        ? { type: 'opaque', source: child.url ?? '', label: 'url' }
        : asShown(child),
    ),
  )
}

const writeOnce = (tree: RichText): string => {
  const written = stringifier.stringify(asRichText(childrenOf(asShown(tree))))
  return written.endsWith('\n') ? written.slice(0, -1) : written
}

/** The text of a tree that needs no escapes, or null. */
const writePlain = (tree: RichText): string | null => {
  const parts: string[] = []
  for (const block of childrenOf(tree)) {
    const [only, ...others] = childrenOf(block)
    if (block.type !== 'paragraph' || only?.type !== 'text' || others.length > 0) return null
    const value = only.value ?? ''
    if (value === '' || value.includes('\n\n') || !isPlain(value)) return null
    parts.push(value)
  }
  return parts.join('\n\n')
}

const write = (tree: RichText): string => {
  const plain = writePlain(tree)
  if (plain !== null && !isWild(plain)) return plain
  const [only, ...others] = childrenOf(tree)
  if (others.length === 0 && only?.type === 'code' && !only.lang && !only.meta)
    return fenced(only.value ?? '')
  return settled({ read, write: writeOnce, preformatted: fenced }, tree)
}

export const markdown = { read, write }
