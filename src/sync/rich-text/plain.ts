import { cleanText } from './clean-text.ts'
import { asRichText, childrenOf, paragraph, type RichText, type TreeNode, textNode } from './tree.ts'

/**
 * Text without markup. Reading keeps every visible character (a `*` stays a `*`): blank lines part paragraphs, other
 * line ends are hard breaks, because people who write plain text mean their line ends. Writing is the readable poorer
 * form of everything: also what search, notices and titles use.
 */

/** More lines than this become one block of preformatted text: a 1 MB log must not become 100,000 nodes. */
const MAX_LINES = 5_000

/** Trailing blanks and runs of blank lines say nothing; dropping them makes writing what was read repeatable. */
const canonical = (text: string): string => {
  const lines: string[] = []
  for (const line of text.split('\n')) {
    const kept = line.trimEnd()
    if (kept !== '' || (lines.length > 0 && lines.at(-1) !== '')) lines.push(kept)
  }
  if (lines.at(-1) === '') lines.pop()
  return lines.join('\n')
}

const paragraphOf = (block: string): TreeNode => {
  if (!block.includes('\n')) return paragraph([textNode(block)])
  return paragraph(
    block
      .split('\n')
      .flatMap((line, index) => (index === 0 ? [textNode(line)] : [{ type: 'break' }, textNode(line)])),
  )
}

export const emptyText: RichText = asRichText([])

export const plainText = (text: string): RichText => {
  const kept = canonical(cleanText(text))
  if (kept === '') return asRichText([])
  if (!kept.includes('\n')) return asRichText([paragraph([textNode(kept)])])
  let lines = 0
  for (let at = kept.indexOf('\n'); at >= 0; at = kept.indexOf('\n', at + 1)) lines += 1
  if (lines > MAX_LINES) return asRichText([{ type: 'code', value: kept }])
  return asRichText(kept.split('\n\n').map(paragraphOf))
}

const titled = (kind: string): string => `${kind.charAt(0).toUpperCase()}${kind.slice(1)}`

/** The heading a panel gets where panels are unknown. */
export const panelTitle = (panel: TreeNode): string => titled(panel.kind ?? 'note')

/** What stands for something unreadable in a tool that is not its own: HTML shows its text, comments show nothing. */
export const opaqueText = (node: TreeNode): string => {
  if (node.label === 'html comment') return ''
  if (node.label !== 'html') return `[${node.label ?? ''}]`
  return (node.source ?? '')
    .replace(/<[^<>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
}

const linkText = (node: TreeNode): string => {
  const text = childrenOf(node).map(inlineText).join('')
  const url = node.url ?? ''
  if (text === '' || text === url || `mailto:${text}` === url) return text || url
  return `${text} (${url})`
}

/** Names a file beside the text (`cid:`): nobody who reads the text alone could open it. */
export const isEnclosed = (node: TreeNode): boolean => (node.url ?? '').startsWith('cid:')

/** What stands for an image where images are not shown. */
export const imageText = (node: TreeNode): string => {
  const alt = node.alt ?? ''
  if (isEnclosed(node)) return alt === '' ? '[image]' : `[image: ${alt}]`
  return alt === '' || alt === node.url ? `[image: ${node.url ?? ''}]` : `[image: ${alt} (${node.url ?? ''})]`
}

/** Inline content as one string; hard breaks are line ends. */
export const inlineText = (node: TreeNode): string => {
  switch (node.type) {
    case 'text':
    case 'inlineCode':
      return node.value ?? ''
    case 'break':
      return '\n'
    case 'link':
      return linkText(node)
    case 'image':
      return imageText(node)
    case 'mention':
      return `@${node.name ?? ''}`
    case 'emoji':
      return `:${node.shortcode ?? ''}:`
    case 'opaque':
      return opaqueText(node)
    case 'footnoteReference':
      return `[^${node.identifier ?? ''}]`
    default:
      return childrenOf(node).map(inlineText).join('')
  }
}

/** Cells wider than this are not padded, so that one long cell cannot multiply by the number of rows. */
const MAX_PADDED_CHARS = 40

const rowText = (cells: readonly string[], widths: readonly number[]): string =>
  cells
    .map((cell, column) => cell.padEnd(widths[column] ?? 0))
    .join(' | ')
    .trimEnd()

const tableText = (node: TreeNode): string => {
  const rows = childrenOf(node).map((row) =>
    childrenOf(row).map((cell) => inlineText(cell).replace(/\s+/g, ' ').trim()),
  )
  const shown = rows.filter((row) => row.some((cell) => cell !== ''))
  const widths: number[] = []
  for (const row of shown)
    row.forEach((cell, column) => {
      widths[column] = Math.min(MAX_PADDED_CHARS, Math.max(widths[column] ?? 0, cell.length))
    })
  return shown.map((row) => rowText(row, widths)).join('\n')
}

const prefixed = (text: string, first: string, rest: string): string => {
  const lines = text.split('\n')
  return lines.map((line, index) => (index === 0 ? first : rest) + line).join('\n')
}

const checkbox = (item: TreeNode): string =>
  typeof item.checked === 'boolean' ? (item.checked ? '[x] ' : '[ ] ') : ''

const itemText = (item: TreeNode, marker: string): string =>
  prefixed(checkbox(item) + blocksText(childrenOf(item), '\n'), marker, ' '.repeat(marker.length))

const listText = (node: TreeNode): string =>
  childrenOf(node)
    .map((item, index) => itemText(item, node.ordered === true ? `${(node.start ?? 1) + index}. ` : '- '))
    .join('\n')

const blockText = (node: TreeNode): string => {
  switch (node.type) {
    case 'code':
      return node.value ?? ''
    case 'list':
      return listText(node)
    case 'blockquote':
      return prefixed(blocksText(childrenOf(node), '\n\n'), '> ', '> ')
    case 'panel':
      return prefixed(`${panelTitle(node)}:\n${blocksText(childrenOf(node), '\n\n')}`, '> ', '> ')
    case 'table':
      return tableText(node)
    case 'thematicBreak':
      return '---'
    case 'footnoteDefinition':
      return `[^${node.identifier ?? ''}]: ${blocksText(childrenOf(node), '\n')}`
    default:
      return inlineText(node)
  }
}

const blocksText = (blocks: readonly TreeNode[], between: string): string =>
  blocks
    .map(blockText)
    .filter((text) => text !== '')
    .join(between)

/** The tree as plain text. */
export const toPlainText = (tree: RichText): string =>
  canonical(cleanText(blocksText(childrenOf(tree), '\n\n')))
