import { checkbox, isWordAt, MARK_OF, marked } from './line-markup.ts'
import { imageText, inlineText, isEnclosed, opaqueText, panelTitle } from './plain.ts'
import { isSafeImage, isSafeLink } from './safe-url.ts'
import { escapeLine, escapeStart, literal } from './textile-escape.ts'
import { childrenOf, type TreeNode } from './tree.ts'

/** Our Textile writer, for Redmine's dialect. What it cannot say becomes text a reader understands. */

const inlineCode = (value: string, inCell: boolean): string => {
  const isSimple = !/[@\n]/.test(value) && value.trim() === value && !(inCell && value.includes('|'))
  if (isSimple) return `@${value}@`
  return value.includes('</code>') ? literal(value) : `<code>${value.replace(/\n/g, ' ')}</code>`
}

const link = (node: TreeNode, inCell: boolean): string => {
  const url = node.url ?? ''
  const text = inlineOf(childrenOf(node), inCell).replace(/\n/g, ' ').trim()
  if (!isSafeLink(url) || url === '') return text
  const [only, ...others] = childrenOf(node)
  if (others.length === 0 && only?.type === 'text' && only.value === url && /^https?:\/\//.test(url))
    return url
  if (others.length === 0 && only?.type === 'text' && url === `mailto:${only.value ?? ''}`)
    return only.value ?? ''
  if (others.length === 0 && only?.type === 'image') return `${text}:${url}`
  const title = node.title && !/[()\n"]/.test(node.title) ? `(${node.title})` : ''
  // a text that ends in brackets would lose them to its title
  const guarded = title === '' ? text.replace(/\([^()<>]*\)$/, literal) : text
  return `"${guarded.replaceAll('"', "'")}${title}":${url}`
}

const image = (node: TreeNode): string => {
  if (isEnclosed(node)) return escapeLine(imageText(node), false)
  const url = node.url ?? ''
  const alt = (node.alt ?? '').replace(/[()!\s]+/g, ' ').trim()
  if (!isSafeImage(url)) return escapeLine(node.alt ?? '', false)
  if (/[!()\s]/.test(url) || !/[./]/.test(url)) return escapeLine(alt === '' ? url : `${alt} (${url})`, false)
  return `!${url}${alt === '' ? '' : `(${alt})`}!`
}

const inlineNode = (node: TreeNode, inCell: boolean, isFollowed = false): string => {
  const mark = MARK_OF[node.type]
  if (mark !== undefined) return marked(mark, inlineOf(childrenOf(node), inCell))
  switch (node.type) {
    case 'text':
      return (node.value ?? '')
        .split('\n')
        .map((line) => escapeLine(line, inCell, isFollowed))
        .join('\n')
    case 'inlineCode':
      return inlineCode(node.value ?? '', inCell)
    case 'break':
      return '\n'
    case 'link':
      return link(node, inCell)
    case 'image':
      return image(node)
    case 'mention':
      return node.id === `user:${node.name ?? ''}` ? node.id : `@${node.name ?? ''}`
    case 'emoji':
      return `:${node.shortcode ?? ''}:`
    case 'opaque':
      return escapeLine(opaqueText(node), inCell)
    case 'footnoteReference':
      return `[^${node.identifier ?? ''}]`
    default:
      return inlineOf(childrenOf(node), inCell)
  }
}

const NEEDS_ROOM: ReadonlySet<string> = new Set([
  'strong',
  'emphasis',
  'delete',
  'insert',
  'link',
  'image',
  'inlineCode',
])

/** Textile knows no mark inside a word: there the mark is left out, and the word stays whole. Pictures get a blank. */
const inlineOf = (nodes: readonly TreeNode[], inCell: boolean): string => {
  let out = ''
  nodes.forEach((node, index) => {
    const next = nodes[index + 1]
    const isBehind = NEEDS_ROOM.has(node.type) && isWordAt(out, -1)
    const isBefore = NEEDS_ROOM.has(node.type) && next?.type === 'text' && isWordAt(next.value ?? '', 0)
    if (!isBehind && !isBefore) out += inlineNode(node, inCell, next !== undefined && next.type !== 'break')
    else if (MARK_OF[node.type] !== undefined) out += inlineOf(childrenOf(node), inCell)
    else if (node.type === 'inlineCode' && !/<\/code>|\n/.test(node.value ?? ''))
      out += `<code>${node.value ?? ''}</code>`
    else out += `${isBehind ? ' ' : ''}${inlineNode(node, inCell)}${isBefore ? ' ' : ''}`
  })
  return out
}

const lineStarts = (text: string): string =>
  text
    .split('\n')
    .map((line) => escapeStart(line.trim()))
    .filter(
      (line, index, all) => line !== '' || (index > 0 && index < all.length - 1 && all[index - 1] !== ''),
    )
    .join('\n')
    .replace(/\n\n+/g, '\n')

const preformatted = (node: TreeNode): string => {
  const value = (node.value ?? '').replaceAll('</pre>', '<\u200b/pre>')
  const lang = /^[\w+#.-]{1,40}$/.test(node.lang ?? '') ? node.lang : null
  if (lang) return `<pre><code class="${lang}">\n${value}\n</code></pre>`
  return `<pre>\n${value}\n</pre>`
}

/** An item is one line of Textile and what hangs on it; other blocks in it become further lines. */
const item = (node: TreeNode, markers: string): string => {
  const text: string[] = []
  const hanging: string[] = []
  for (const block of childrenOf(node)) {
    if (block.type === 'list') hanging.push(list(block, markers))
    else if (block.type === 'code') hanging.push(preformatted(block))
    else if (block.type === 'paragraph' || block.type === 'heading')
      text.push(lineStarts(inlineOf(childrenOf(block), false)))
    else
      text.push(
        lineStarts(
          inlineText({ ...block, type: 'span' })
            .split('\n')
            .map((line) => escapeLine(line, false))
            .join('\n'),
        ),
      )
  }
  const line = `${checkbox(node)}${text.filter((one) => one !== '').join('\n')}`.trim()
  return [`${markers} ${line === '' ? '<notextile></notextile>' : line}`, ...hanging].join('\n')
}

const list = (node: TreeNode, outer = ''): string => {
  const markers = `${outer}${node.ordered === true ? '#' : '*'}`.slice(0, 12)
  return childrenOf(node)
    .map((child) => item(child, markers))
    .join('\n')
}

const ALIGN: Readonly<Record<string, string>> = { left: '<', right: '>', center: '=' }

const table = (node: TreeNode): string => {
  const rows = childrenOf(node)
  return rows
    .filter(
      (row, index) =>
        index > 0 || rows.length === 1 || childrenOf(row).some((cell) => childrenOf(cell).length > 0),
    )
    .map((row) => {
      const isHead = row === rows[0]
      const cells = childrenOf(row).map((cell, column) => {
        const style = `${isHead ? '_' : ''}${ALIGN[node.align?.[column] ?? ''] ?? ''}`
        const text = inlineOf(childrenOf(cell), true).replace(/\s+/g, ' ').trim()
        return `${style === '' ? '' : `${style}. `}${text}`
      })
      return `|${cells.join('|')}|`
    })
    .join('\n')
}

const quoted = (text: string): string =>
  text
    .split('\n')
    .map((line) => `> ${line}`.trimEnd())
    .join('\n')

const block = (node: TreeNode): string => {
  switch (node.type) {
    case 'heading':
      return `h${node.depth ?? 1}. ${inlineOf(childrenOf(node), false).replace(/\s+/g, ' ').trim()}`
    case 'blockquote':
      return quoted(writeBlocks(childrenOf(node)))
    case 'panel':
      return quoted(`*${panelTitle(node)}*\n\n${writeBlocks(childrenOf(node))}`)
    case 'list':
      return list(node)
    case 'code':
      return preformatted(node)
    case 'table':
      return table(node)
    case 'thematicBreak':
      return '---'
    case 'footnoteDefinition':
      return `[^${node.identifier ?? ''}]: ${writeBlocks(childrenOf(node))}`
    default:
      return lineStarts(
        node.type === 'paragraph' ? inlineOf(childrenOf(node), false) : inlineNode(node, false),
      )
  }
}

export const writeBlocks = (blocks: readonly TreeNode[]): string =>
  blocks
    .map(block)
    .filter((text) => text.trim() !== '')
    .join('\n\n')
