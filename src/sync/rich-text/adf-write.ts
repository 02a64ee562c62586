import { type AdfNode, isRead, parseAdf } from './adf-node.ts'
import { fileOf, linkMark, writeAdfInline } from './adf-write-inline.ts'
import { inlineText, isEnclosed, opaqueText, panelTitle } from './plain.ts'
import { isSafeImage } from './safe-url.ts'
import { childrenOf, paragraph as paragraphNode, type TreeNode, textNode } from './tree.ts'

/**
 * Our tree as blocks of ADF. The schema says which block may stand in which other one; what may not becomes what may
 * (a heading in a quote: a bold paragraph), because Jira refuses a whole text for one block at the wrong place.
 * https://unpkg.com/@atlaskit/adf-schema/dist/json-schema/v1/full.json
 */

type Place = 'doc' | 'item' | 'quote' | 'panel' | 'expand'

const EVERYWHERE = ['paragraph', 'list', 'code', 'image']
const ALLOWED: Readonly<Record<Place, ReadonlySet<string>>> = {
  doc: new Set([...EVERYWHERE, 'heading', 'tasks', 'rule', 'quote', 'panel', 'expand', 'table', 'opaque']),
  expand: new Set([...EVERYWHERE, 'heading', 'tasks', 'rule', 'quote', 'panel', 'table', 'opaque']),
  panel: new Set([...EVERYWHERE, 'heading', 'tasks', 'rule']),
  item: new Set(EVERYWHERE),
  quote: new Set(EVERYWHERE),
}

const EMPTY: AdfNode = { type: 'paragraph', content: [] }

const paragraph = (content: readonly AdfNode[]): AdfNode => ({ type: 'paragraph', content })

const bold = (children: readonly TreeNode[]): TreeNode => paragraphNode([{ type: 'strong', children }])

const mediaOf = (node: TreeNode): AdfNode | null => {
  const [only, ...others] = node.type === 'link' ? childrenOf(node) : [node]
  if (only?.type !== 'image' || others.length > 0) return null
  const url = only.url ?? ''
  const isAddress = isSafeImage(url) && /^https?:/i.test(url)
  const attrs =
    fileOf(only) ?? (isAddress ? { type: 'external', url, ...(only.alt ? { alt: only.alt } : {}) } : null)
  if (attrs === null) return null
  const link = node.type === 'link' ? linkMark(node) : null
  const file: AdfNode = { type: 'media', attrs, ...(link === null ? {} : { marks: [link] }) }
  const caption = only.title ? [{ type: 'caption', content: [{ type: 'text', text: only.title }] }] : []
  return { type: 'mediaSingle', attrs: { layout: 'align-start' }, content: [file, ...caption] }
}

const isBlank = (nodes: readonly TreeNode[]): boolean =>
  nodes.every((node) => node.type === 'break' || (node.type === 'text' && (node.value ?? '').trim() === ''))

/**
 * Images are blocks of their own: a text with one amid it becomes the text before, the image, the text after. Files of
 * Atlassian's store may stand in a line.
 */
const paragraphs = (children: readonly TreeNode[]): readonly AdfNode[] => {
  const isAmidText = !isBlank(children.filter((child) => mediaOf(child) === null))
  const out: AdfNode[] = []
  let text: TreeNode[] = []
  const flush = (): void => {
    const content = isBlank(text) ? [] : writeAdfInline(text)
    if (content.length > 0) out.push(paragraph(content))
    text = []
  }
  for (const child of children) {
    const media = mediaOf(child)
    if (media === null || (isAmidText && isEnclosed(child))) text.push(child)
    else {
      flush()
      out.push(media)
    }
  }
  flush()
  return out
}

const isTask = (item: TreeNode): boolean => {
  const [first, ...rest] = childrenOf(item)
  return (
    typeof item.checked === 'boolean' &&
    (first === undefined || first.type === 'paragraph') &&
    rest.every((block) => block.type === 'list' && isTasks(block))
  )
}

