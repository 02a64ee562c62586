import { cleanText } from './clean-text.ts'
import { inlineText } from './plain.ts'
import { isSafeImage, isSafeLink } from './safe-url.ts'
import { childrenOf, LIMITS, type TreeNode, textNode, weightOf } from './tree.ts'

/**
 * Turns what a parser made into our tree: only known nodes with known attributes, no positions, neighbouring texts
 * joined, references replaced by what they point at, unsafe addresses replaced by their text, empty marks dropped.
 */

/** What a parser's node may hold beside ours. */
export interface ParsedNode extends TreeNode {
  readonly children?: readonly ParsedNode[]
  /** Parsers keep marks of their own here; `object` lets all of them in. */
  readonly data?: (object & { readonly inserted?: boolean; readonly mention?: string }) | undefined
}

const INLINE_PARENTS: ReadonlySet<string> = new Set(['emphasis', 'strong', 'delete', 'insert'])

/** A reference to nothing: its text stays. */
const UNDEFINED: ParsedNode = { type: 'definition', url: 'undefined:' }

interface Task {
  /** Definitions by their normalised identifier; the first one counts, as CommonMark says. */
  readonly definitions: ReadonlyMap<string, ParsedNode>
  readonly inline: InlineRules
  nodes: number
  text: number
}

/** What a format does with children before they are tidied (html pieces, names and emoji in text). */
export interface InlineRules {
  readonly children: (children: readonly ParsedNode[], parent: ParsedNode) => readonly ParsedNode[]
  readonly text: (value: string, insideLink: boolean) => readonly TreeNode[]
}

export const noRules: InlineRules = { children: (children) => children, text: (value) => [textNode(value)] }

const definitionsIn = (root: ParsedNode): Map<string, ParsedNode> => {
  const found = new Map<string, ParsedNode>()
  const open: ParsedNode[] = [root]
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    const identifier = node.identifier ?? ''
    if (node.type === 'definition' && !found.has(identifier)) found.set(identifier, node)
    const children = node.children ?? []
    for (let index = children.length - 1; index >= 0; index -= 1) {
      const child = children[index]
      if (child?.children !== undefined || child?.type === 'definition') open.push(child)
    }
  }
  return found
}

const titleOf = (node: TreeNode): { title?: string } => (node.title ? { title: cleanText(node.title) } : {})

const joined = (nodes: readonly TreeNode[]): TreeNode[] => {
  const out: TreeNode[] = []
  for (const node of nodes) {
    const last = out.at(-1)
    if (node.type === 'text' && node.value === '') continue
    if (node.type === 'text' && last?.type === 'text')
      out[out.length - 1] = textNode(`${last.value ?? ''}${node.value ?? ''}`)
    else out.push(node)
  }
  return out
}

const link = (
  task: Task,
  node: ParsedNode,
  target: TreeNode,
  depth: number,
  inLink: boolean,
): readonly TreeNode[] => {
  const children = tidyInline(task, node, depth + 1, true)
  const url = target.url ?? ''
  task.text += url.length
  if (inLink || children.length === 0 || url === '' || !isSafeLink(url)) return children
  return [{ type: 'link', url, ...titleOf(target), children }]
}

const image = (node: ParsedNode, target: TreeNode): readonly TreeNode[] => {
  const alt = cleanText(node.alt ?? '')
  const url = target.url ?? ''
  if (!isSafeImage(url)) return alt === '' ? [] : [textNode(alt)]
  return [{ type: 'image', url, ...titleOf(target), ...(alt === '' ? {} : { alt }) }]
}

const mentioned = (node: ParsedNode, id: string): readonly TreeNode[] => {
  const name = cleanText(childrenOf(node).map(inlineText).join('')).trim().replace(/^@/, '')
  return name === '' ? [] : [{ type: 'mention', name, id }]
}

const tidyInlineNode = (
  task: Task,
  node: ParsedNode,
  depth: number,
  inLink: boolean,
): readonly TreeNode[] => {
  task.nodes += 1
  task.text += weightOf(node)
  switch (node.type) {
    case 'text': {
      const parts = task.inline.text(cleanText(node.value ?? ''), inLink)
      task.nodes += parts.length - 1
      return parts
    }
    case 'inlineCode':
      return node.value ? [{ type: 'inlineCode', value: cleanText(node.value) }] : []
    case 'break':
      return [{ type: 'break' }]
    case 'link':
      return node.data?.mention === undefined
        ? link(task, node, node, depth, inLink)
        : mentioned(node, node.data.mention)
    case 'linkReference':
      return link(task, node, task.definitions.get(node.identifier ?? '') ?? UNDEFINED, depth, inLink)
    case 'image':
      return image(node, node)
    case 'imageReference':
      return image(node, task.definitions.get(node.identifier ?? '') ?? node)
    case 'footnoteReference':
      return [
        {
          type: 'footnoteReference',
          identifier: node.identifier ?? '',
          label: node.label ?? node.identifier ?? '',
        },
      ]
    case 'mention':
    case 'emoji':
    case 'opaque':
      return [node]
    default: {
      const children = tidyInline(task, node, depth + 1, inLink)
      const type = node.data?.inserted === true ? 'insert' : node.type
      return INLINE_PARENTS.has(type) && children.length > 0 ? [{ type, children }] : children
    }
  }
}

