import type { PhrasingContent } from 'mdast'
import rehypeParse from 'rehype-parse'
import rehypeRemark from 'rehype-remark'
import rehypeSanitize, { defaultSchema } from 'rehype-sanitize'
import { unified } from 'unified'
import { cleanText } from './clean-text.ts'
import { escapeHtml, htmlOf, VSS } from './html-write.ts'
import { settled } from './settle.ts'
import { noRules, tidy } from './tidy.ts'
import { asRichText, childrenOf, paragraph, type RichText, textNode } from './tree.ts'

/**
 * HTML as desks show it (Zendesk, Request Tracker, mails). Read through a sanitiser with an allow-list; written by our
 * own writer, which can only make the few tags it names.
 */

/** How Azure DevOps calls somebody: a link that leads nowhere. */
const VSS_MENTION = /^version:\d+\.\d+,([0-9a-f-]{36})$/i

type Schema = NonNullable<Parameters<typeof rehypeSanitize>[0]>

const schema: Schema = {
  ...defaultSchema,
  tagNames: [...(defaultSchema.tagNames ?? []), 'u', 'center', 'font'],
  // whatever else is unsafe is refused when the tree is tidied
  attributes: {
    ...defaultSchema.attributes,
    a: [...(defaultSchema.attributes?.['a'] ?? []), ['dataVssMention', VSS_MENTION]],
  },
  protocols: {
    ...defaultSchema.protocols,
    href: [...(defaultSchema.protocols?.['href'] ?? []), 'tel', 'ftp', 'sftp'],
  },
  /** Dropped with all they hold: their text was never meant to be read. */
  strip: [
    'script',
    'style',
    'title',
    'template',
    'noscript',
    'iframe',
    'object',
    'embed',
    'svg',
    'math',
    'textarea',
    'select',
  ],
}

type Handle = NonNullable<NonNullable<Parameters<typeof rehypeRemark>[1]>['handlers']>[string]

/** Marked as an insert for `tidy`; a `delete` until then, because the library must know it for inline content. */
const inserted: Handle = (state, node) => ({
  type: 'delete',
  data: { inserted: true },
  children: state.all(node) as PhrasingContent[],
})

/** Of whom Azure DevOps calls by a link: marked for `tidy`, and a link until then, for the same reason. */
const linked: Handle = (state, node) => {
  const { dataVssMention, href, title } = node.properties
  const account = VSS_MENTION.exec(String(dataVssMention ?? ''))?.[1]
  return {
    type: 'link',
    url: state.resolve(String(href ?? '') || null),
    title: title ? String(title).replace(/\s+/g, ' ').trim() : null,
    children: state.all(node) as PhrasingContent[],
    ...(account === undefined ? {} : { data: { mention: `${VSS}${account}` } }),
  }
}

const reader = unified()
  .use(rehypeParse, { fragment: true })
  .use(rehypeSanitize, schema)
  .use(rehypeRemark, {
    handlers: { a: linked, ins: inserted, u: inserted },
  })
  .freeze()

const MAX_TAGS = 20_000
/** Elements open at once: the tree builder and everything after it recurse. */
const MAX_OPEN = 150
/** Formatting left open is opened again in every block that follows: 100 of them in 100 blocks are 10,000 nodes. */
const MAX_OPEN_MARKS = 30

const TAG = /<(\/?)([a-z][a-z0-9]*)/gi
const CLOSE_THEMSELVES: ReadonlySet<string> = new Set(
  'area base br col dd dt embed hr img input li link meta option p param source td th tr track wbr'.split(
    ' ',
  ),
)
const MARKS: ReadonlySet<string> = new Set(
  'a b big code em font i nobr s small strike strong tt u'.split(' '),
)

const isWild = (html: string): boolean => {
  let tags = 0
  let open = 0
  let marks = 0
  for (const [, slash, tag] of html.matchAll(TAG)) {
    const name = (tag ?? '').toLowerCase()
    tags += 1
    if (CLOSE_THEMSELVES.has(name)) continue
    const step = slash === '/' ? -1 : 1
    open = Math.max(0, open + step)
    if (MARKS.has(name)) marks = Math.max(0, marks + step)
    if (tags > MAX_TAGS || open > MAX_OPEN || marks > MAX_OPEN_MARKS) return true
  }
  return false
}

/** What no person wrote is kept as preformatted text, as it came. */
const preformatted = (html: string): RichText => asRichText([{ type: 'code', value: html }])

const PRE = '<pre><code>'
const PRE_END = '</code></pre>'
const ENTITIES: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&amp;': '&',
  '&quot;': '"',
  '&#39;': "'",
}

const decoded = (text: string): string =>
  text.replace(/&(?:lt|gt|amp|quot|#39);/g, (entity) => ENTITIES[entity] ?? entity)

const pre = (text: string): string => `${PRE}${escapeHtml(text)}${PRE_END}`

/** Our own preformatted block, read back exactly, however large. */
const unpre = (html: string): string | null => {
  if (!html.startsWith(PRE) || !html.endsWith(PRE_END)) return null
  const inner = html.slice(PRE.length, -PRE_END.length)
  return inner.includes('<') || inner.startsWith('\n') || escapeHtml(decoded(inner)) !== inner
    ? null
    : decoded(inner)
}

/** Blanks that HTML folds into one; a no-break space is not among them. */
const fold = (text: string): string => text.replace(/[ \t\n]+/g, ' ').replace(/^ | $/g, '')

const PLAIN_BLOCK = /^<(p|div)>([^<&]*)<\/\1>$/

const readPlain = (html: string): RichText | null => {
  const text = PLAIN_BLOCK.exec(html)?.[2] ?? html
  if (text.includes('<') || text.includes('&')) return null
  const kept = fold(text)
  return asRichText(kept === '' ? [] : [paragraph([textNode(kept)])])
}

const read = (html: string): RichText => {
  const clean = cleanText(html)
  const plain = readPlain(clean)
  if (plain !== null) return plain
  const own = unpre(clean)
  if (own !== null) return preformatted(own)
  if (isWild(clean)) return preformatted(clean)
  try {
    const blocks = tidy(reader.runSync(reader.parse(clean)), noRules)
    return blocks === null ? preformatted(clean) : asRichText(blocks)
  } catch {
    // The tree builder recurses; nesting that got past the guard ends in a RangeError. Reading never throws.
    return preformatted(clean)
  }
}

const write = (tree: RichText): string => {
  const blocks = childrenOf(tree)
  const [only] = blocks
  if (blocks.length === 1 && only?.type === 'code' && !only.lang) return pre(only.value ?? '')
  const html = htmlOf(blocks)
  const isSimple = blocks.every((block) => {
    const [first, ...others] = childrenOf(block)
    return (
      block.type === 'paragraph' &&
      first?.type === 'text' &&
      others.length === 0 &&
      fold(first.value ?? '') === first.value
    )
  })
  return isSimple ? html : settled({ read, write: (one) => htmlOf(childrenOf(one)), preformatted: pre }, tree)
}

export const html = { read, write }
