import { plainText } from './plain.ts'
import { childrenOf, paragraph, type TreeNode, textNode } from './tree.ts'

/**
 * In plain text a list is a paragraph of lines beginning with `- `. When a hub's list, table or quote is patched from
 * plain text, the paragraph is seen as what our plain writer made it from, so that an item added there becomes an item
 * here.
 */

const ITEM = /^( *)(-|\d{1,9}\.) (.*)$/
const MAX_ITEM_DEPTH = 12

/** The paragraph's own lines; null when it is more than text and line ends. */
const linesOf = (block: TreeNode): readonly string[] | null => {
  if (block.type !== 'paragraph') return null
  const lines: string[] = ['']
  for (const node of childrenOf(block)) {
    if (node.type === 'break') lines.push('')
    else if (node.type === 'text') lines[lines.length - 1] = `${lines.at(-1) ?? ''}${node.value ?? ''}`
    else return null
  }
  return lines
}

interface OpenItem {
  readonly indent: number
  readonly ordered: boolean
  readonly lines: string[]
}

const itemsOf = (lines: readonly string[]): readonly OpenItem[] | null => {
  const items: OpenItem[] = []
  for (const line of lines) {
    const found = ITEM.exec(line)
    if (found !== null)
      items.push({ indent: found[1]?.length ?? 0, ordered: found[2] !== '-', lines: [found[3] ?? ''] })
    else if (items.length === 0) return null
    else items.at(-1)?.lines.push(line.trim())
  }
  return items
}

const TASK = /^\[([ x])\] /

const itemNode = (item: OpenItem, nested: readonly TreeNode[]): TreeNode => {
  const task = TASK.exec(item.lines[0] ?? '')
  const lines = task === null ? item.lines : [(item.lines[0] ?? '').slice(4), ...item.lines.slice(1)]
  const text = lines.flatMap((line, index) =>
    index === 0 ? [textNode(line)] : [{ type: 'break' }, textNode(line)],
  )
  const checked = task === null ? {} : { checked: task[1] === 'x' }
  return { type: 'listItem', spread: false, ...checked, children: [paragraph(text), ...nested] }
}

const listAt = (items: readonly OpenItem[], from: number, depth: number): { list: TreeNode; to: number } => {
  const first = items[from]
  const children: TreeNode[] = []
  let at = from
  for (let item = items[at]; item !== undefined && item.indent >= (first?.indent ?? 0); item = items[at]) {
    const next = items[at + 1]
    const nested =
      next !== undefined && next.indent > item.indent && depth < MAX_ITEM_DEPTH
        ? listAt(items, at + 1, depth + 1)
        : null
    children.push(itemNode(item, nested === null ? [] : [nested.list]))
    at = nested?.to ?? at + 1
  }
  return { list: { type: 'list', ordered: first?.ordered === true, spread: false, children }, to: at }
}

const asList = (lines: readonly string[]): TreeNode | null => {
  const items = itemsOf(lines)
  if (items === null || items.length === 0) return null
  const { list, to } = listAt(items, 0, 0)
  return to === items.length ? list : null
}

const asQuote = (lines: readonly string[]): TreeNode | null =>
  lines.every((line) => line.startsWith('>'))
    ? {
        type: 'blockquote',
        children: childrenOf(plainText(lines.map((line) => line.replace(/^> ?/, '')).join('\n'))),
      }
    : null

/** Lines of as many cells as the table has columns, as our plain writer sets them. */
const asTable = (rich: TreeNode, lines: readonly string[]): TreeNode | null => {
  const columns = Math.max(...childrenOf(rich).map((row) => childrenOf(row).length))
  const rows = lines.map((line) => line.split(columns > 1 ? / *\| */ : /$^/))
  if (rows.some((cells) => cells.length !== columns)) return null
  const cell = (value: string): TreeNode => ({
    type: 'tableCell',
    children: value === '' ? [] : [textNode(value)],
  })
  return {
    type: 'table',
    children: rows.map((cells) => ({ type: 'tableRow', children: cells.map((one) => cell(one.trim())) })),
  }
}

/** `block` in the shape of the rich block it stands for, where it has that shape. */
export const shapedLike = (rich: TreeNode, block: TreeNode): TreeNode => {
  const lines = linesOf(block)
  if (lines === null) return block
  if (rich.type === 'list') return asList(lines) ?? block
  if (rich.type === 'table') return asTable(rich, lines) ?? block
  if (rich.type === 'blockquote' || rich.type === 'panel') return asQuote(lines) ?? block
  return block
}