const tidyInline = (task: Task, parent: ParsedNode, depth: number, inLink = false): readonly TreeNode[] => {
  if (depth > LIMITS.depth) {
    task.nodes = Number.POSITIVE_INFINITY
    return []
  }
  const children = task.inline.children(parent.children ?? [], parent)
  return joined(children.flatMap((child) => tidyInlineNode(task, child, depth, inLink)))
}

const cellsOf = (task: Task, row: ParsedNode, depth: number): TreeNode => ({
  type: 'tableRow',
  children: (row.children ?? []).map((cell) => {
    task.nodes += 1
    return { type: 'tableCell', children: tidyInline(task, cell, depth + 1) }
  }),
})

const listItem = (task: Task, item: ParsedNode, depth: number): TreeNode => ({
  type: 'listItem',
  spread: item.spread === true,
  ...(typeof item.checked === 'boolean' ? { checked: item.checked } : {}),
  children: tidyBlocks(task, item, depth + 1),
})

const tidyBlock = (task: Task, node: ParsedNode, depth: number): readonly TreeNode[] => {
  task.nodes += 1
  task.text += weightOf(node)
  switch (node.type) {
    case 'paragraph':
    case 'heading': {
      const children = tidyInline(task, node, depth + 1)
      if (children.length === 0) return []
      return [
        node.type === 'heading'
          ? { type: 'heading', depth: node.depth ?? 1, children }
          : { type: 'paragraph', children },
      ]
    }
    case 'code':
      return [
        {
          type: 'code',
          value: cleanText(node.value ?? ''),
          ...(node.lang ? { lang: node.lang } : {}),
          ...(node.meta ? { meta: node.meta } : {}),
        },
      ]
    case 'list': {
      const children = (node.children ?? []).map((item) => listItem(task, item, depth + 1))
      task.nodes += children.length
      const start =
        node.ordered === true && typeof node.start === 'number' && node.start !== 1
          ? { start: node.start }
          : {}
      return [
        { type: 'list', ordered: node.ordered === true, ...start, spread: node.spread === true, children },
      ]
    }
    case 'table': {
      const children = (node.children ?? []).map((row) => cellsOf(task, row, depth + 1))
      task.nodes += children.length
      return children.length === 0 ? [] : [{ type: 'table', align: node.align ?? [], children }]
    }
    case 'blockquote': {
      const children = tidyBlocks(task, node, depth + 1)
      return children.length === 0 ? [] : [{ type: 'blockquote', children }]
    }
    case 'panel':
      return [{ type: 'panel', kind: node.kind ?? 'note', children: tidyBlocks(task, node, depth + 1) }]
    case 'thematicBreak':
      return [{ type: 'thematicBreak' }]
    case 'footnoteDefinition':
      return [
        {
          type: 'footnoteDefinition',
          identifier: node.identifier ?? '',
          label: node.label ?? node.identifier ?? '',
          children: tidyBlocks(task, node, depth + 1),
        },
      ]
    case 'opaque':
      return [node]
    case 'definition':
      return []
    default: {
      const children = tidyInlineNode(task, node, depth + 1, false)
      return children.length === 0 ? [] : [{ type: 'paragraph', children }]
    }
  }
}

const tidyBlocks = (task: Task, parent: ParsedNode, depth: number): readonly TreeNode[] => {
  if (depth > LIMITS.depth - 3) {
    task.nodes = Number.POSITIVE_INFINITY
    return []
  }
  return task.inline.children(parent.children ?? [], parent).flatMap((child) => tidyBlock(task, child, depth))
}

/** The blocks of a parsed document, or null where they go beyond what a tree may hold. */
export const tidy = (root: ParsedNode, inline: InlineRules = noRules): readonly TreeNode[] | null => {
  const task: Task = { definitions: definitionsIn(root), inline, nodes: 0, text: 0 }
  const blocks = tidyBlocks(task, root, 1)
  return task.nodes > LIMITS.nodes || task.text > LIMITS.text ? null : blocks
}
