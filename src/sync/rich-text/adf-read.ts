import { type AdfNode, contentOf, numberAttr, stringAttr } from './adf-node.ts'
import { INLINE_ADF, imageOf, opaqueOf, orderOf, readAdfInline, textOf } from './adf-read-inline.ts'
import { childrenOf, paragraph, type TreeNode, textNode } from './tree.ts'

/** Blocks of ADF as our tree. What Markdown has no form for keeps its content, and where it can, its kind. */

const LINE_END: TreeNode = { type: 'break' }

/** Lines one below the other, with hard breaks between them. */
const stacked = (lines: readonly (readonly TreeNode[])[]): readonly TreeNode[] =>
  lines.filter((line) => line.length > 0).flatMap((line, index) => (index === 0 ? line : [LINE_END, ...line]))

const indented = (lines: readonly (readonly TreeNode[])[]): readonly (readonly TreeNode[])[] =>
  lines.map((line) => [textNode('\u00a0\u00a0'), ...line])

/** A block as lines of inline content: cells of our tables hold no blocks. */
const linesOf = (block: TreeNode): readonly (readonly TreeNode[])[] => {
  switch (block.type) {
    case 'paragraph':
    case 'tableCell':
      return [childrenOf(block)]
    case 'heading':
      return [[{ type: 'strong', children: childrenOf(block) }]]
    case 'code':
      return (block.value ?? '')
        .split('\n')
        .map((line) => (line === '' ? [] : [{ type: 'inlineCode', value: line }]))
    case 'list':
      return childrenOf(block).flatMap((item, index) => {
        const [first = [], ...rest] = childrenOf(item).flatMap(linesOf)
        const box = typeof item.checked === 'boolean' ? (item.checked ? '[x] ' : '[ ] ') : ''
        const mark = block.ordered === true ? `${(block.start ?? 1) + index}. ` : '- '
        return [[textNode(`${mark}${box}`), ...first], ...indented(rest)]
      })
    case 'thematicBreak':
      return [[textNode('---')]]
    case 'opaque':
      return [[block]]
    default:
      return childrenOf(block).flatMap(linesOf)
  }
}

const cellOf = (cell: AdfNode, isHead: boolean): TreeNode => {
  const children = stacked(contentOf(cell).flatMap(readBlock).flatMap(linesOf))
  const isStrong = cell.type === 'tableHeader' && !isHead && children.length > 0
  return { type: 'tableCell', children: isStrong ? [{ type: 'strong', children }] : children }
}

/** A cell over several columns is followed by empty ones, so that what comes after stays in its column. */
const rowOf = (row: AdfNode, isHead: boolean): TreeNode => ({
  type: 'tableRow',
  children: contentOf(row).flatMap((cell) => {
    const span = Math.min(Math.max(1, numberAttr(cell, 'colspan') ?? 1), 100)
    const empty = Array.from({ length: span - 1 }, (): TreeNode => ({ type: 'tableCell', children: [] }))
    return [cellOf(cell, isHead), ...empty]
  }),
})

const table = (node: AdfNode): readonly TreeNode[] => {
  const rows = contentOf(node).filter((row) => row.type === 'tableRow' && contentOf(row).length > 0)
  const [first, ...others] = rows
  if (first === undefined) return []
  const hasHead = contentOf(first).every((cell) => cell.type === 'tableHeader')
  const body = (hasHead ? others : rows).map((row) => rowOf(row, false))
  const head = rowOf(first, true)
  const empty = childrenOf(head).map((): TreeNode => ({ type: 'tableCell', children: [] }))
  return [
    {
      type: 'table',
      align: childrenOf(head).map(() => null),
      children: [hasHead ? head : { type: 'tableRow', children: empty }, ...body],
    },
  ]
}

const listItem = (children: readonly TreeNode[], checked?: boolean): TreeNode => ({
  type: 'listItem',
  spread: false,
  ...(checked === undefined ? {} : { checked }),
  children,
})

const list = (node: AdfNode): readonly TreeNode[] => {
  const isOrdered = node.type === 'orderedList'
  const items = contentOf(node).map((item) => listItem(contentOf(item).flatMap(readBlock)))
  if (items.length === 0) return []
  const start = isOrdered && orderOf(node) !== 1 ? { start: orderOf(node) } : {}
  return [{ type: 'list', ordered: isOrdered, ...start, spread: false, children: items }]
}

