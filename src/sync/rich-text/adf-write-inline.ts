import { type AdfMark, type AdfNode, isRead, parseAdf } from './adf-node.ts'
import { inlineText, opaqueText } from './plain.ts'
import { isSafeImage, isSafeLink } from './safe-url.ts'
import { childrenOf, type TreeNode } from './tree.ts'

/** Inline content of our tree as ADF. */

const MARK_OF: Readonly<Record<string, string>> = {
  strong: 'strong',
  emphasis: 'em',
  delete: 'strike',
  insert: 'underline',
}

/** Accounts of Atlassian's, as wiki markup names them; an id of another tool must not notify somebody here. */
export const ACCOUNT = 'accountid:'

const withMarks = (node: AdfNode, marks: readonly AdfMark[]): AdfNode =>
  marks.length === 0 ? node : { ...node, marks }

/** A line end is a hard break: Jira shows one in a text as a blank, and who wrote it meant it. */
const texts = (value: string, marks: readonly AdfMark[]): readonly AdfNode[] =>
  value
    .split('\n')
    .flatMap((line, index) => [
      ...(index > 0 ? [{ type: 'hardBreak' }] : []),
      ...(line === '' ? [] : [withMarks({ type: 'text', text: line }, marks)]),
    ])

/** Code takes no mark beside it but a link. */
const ofCode = (marks: readonly AdfMark[]): readonly AdfMark[] => [
  ...marks.filter(({ type }) => type === 'link'),
  { type: 'code' },
]

export const linkMark = (node: TreeNode): AdfMark | null => {
  const url = node.url ?? ''
  if (url === '' || !isSafeLink(url)) return null
  return { type: 'link', attrs: { href: url, ...(node.title ? { title: node.title } : {}) } }
}

/** The file in Atlassian's store that an image names, or null. */
export const fileOf = (node: TreeNode): Readonly<Record<string, unknown>> | null => {
  const id = /^cid:([\w-]{1,128})$/.exec(node.url ?? '')?.[1]
  return id === undefined
    ? null
    : { type: 'file', id, collection: '', ...(node.alt ? { alt: node.alt } : {}) }
}

/** Amid text only files can stand; other images are what can be opened. */
const image = (node: TreeNode, marks: readonly AdfMark[]): readonly AdfNode[] => {
  const file = fileOf(node)
  if (file !== null) return [{ type: 'mediaInline', attrs: file }]
  const url = node.url ?? ''
  if (!isSafeImage(url) || !/^https?:/i.test(url)) return texts(inlineText(node), marks)
  const link: AdfMark = { type: 'link', attrs: { href: url } }
  return texts(node.alt || url, [link, ...marks.filter(({ type }) => type !== 'link')])
}

const opaque = (node: TreeNode, marks: readonly AdfMark[]): readonly AdfNode[] => {
  const own = parseAdf(node.source ?? '')
  return own !== null && !isRead(own.type) ? [own] : texts(opaqueText(node), marks)
}

const inlineNode = (node: TreeNode, marks: readonly AdfMark[]): readonly AdfNode[] => {
  const type = MARK_OF[node.type]
  if (type !== undefined)
    return writeAdfInline(
      childrenOf(node),
      marks.some((mark) => mark.type === type) ? marks : [...marks, { type }],
    )
  switch (node.type) {
    case 'text':
      return texts(node.value ?? '', marks)
    case 'inlineCode':
      return texts(node.value ?? '', ofCode(marks))
    case 'break':
      return [{ type: 'hardBreak' }]
    case 'link': {
      const link = linkMark(node)
      return writeAdfInline(childrenOf(node), link === null ? marks : [link, ...marks])
    }
    case 'image':
      return image(node, marks)
    case 'mention': {
      const name = `@${node.name ?? ''}`
      if (node.id?.startsWith(ACCOUNT) !== true) return texts(name, marks)
      return [{ type: 'mention', attrs: { id: node.id.slice(ACCOUNT.length), text: name } }]
    }
    case 'emoji':
      return [{ type: 'emoji', attrs: { shortName: `:${node.shortcode ?? ''}:` } }]
    case 'opaque':
      return opaque(node, marks)
    case 'footnoteReference':
      return texts(`[^${node.identifier ?? ''}]`, marks)
    default:
      return writeAdfInline(childrenOf(node), marks)
  }
}

export const writeAdfInline = (
  nodes: readonly TreeNode[],
  marks: readonly AdfMark[] = [],
): readonly AdfNode[] => nodes.flatMap((node) => inlineNode(node, marks))
