import type { RichText } from '../../src/sync/rich-text/index.ts'
import { opaqueText } from '../../src/sync/rich-text/plain.ts'
import { childrenOf, type TreeNode } from '../../src/sync/rich-text/tree.ts'

/** What a text is made of, in the words of docs/rich-text.md: each use of a feature, with what it holds. */

export const FEATURES = [
  'heading',
  'bold',
  'italic',
  'struck out',
  'underlined',
  'code in a line',
  'code block',
  'language of a code block',
  'link',
  'title of a link',
  'image',
  'words for an image',
  'title of an image',
  'attached image',
  'line end in a paragraph',
  'bulleted list',
  'numbered list',
  'number a list begins with',
  'list in a list',
  'checkbox',
  'several paragraphs in an item',
  'code in an item',
  'quote or picture in an item',
  'quote',
  'quote in a quote or panel',
  'panel or alert',
  'kind of a panel',
  'table',
  'side that a column is set to',
  'line end in a cell',
  'rule',
  'footnote',
  'person mentioned',
  'account of the person',
  'shortcode of an emoji',
  'HTML in the text',
  'comment in HTML',
  'what only Jira knows',
] as const

export type Feature = (typeof FEATURES)[number]

export interface Use {
  readonly feature: Feature
  /** Equal for the same use in two trees. */
  readonly key: string
}

const MARKS: Readonly<Record<string, Feature>> = {
  strong: 'bold',
  emphasis: 'italic',
  delete: 'struck out',
  insert: 'underlined',
}

const shownText = (node: TreeNode): string => {
  // one tool shows a name, another the account
  if (node.type === 'mention') return ''
  if (node.type === 'emoji') return node.shortcode ?? ''
  if (node.type === 'opaque') return opaqueText(node)
  if (node.type === 'break') return ' '
  return (node.value ?? '') + childrenOf(node).map(shownText).join(' ')
}

/** Letters and digits alone: what a text says, however it is set. */
export const lettersOf = (node: TreeNode | RichText): string =>
  shownText(node as TreeNode)
    .replace(/@\p{L}[\p{L}\p{N}_./-]*|\[[x ]\]/gu, '')
    .replace(/[^\p{L}\p{N}\p{S}]/gu, '')

interface Place {
  readonly inTable: boolean
  readonly inItem: boolean
  readonly inQuote: boolean
}

const itemUses = (item: TreeNode, isOrdered: boolean, place: Place): readonly Use[] => {
  const [first, ...others] = childrenOf(item)
  const key = first === undefined ? '' : lettersOf(first).slice(0, 3)
  if (key === '') return []
  const uses: Use[] = [{ feature: isOrdered ? 'numbered list' : 'bulleted list', key }]
  if (place.inItem) uses.push({ feature: 'list in a list', key })
  if (typeof item.checked === 'boolean') uses.push({ feature: 'checkbox', key: `${item.checked} ${key}` })
  for (const block of others) {
    const own = lettersOf(block)
    if (own === '') continue
    if (block.type === 'paragraph') uses.push({ feature: 'several paragraphs in an item', key: own })
    else if (block.type === 'code') uses.push({ feature: 'code in an item', key: own })
    else if (block.type !== 'list') uses.push({ feature: 'quote or picture in an item', key: own })
  }
  return uses
}

const opaqueUse = (node: TreeNode): Use => {
  const source = node.source ?? ''
  if (node.label === 'html comment') return { feature: 'comment in HTML', key: source }
  if (node.label === 'html') return { feature: 'HTML in the text', key: source }
  return { feature: 'what only Jira knows', key: source }
}

const breaksIn = (node: TreeNode): number =>
  childrenOf(node).reduce((sum, child) => sum + (child.type === 'break' ? 1 : breaksIn(child)), 0)

const imageUses = (node: TreeNode): readonly Use[] => {
  const url = node.url ?? ''
  if (url.startsWith('cid:')) return [{ feature: 'attached image', key: url }]
  return [
    { feature: 'image', key: url },
    ...(node.alt ? [{ feature: 'words for an image', key: `${url} ${node.alt}` } as const] : []),
    ...(node.title ? [{ feature: 'title of an image', key: `${url} ${node.title}` } as const] : []),
  ]
}

