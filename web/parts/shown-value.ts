import { isTreeNode, treeWords } from '../../src/lib/tree-words.ts'

/**
 * A value of a record or of a tool's item as a person reads it. Rich text comes as a tree, of which the words are
 * shown; what is empty is null, so that the reader is told so in their language.
 */
const text = (value: unknown): string => {
  if (value === null || value === undefined) return ''
  if (Array.isArray(value)) return value.map(text).join(', ')
  if (isTreeNode(value)) return treeWords(value)
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

/** Null: nothing stands there. */
export const shownValue = (value: unknown): string | null => {
  const shown = text(value).trim()
  return shown === '' ? null : shown
}
