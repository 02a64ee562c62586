import { type AdfMark, type AdfNode, contentOf, numberAttr, stringAttr } from './adf-node.ts'
import { ACCOUNT } from './adf-write-inline.ts'
import { type TreeNode, textNode } from './tree.ts'

/** Inline content of ADF as our tree. */

/**
 * Marks that become nodes, outermost first where several begin together. Colours, annotations, sub- and superscript
 * are not among them: their text stays.
 */
const NODE_OF: ReadonlyMap<string, string> = new Map([
  ['link', 'link'],
  ['strong', 'strong'],
  ['em', 'emphasis'],
  ['strike', 'delete'],
  ['underline', 'insert'],
])
const ORDER = [...NODE_OF.keys()]

/** Marks that our tree knows, code among them. */
export const isKnownMark = ({ type }: AdfMark): boolean => type === 'code' || NODE_OF.has(type)

const known = (node: AdfNode): readonly AdfMark[] =>
  (node.marks ?? [])
    .filter(({ type }) => NODE_OF.has(type))
    .sort((a, b) => ORDER.indexOf(a.type) - ORDER.indexOf(b.type))

const sameMark = (a: AdfMark, b: AdfMark): boolean =>
  a.type === b.type && (a.type !== 'link' || stringAttr(a, 'href') === stringAttr(b, 'href'))

interface Marked {
  readonly leaf: TreeNode
  readonly marks: readonly AdfMark[]
}

const reach = (run: readonly Marked[], from: number, mark: AdfMark): number => {
  let to = from
  while (run[to]?.marks.some((one) => sameMark(one, mark)) === true) to += 1
  return to
}

/** `strong[a] strong,em[b]` is one strong around `a` and an emphasis: the mark that reaches furthest goes outside. */
const nested = (run: readonly Marked[]): readonly TreeNode[] => {
  const out: TreeNode[] = []
  let at = 0
  while (at < run.length) {
    const first = run[at]
    if (first === undefined) break
    let outer: AdfMark | null = null
    let to = at
    for (const mark of first.marks) {
      const end = reach(run, at, mark)
      if (end <= to) continue
      outer = mark
      to = end
    }
    if (outer === null) {
      out.push(first.leaf)
      at += 1
      continue
    }
    const mark = outer
    const inside = run
      .slice(at, to)
      .map(({ leaf, marks }) => ({ leaf, marks: marks.filter((one) => !sameMark(one, mark)) }))
    out.push(wrapped(mark, nested(inside)))
    at = to
  }
  return out
}

const wrapped = (mark: AdfMark, children: readonly TreeNode[]): TreeNode => {
  const type = NODE_OF.get(mark.type) ?? 'strong'
  if (type !== 'link') return { type, children }
  const title = stringAttr(mark, 'title')
  return { type, url: stringAttr(mark, 'href'), ...(title === '' ? {} : { title }), children }
}

/** Comes back to Jira as it was; elsewhere its label stands. */
export const opaqueOf = (node: AdfNode, label: string): TreeNode => ({
  type: 'opaque',
  source: JSON.stringify(node),
  label,
})

/** Milliseconds since 1970, as a string, of a day in UTC. */
const dayOf = (node: AdfNode): string => {
  const at = new Date(Number(stringAttr(node, 'timestamp') || Number.NaN))
  return Number.isNaN(at.getTime()) ? 'date' : at.toISOString().slice(0, 10)
}

/** A file in Atlassian's store has an id and no address; `cid:` is how mails name what is attached beside the text. */
export const imageOf = (media: AdfNode, caption: string): TreeNode | null => {
  const alt = stringAttr(media, 'alt')
  const title = caption === '' ? {} : { title: caption }
  const url =
    stringAttr(media, 'type') === 'external' ? stringAttr(media, 'url') : `cid:${stringAttr(media, 'id')}`
  if (url === '' || url === 'cid:') return null
  const image = { type: 'image', url, ...title, ...(alt === '' ? {} : { alt }) }
  const link = media.marks?.find((mark) => mark.type === 'link')
  return link === undefined ? image : wrapped(link, [image])
}

const shortcodeOf = (node: AdfNode): string => stringAttr(node, 'shortName').replace(/^:|:$/g, '')

const leafOf = (node: AdfNode): TreeNode | null => {
  switch (node.type) {
    case 'text': {
      const value = node.text ?? ''
      if (value === '') return null
      const isCode = (node.marks ?? []).some(({ type }) => type === 'code')
      return isCode ? { type: 'inlineCode', value } : textNode(value)
    }
    case 'hardBreak':
      return { type: 'break' }
    case 'mention': {
      const id = stringAttr(node, 'id')
      const name = stringAttr(node, 'text').replace(/^@/, '') || id
      return name === '' ? null : { type: 'mention', name, ...(id === '' ? {} : { id: `${ACCOUNT}${id}` }) }
    }
    case 'emoji': {
      const shortcode = shortcodeOf(node)
      if (shortcode !== '') return { type: 'emoji', shortcode }
      return stringAttr(node, 'text') === '' ? null : textNode(stringAttr(node, 'text'))
    }
    case 'inlineCard': {
      const url = stringAttr(node, 'url')
      return url === '' ? opaqueOf(node, 'card') : { type: 'link', url, children: [textNode(url)] }
    }
    case 'status':
      return opaqueOf(node, stringAttr(node, 'text') || 'status')
    case 'date':
      return opaqueOf(node, dayOf(node))
    case 'mediaInline':
      return imageOf(node, '') ?? opaqueOf(node, 'file')
    case 'placeholder':
      return null
    default:
      return opaqueOf(node, stringAttr(node, 'extensionKey') || stringAttr(node, 'text') || node.type)
  }
}

export const INLINE_ADF: ReadonlySet<string> = new Set(
  'text hardBreak mention emoji inlineCard status date mediaInline placeholder inlineExtension'.split(' '),
)

export const readAdfInline = (nodes: readonly AdfNode[]): readonly TreeNode[] =>
  nested(
    nodes.flatMap((node) => {
      const leaf = leafOf(node)
      return leaf === null ? [] : [{ leaf, marks: leaf.type === 'link' ? [] : known(node) }]
    }),
  )

/** All text below a node, for what holds text alone (code, captions). */
export const textOf = (node: AdfNode): string => {
  if (node.type === 'hardBreak') return '\n'
  return (node.text ?? '') + contentOf(node).map(textOf).join('')
}

export const orderOf = (node: AdfNode): number => Math.max(0, Math.trunc(numberAttr(node, 'order') ?? 1))
