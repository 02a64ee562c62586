import { stableJson } from '../../lib/stable.ts'
import { childrenOf, type RichText, type TreeNode, textNode } from './tree.ts'

/**
 * Equality of meaning: how texts are cut into nodes, white space that no tool keeps, and attributes that say nothing
 * (`spread`, an empty title, `start: 1`) do not count.
 */

const QUIET: ReadonlySet<string> = new Set(['spread', 'label', 'align', 'position', 'data'])

const BLOCKS_WITH_TEXT: ReadonlySet<string> = new Set(['paragraph', 'heading', 'tableCell'])

const attributes = (node: TreeNode): [string, unknown][] =>
  Object.entries(node).filter(
    ([name, value]) =>
      name !== 'children' &&
      // who is told by an address is the same whatever they are called
      !(name === 'name' && node.id !== undefined) &&
      (!QUIET.has(name) || node.type === 'opaque') &&
      value !== null &&
      value !== undefined &&
      value !== '' &&
      !(name === 'start' && value === 1) &&
      !(name === 'ordered' && value === false),
  )

const joined = (nodes: readonly TreeNode[]): TreeNode[] => {
  const out: TreeNode[] = []
  for (const node of nodes) {
    const last = out.at(-1)
    if (node.type !== 'text') out.push(node)
    else if (last?.type === 'text') out[out.length - 1] = textNode(`${last.value ?? ''}${node.value ?? ''}`)
    else out.push(node)
  }
  return out.map((node) => (node.type === 'text' ? textNode((node.value ?? '').replace(/\s+/g, ' ')) : node))
}

const trimmedEnds = (nodes: readonly TreeNode[]): readonly TreeNode[] =>
  nodes.map((node, index) => {
    if (node.type !== 'text') return node
    const isEdge = (other: TreeNode | undefined): boolean => other === undefined || other.type === 'break'
    const start = isEdge(nodes[index - 1]) ? (node.value ?? '').trimStart() : (node.value ?? '')
    return textNode(isEdge(nodes[index + 1]) ? start.trimEnd() : start)
  })

const essence = (node: TreeNode): TreeNode => {
  if (node.children === undefined) return Object.fromEntries(attributes(node)) as unknown as TreeNode
  const children = joined(childrenOf(node)).map(essence)
  const kept = BLOCKS_WITH_TEXT.has(node.type) ? trimmedEnds(children) : children
  return { ...(Object.fromEntries(attributes(node)) as unknown as TreeNode), children: kept }
}

/** A string that equal nodes share. */
export const keyOf = (node: TreeNode): string => stableJson(essence(node))

export const sameText = (a: RichText, b: RichText): boolean => a === b || keyOf(a) === keyOf(b)
