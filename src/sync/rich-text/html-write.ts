import { imageText, isEnclosed, opaqueText, panelTitle } from './plain.ts'
import { isSafeImage, isSafeLink } from './safe-url.ts'
import { childrenOf, type TreeNode } from './tree.ts'

/** Our HTML writer: only the tags named here, every text and attribute escaped, every address checked again. */

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (char) => ESCAPES[char] ?? char)

const MARKS: Readonly<Record<string, string>> = {
  strong: 'strong',
  emphasis: 'em',
  delete: 'del',
  insert: 'ins',
}

const title = (node: TreeNode): string => (node.title ? ` title="${escapeHtml(node.title)}"` : '')

const link = (node: TreeNode): string => {
  const url = node.url ?? ''
  return isSafeLink(url) ? `<a href="${escapeHtml(url)}"${title(node)}>${inline(node)}</a>` : inline(node)
}

const image = (node: TreeNode): string => {
  if (isEnclosed(node)) return escapeHtml(imageText(node))
  const url = node.url ?? ''
  const alt = escapeHtml(node.alt ?? '')
  return isSafeImage(url) ? `<img src="${escapeHtml(url)}" alt="${alt}"${title(node)}>` : alt
}

/** Of somebody whom Azure DevOps calls. */
export const VSS = 'vss:'

const mention = (node: TreeNode): string => {
  const name = escapeHtml(`@${node.name ?? ''}`)
  return node.id?.startsWith(VSS) === true
    ? `<a href="#" data-vss-mention="version:2.0,${escapeHtml(node.id.slice(VSS.length))}">${name}</a>`
    : name
}

const inlineNode = (node: TreeNode): string => {
  const mark = MARKS[node.type]
  if (mark !== undefined) return `<${mark}>${inline(node)}</${mark}>`
  switch (node.type) {
    case 'text':
      return escapeHtml(node.value ?? '')
    case 'inlineCode':
      return `<code>${escapeHtml(node.value ?? '')}</code>`
    case 'break':
      return '<br>\n'
    case 'link':
      return link(node)
    case 'image':
      return image(node)
    case 'mention':
      return mention(node)
    case 'emoji':
      return escapeHtml(`:${node.shortcode ?? ''}:`)
    case 'opaque':
      return escapeHtml(opaqueText(node))
    case 'footnoteReference':
      return escapeHtml(`[^${node.identifier ?? ''}]`)
    default:
      return inline(node)
  }
}

const inline = (node: TreeNode): string => childrenOf(node).map(inlineNode).join('')

const code = (node: TreeNode): string => {
  const language = node.lang ? ` class="language-${escapeHtml(node.lang)}"` : ''
  const value = escapeHtml(node.value ?? '')
  // The parser drops one line end after <pre>, not after <code>.
  return `<pre><code${language}>${value}</code></pre>`
}

const item = (node: TreeNode): string => {
  const box =
    typeof node.checked === 'boolean'
      ? `<input type="checkbox"${node.checked ? ' checked' : ''} disabled> `
      : ''
  const [first, ...others] = childrenOf(node)
  if (first?.type !== 'paragraph') return `<li>${box}${htmlOf(childrenOf(node))}</li>`
  if (node.spread === true)
    return `<li><p>${box}${inline(first)}</p>${others.length > 0 ? `\n${htmlOf(others)}` : ''}</li>`
  return `<li>${box}${inline(first)}${others.length > 0 ? `\n${htmlOf(others)}` : ''}</li>`
}

const list = (node: TreeNode): string => {
  const tag = node.ordered === true ? 'ol' : 'ul'
  const start =
    node.ordered === true && typeof node.start === 'number' && node.start !== 1
      ? ` start="${node.start}"`
      : ''
  return `<${tag}${start}>\n${childrenOf(node).map(item).join('\n')}\n</${tag}>`
}

const row = (node: TreeNode, tag: 'th' | 'td', align: TreeNode['align']): string =>
  `<tr>${childrenOf(node)
    .map((cell, column) => {
      const side = align?.[column]
      return `<${tag}${side ? ` align="${side}"` : ''}>${inline(cell)}</${tag}>`
    })
    .join('')}</tr>`

const isEmptyRow = (node: TreeNode): boolean =>
  childrenOf(node).every((cell) => childrenOf(cell).length === 0)

const table = (node: TreeNode): string => {
  const [head, ...body] = childrenOf(node)
  const headRow =
    head === undefined || (isEmptyRow(head) && body.length > 0)
      ? ''
      : `<thead>\n${row(head, 'th', node.align)}\n</thead>\n`
  const rows = body.map((one) => row(one, 'td', node.align)).join('\n')
  return `<table>\n${headRow}${rows === '' ? '' : `<tbody>\n${rows}\n</tbody>\n`}</table>`
}

const block = (node: TreeNode): string => {
  switch (node.type) {
    case 'paragraph':
      return `<p>${inline(node)}</p>`
    case 'heading':
      return `<h${node.depth ?? 1}>${inline(node)}</h${node.depth ?? 1}>`
    case 'blockquote':
      return `<blockquote>\n${htmlOf(childrenOf(node))}\n</blockquote>`
    case 'panel':
      return `<blockquote>\n<p><strong>${escapeHtml(panelTitle(node))}</strong></p>\n${htmlOf(childrenOf(node))}\n</blockquote>`
    case 'list':
      return list(node)
    case 'code':
      return code(node)
    case 'table':
      return table(node)
    case 'thematicBreak':
      return '<hr>'
    case 'footnoteDefinition':
      return `<p>${escapeHtml(`[^${node.identifier ?? ''}]:`)}</p>\n${htmlOf(childrenOf(node))}`
    default: {
      const text = inlineNode(node)
      return text === '' ? '' : `<p>${text}</p>`
    }
  }
}

export const htmlOf = (blocks: readonly TreeNode[]): string =>
  blocks
    .map(block)
    .filter((text) => text !== '')
    .join('\n')