const isTasks = (list: TreeNode): boolean =>
  list.ordered !== true && childrenOf(list).length > 0 && childrenOf(list).every(isTask)

/** Ids need only differ within their document; they come from the place, so that the same text is the same document. */
const taskList = (list: TreeNode, path: string): AdfNode => ({
  type: 'taskList',
  attrs: { localId: path },
  content: childrenOf(list).flatMap((item, index) => {
    const [first, ...nested] = childrenOf(item)
    const localId = `${path}.${index + 1}`
    return [
      {
        type: 'taskItem',
        attrs: { localId, state: item.checked === true ? 'DONE' : 'TODO' },
        content: first === undefined ? [] : writeAdfInline(childrenOf(first)),
      },
      ...nested.map((one, at) => taskList(one, `${localId}.${at + 1}`)),
    ]
  }),
})

const withBox = (item: TreeNode): readonly TreeNode[] => {
  if (typeof item.checked !== 'boolean') return childrenOf(item)
  const box = textNode(item.checked ? '[x] ' : '[ ] ')
  const [first, ...rest] = childrenOf(item)
  if (first?.type !== 'paragraph') return [paragraphNode([box]), ...childrenOf(item)]
  return [paragraphNode([box, ...childrenOf(first)]), ...rest]
}

const listItem = (item: TreeNode): AdfNode => {
  const blocks = writeBlocks(withBox(item), 'item')
  const [first] = blocks
  const startsWell =
    first?.type === 'paragraph' || first?.type === 'mediaSingle' || first?.type === 'codeBlock'
  return { type: 'listItem', content: startsWell ? blocks : [EMPTY, ...blocks] }
}

const list = (node: TreeNode): readonly AdfNode[] => {
  const content = childrenOf(node).map(listItem)
  if (content.length === 0) return []
  if (node.ordered !== true) return [{ type: 'bulletList', content }]
  return [{ type: 'orderedList', attrs: { order: node.start ?? 1 }, content }]
}

const cell = (type: string, node: TreeNode): AdfNode => {
  const blocks = paragraphs(childrenOf(node))
  return { type, attrs: {}, content: blocks.length === 0 ? [EMPTY] : blocks }
}

const isEmptyRow = (row: TreeNode): boolean => childrenOf(row).every((one) => childrenOf(one).length === 0)

/** Rows are filled up to one width: Jira shows a ragged table as a broken one. */
const table = (node: TreeNode): readonly AdfNode[] => {
  const [head, ...body] = childrenOf(node)
  if (head === undefined) return []
  const hasHead = !isEmptyRow(head) || body.length === 0
  const width = Math.max(1, ...childrenOf(node).map((row) => childrenOf(row).length))
  const row = (one: TreeNode, type: string): AdfNode => ({
    type: 'tableRow',
    content: Array.from({ length: width }, (_, column) =>
      cell(type, childrenOf(one)[column] ?? { type: 'tableCell', children: [] }),
    ),
  })
  return [
    {
      type: 'table',
      content: [...(hasHead ? [row(head, 'tableHeader')] : []), ...body.map((one) => row(one, 'tableCell'))],
    },
  ]
}

const rowsAsText = (node: TreeNode): readonly TreeNode[] =>
  childrenOf(node)
    .filter((row) => !isEmptyRow(row))
    .map((row) =>
      paragraphNode(
        childrenOf(row).flatMap((one, index) =>
          index === 0 ? childrenOf(one) : [textNode(' | '), ...childrenOf(one)],
        ),
      ),
    )

const PANELS: Readonly<Record<string, string>> = {
  info: 'info',
  note: 'note',
  tip: 'tip',
  warning: 'warning',
  error: 'error',
  success: 'success',
  custom: 'custom',
  // alerts of Markdown that Jira has no colour for
  important: 'note',
  caution: 'error',
}

const filled = (blocks: readonly AdfNode[]): readonly AdfNode[] => (blocks.length === 0 ? [EMPTY] : blocks)

