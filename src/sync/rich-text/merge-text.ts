import { type Hunk, hunks } from './align.ts'
import { keyOf, sameText } from './same-text.ts'
import { asRichText, childrenOf, type RichText, type TreeNode } from './tree.ts'

/**
 * Three-way merge, block by block. Edits of different blocks are both kept; two different edits of one block are a
 * conflict, because half of each sentence is nobody's sentence.
 *
 *   base: A B C   ours: A B' C   theirs: A B C D   →  A B' C D
 */

export type MergedText = { readonly merged: RichText } | { readonly conflict: true }

interface Change {
  /** base[from…to) becomes `blocks`. */
  readonly from: number
  readonly to: number
  readonly blocks: readonly TreeNode[]
  readonly key: string
}

/** As many blocks before as after: each is an edit of its own, so that neighbours do not collide. */
const split = (hunk: Hunk): readonly Hunk[] => {
  const [from, to] = hunk.left
  const [start, end] = hunk.right
  if (to - from !== end - start) return [hunk]
  return Array.from({ length: to - from }, (_, index) => ({
    left: [from + index, from + index + 1],
    right: [start + index, start + index + 1],
  }))
}

const changes = (baseKeys: readonly string[], side: RichText): readonly Change[] => {
  const blocks = childrenOf(side)
  const keys = blocks.map(keyOf)
  return hunks(baseKeys, keys)
    .flatMap(split)
    .map(({ left, right }) => ({
      from: left[0],
      to: left[1],
      blocks: blocks.slice(...right),
      key: keys.slice(...right).join('\n'),
    }))
}

const isInsert = (change: Change): boolean => change.from === change.to

/** Both touch one block, or both insert at one place. An insert at the edge of an edit is no collision. */
const collide = (a: Change, b: Change): boolean =>
  isInsert(a) && isInsert(b)
    ? a.from === b.from
    : isInsert(a) || isInsert(b)
      ? Math.max(a.from, b.from) < Math.min(a.to, b.to) ||
        (a.from > b.from && a.to < b.to) ||
        (b.from > a.from && b.to < a.to)
      : Math.max(a.from, b.from) < Math.min(a.to, b.to)

const isSame = (a: Change, b: Change): boolean => a.from === b.from && a.to === b.to && a.key === b.key

/** Changes in the order they are made; null: conflict. Inserts come before the edit of the block they stand at. */
const united = (ours: readonly Change[], theirs: readonly Change[]): readonly Change[] | null => {
  const order = (a: Change, b: Change): number => a.from - b.from || a.to - b.to
  const all: Change[] = []
  for (const change of [...ours, ...theirs].sort(order)) {
    // Sorted, and the changes of one side never overlap: only the last two can meet this one.
    const met = all.slice(-2)
    if (met.some((other) => isSame(other, change))) continue
    if (met.some((other) => collide(other, change))) return null
    all.push(change)
  }
  return all
}

export const mergeText = (base: RichText, ours: RichText, theirs: RichText): MergedText => {
  if (sameText(base, theirs)) return { merged: ours }
  if (sameText(base, ours)) return { merged: theirs }
  const blocks = childrenOf(base)
  const keys = blocks.map(keyOf)
  const all = united(changes(keys, ours), changes(keys, theirs))
  if (all === null) return { conflict: true }
  const out: TreeNode[] = []
  let at = 0
  for (const change of all) {
    out.push(...blocks.slice(at, change.from), ...change.blocks)
    at = change.to
  }
  return { merged: asRichText([...out, ...blocks.slice(at)]) }
}
