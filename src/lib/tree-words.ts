/** The words of a rich text that came as a tree; a person reads those and not the tree. */
export interface TreeNode {
  readonly type: string
  readonly value?: unknown
  readonly children?: unknown
}

export const isTreeNode = (value: unknown): value is TreeNode =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'

/** Blocks are parted by a blank, the words inside a paragraph stand as they are. */
export const treeWords = (node: TreeNode): string => {
  if (typeof node.value === 'string') return node.value
  const inside = Array.isArray(node.children) ? node.children.filter(isTreeNode).map(treeWords).join('') : ''
  return ['paragraph', 'heading', 'tableCell'].includes(node.type) ? `${inside} ` : inside
}