const panel = (node: TreeNode): readonly AdfNode[] => {
  const kind = node.kind ?? 'info'
  const content = filled(writeBlocks(childrenOf(node), 'panel'))
  return [{ type: 'panel', attrs: { panelType: PANELS[kind] ?? 'info' }, content }]
}

const titleOf = (node: TreeNode | undefined): string | null => {
  const [only, ...others] = node?.type === 'paragraph' ? childrenOf(node) : []
  return only?.type === 'strong' && others.length === 0 ? inlineText(only) : null
}

const expand = (node: TreeNode): readonly AdfNode[] => {
  const [first, ...rest] = childrenOf(node)
  const title = titleOf(first)
  const content = filled(writeBlocks(title === null ? childrenOf(node) : rest, 'expand'))
  return [{ type: 'expand', attrs: { title: title ?? '' }, content }]
}

/** What came from here as something we cannot read. Kinds that we can are never kept that way. */
const opaque = (node: TreeNode): readonly AdfNode[] | null => {
  const own = parseAdf(node.source ?? '')
  return own === null || isRead(own.type) ? null : [own]
}

/** The blocks of another kind that stand for this one where it may not stand. */
const instead = (node: TreeNode): readonly TreeNode[] => {
  switch (node.type) {
    case 'heading':
      return [bold(childrenOf(node))]
    case 'blockquote':
      return childrenOf(node)
    case 'panel':
      return node.kind === 'expand'
        ? childrenOf(node)
        : [bold([textNode(panelTitle(node))]), ...childrenOf(node)]
    case 'table':
      return rowsAsText(node)
    case 'thematicBreak':
      return [paragraphNode([textNode('---')])]
    default:
      return [paragraphNode([textNode(opaqueText(node))])]
  }
}

const writeBlock = (node: TreeNode, place: Place, index: number): readonly AdfNode[] => {
  const allowed = ALLOWED[place]
  const orInstead = (kind: string, write: (node: TreeNode) => readonly AdfNode[]): readonly AdfNode[] =>
    allowed.has(kind) ? write(node) : writeBlocks(instead(node), place)
  switch (node.type) {
    case 'paragraph':
      return paragraphs(childrenOf(node))
    case 'heading':
      return orInstead('heading', () => [
        { type: 'heading', attrs: { level: node.depth ?? 1 }, content: writeAdfInline(childrenOf(node)) },
      ])
    case 'list':
      return allowed.has('tasks') && isTasks(node) ? [taskList(node, `task-${index + 1}`)] : list(node)
    case 'code':
      return [
        {
          type: 'codeBlock',
          attrs: node.lang ? { language: node.lang } : {},
          content: node.value ? [{ type: 'text', text: node.value }] : [],
        },
      ]
    case 'blockquote':
      return orInstead('quote', () => [
        { type: 'blockquote', content: filled(writeBlocks(childrenOf(node), 'quote')) },
      ])
    case 'panel':
      return node.kind === 'expand' ? orInstead('expand', expand) : orInstead('panel', panel)
    case 'table':
      return orInstead('table', table)
    case 'thematicBreak':
      return orInstead('rule', () => [{ type: 'rule' }])
    case 'footnoteDefinition': {
      const note = paragraphNode([textNode(`[^${node.identifier ?? ''}]:`)])
      return writeBlocks([note, ...childrenOf(node)], place)
    }
    case 'opaque':
      return (allowed.has('opaque') ? opaque(node) : null) ?? paragraphs([node])
    default:
      return paragraphs([node])
  }
}

const writeBlocks = (blocks: readonly TreeNode[], place: Place): readonly AdfNode[] =>
  blocks.flatMap((block, index) => writeBlock(block, place, index))

export const writeAdf = (blocks: readonly TreeNode[]): AdfNode & { readonly version: 1 } => ({
  version: 1,
  type: 'doc',
  content: writeBlocks(blocks, 'doc'),
})