/** Tasks and decisions hold inline content, and nested lists stand beside the item they belong to. */
const taskList = (node: AdfNode): readonly TreeNode[] => {
  const items: TreeNode[] = []
  for (const child of contentOf(node)) {
    if (child.type === node.type) {
      const last = items.pop() ?? listItem([])
      items.push({ ...last, children: [...childrenOf(last), ...taskList(child)] })
      continue
    }
    const isTask = child.type === 'taskItem' || child.type === 'blockTaskItem'
    const blocks =
      child.type === 'blockTaskItem'
        ? contentOf(child).flatMap(readBlock)
        : [paragraph(readAdfInline(contentOf(child)))]
    items.push(isTask ? listItem(blocks, stringAttr(child, 'state') === 'DONE') : listItem(blocks))
  }
  return items.length === 0 ? [] : [{ type: 'list', ordered: false, spread: false, children: items }]
}

const media = (node: AdfNode): readonly TreeNode[] => {
  const caption = contentOf(node).find(({ type }) => type === 'caption')
  const text = caption === undefined ? '' : textOf(caption).replace(/\s+/g, ' ').trim()
  const images = contentOf(node)
    .filter(({ type }) => type === 'media')
    .flatMap((file) => imageOf(file, text) ?? [])
  if (images.length === 0) return [opaqueOf(node, 'file')]
  return images.map((image) => paragraph([image]))
}

/** The title is the first, bold paragraph of the panel; the writer makes a title of it again. */
const expand = (node: AdfNode): readonly TreeNode[] => {
  const title = stringAttr(node, 'title').trim()
  const head = title === '' ? [] : [paragraph([{ type: 'strong', children: [textNode(title)] }])]
  return [{ type: 'panel', kind: 'expand', children: [...head, ...contentOf(node).flatMap(readBlock)] }]
}

const card = (node: AdfNode): readonly TreeNode[] => {
  const url = stringAttr(node, 'url')
  return url === ''
    ? [opaqueOf(node, 'card')]
    : [paragraph([{ type: 'link', url, children: [textNode(url)] }])]
}

/** Bounded by the parser's limit on nesting. */
const readBlock = (node: AdfNode): readonly TreeNode[] => {
  if (INLINE_ADF.has(node.type)) return [paragraph(readAdfInline([node]))]
  switch (node.type) {
    case 'paragraph':
      return [paragraph(readAdfInline(contentOf(node)))]
    case 'heading': {
      const depth = Math.min(6, Math.max(1, Math.trunc(numberAttr(node, 'level') ?? 1)))
      return [{ type: 'heading', depth, children: readAdfInline(contentOf(node)) }]
    }
    case 'bulletList':
    case 'orderedList':
      return list(node)
    case 'taskList':
    case 'decisionList':
      return taskList(node)
    case 'blockquote':
      return [{ type: 'blockquote', children: contentOf(node).flatMap(readBlock) }]
    case 'codeBlock': {
      const lang = stringAttr(node, 'language')
      return [{ type: 'code', value: textOf(node), ...(lang === '' ? {} : { lang }) }]
    }
    case 'rule':
      return [{ type: 'thematicBreak' }]
    case 'panel':
      return [
        {
          type: 'panel',
          kind: stringAttr(node, 'panelType') || 'info',
          children: contentOf(node).flatMap(readBlock),
        },
      ]
    case 'expand':
    case 'nestedExpand':
      return expand(node)
    case 'table':
      return table(node)
    case 'mediaSingle':
    case 'mediaGroup':
      return media(node)
    case 'blockCard':
    case 'embedCard':
      return card(node)
    case 'extension':
      return [opaqueOf(node, stringAttr(node, 'extensionKey') || stringAttr(node, 'text') || 'extension')]
    default:
      // layouts, bodied extensions and whatever comes later: their content is what was written
      return node.content === undefined ? [opaqueOf(node, node.type)] : contentOf(node).flatMap(readBlock)
  }
}

export const readAdf = (doc: AdfNode): readonly TreeNode[] => contentOf(doc).flatMap(readBlock)