const ownUses = (node: TreeNode, place: Place): readonly Use[] => {
  const key = lettersOf(node)
  const mark = MARKS[node.type]
  if (mark !== undefined) return [{ feature: mark, key }]
  switch (node.type) {
    case 'heading':
      return [{ feature: 'heading', key: `${node.depth ?? 0} ${key}` }]
    case 'paragraph':
    case 'tableCell': {
      const feature = place.inTable ? 'line end in a cell' : 'line end in a paragraph'
      const count = breaksIn(node)
      return count === 0 ? [] : [{ feature, key: `${count} ${key}` }]
    }
    case 'inlineCode':
      return [{ feature: 'code in a line', key: node.value ?? '' }]
    case 'code':
      return [
        { feature: 'code block', key: node.value ?? '' },
        ...(node.lang ? [{ feature: 'language of a code block', key: `${node.lang} ${key}` } as const] : []),
      ]
    case 'link':
      return [
        { feature: 'link', key: `${node.url ?? ''} ${key}` },
        ...(node.title
          ? [{ feature: 'title of a link', key: `${node.url ?? ''} ${node.title}` } as const]
          : []),
      ]
    case 'image':
      return imageUses(node)
    case 'list':
      return [
        ...(node.ordered === true && (node.start ?? 1) !== 1
          ? [{ feature: 'number a list begins with', key: `${node.start ?? 1} ${key}` } as const]
          : []),
        ...childrenOf(node).flatMap((item) => itemUses(item, node.ordered === true, place)),
      ]
    case 'blockquote':
      return [{ feature: place.inQuote ? 'quote in a quote or panel' : 'quote', key }]
    case 'panel':
      return [
        { feature: 'panel or alert', key },
        { feature: 'kind of a panel', key: `${node.kind ?? ''} ${key}` },
      ]
    case 'table': {
      const sides = (node.align ?? []).map((side) => side ?? '-').join(' ')
      const isSet = (node.align ?? []).some((side) => side !== null)
      return [
        { feature: 'table', key },
        ...(isSet ? [{ feature: 'side that a column is set to', key: `${sides} ${key}` } as const] : []),
      ]
    }
    case 'thematicBreak':
      return [{ feature: 'rule', key: '' }]
    case 'footnoteDefinition':
      return [{ feature: 'footnote', key }]
    case 'mention':
      return [
        { feature: 'person mentioned', key: node.name ?? '' },
        ...(node.id === undefined ? [] : [{ feature: 'account of the person', key: node.id } as const]),
      ]
    case 'emoji':
      return [{ feature: 'shortcode of an emoji', key: node.shortcode ?? '' }]
    case 'opaque':
      return [opaqueUse(node)]
    default:
      return []
  }
}

export const usesIn = (tree: RichText): readonly Use[] => {
  const found: Use[] = []
  const visit = (node: TreeNode, place: Place): void => {
    found.push(...ownUses(node, place))
    const next = {
      inTable: place.inTable || node.type === 'table',
      inItem: place.inItem || node.type === 'list',
      inQuote: place.inQuote || node.type === 'blockquote' || node.type === 'panel',
    }
    for (const child of childrenOf(node)) visit(child, next)
  }
  visit(tree as TreeNode, { inTable: false, inItem: false, inQuote: false })
  return found
}

/** The uses of `a` that `b` lacks. */
export const lacking = (a: readonly Use[], b: readonly Use[]): readonly Use[] => {
  const counts = new Map<string, number>()
  const nameOf = (use: Use): string => `${use.feature}: ${use.key}`
  for (const use of b) counts.set(nameOf(use), (counts.get(nameOf(use)) ?? 0) + 1)
  return a.filter((use) => {
    const count = counts.get(nameOf(use)) ?? 0
    counts.set(nameOf(use), count - 1)
    return count <= 0
  })
}
