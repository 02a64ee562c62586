/**
 * A value of a record or of a tool's item as a person reads it. Rich text comes as a tree, of which the words are
 * shown; what is empty is null, so that the reader is told so in their language.
 */
interface Node {
  readonly type: string
  readonly value?: unknown
  readonly children?: unknown
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'

/** Blocks are parted by a blank, the words inside a paragraph stand as they are. */
const wordsOf = (node: Node): string => {
  if (typeof node.value === 'string') return node.value
  const inside = Array.isArray(node.children) ? node.children.filter(isNode).map(wordsOf).join('') : ''
  return ['paragraph', 'heading', 'tableCell'].includes(node.type) ? `${inside} ` : inside
}

const text = (value: unknown): string => {
  if (value === null || value === undefined) return ''
  if (Array.isArray(value)) return value.map(text).join(', ')
  if (isNode(value)) return wordsOf(value)
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

/** Null: nothing stands there. */
export const shownValue = (value: unknown): string | null => {
  const shown = text(value).trim()
  return shown === '' ? null : shown
}
