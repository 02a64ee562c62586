import type { Piece } from './scan.ts'
import { isWord } from './scan.ts'
import { type TreeNode, textNode } from './tree.ts'

/** What Textile and Jira's wiki markup have in common: marks of one sign, and lists by the number of their signs. */

export const MARK_OF: Readonly<Record<string, string>> = {
  strong: '*',
  emphasis: '_',
  delete: '-',
  insert: '+',
}

export const TYPE_OF: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(MARK_OF).map(([type, mark]) => [mark, type]),
)

/** Reads text[from…end) in one pass: where `pieceAt` makes nothing of a `special` sign, it is text. */
export const piecesOf = (
  text: string,
  from: number,
  end: number,
  special: string,
  pieceAt: (at: number, isFree: boolean) => Piece,
): readonly TreeNode[] => {
  const out: TreeNode[] = []
  let textFrom = from
  let at = from
  while (at < end) {
    const char = text.charAt(at)
    if (!special.includes(char)) {
      at += 1
      continue
    }
    const before = at === from ? '' : text.charAt(at - 1)
    const isFree = before !== char && (!isWord(before) || (before === '_' && TYPE_OF[char] !== undefined))
    const piece = pieceAt(at, isFree)
    if (piece === null) {
      at += 1
      continue
    }
    if (at > textFrom) out.push(textNode(text.slice(textFrom, at)))
    out.push(...piece.nodes)
    at = piece.to
    textFrom = at
  }
  if (end > textFrom) out.push(textNode(text.slice(textFrom, end)))
  return out
}

/** A mark holds on one line only, and only around words: blanks at its ends move outside. */
export const marked = (mark: string, inner: string): string =>
  inner
    .split('\n')
    .map((line) => {
      const core = line.trim()
      if (core === '' || core.startsWith(mark) || core.endsWith(mark)) return line
      const from = line.indexOf(core)
      return `${line.slice(0, from)}${mark}${core}${mark}${line.slice(from + core.length)}`
    })
    .join('\n')

export const isWordAt = (text: string, at: number): boolean => isWord(text.at(at) ?? '')

export const checkbox = (item: TreeNode): string =>
  typeof item.checked === 'boolean' ? (item.checked ? '[x] ' : '[ ] ') : ''

/** An item as its line says it. */
export interface DeepItem {
  readonly depth: number
  readonly ordered: boolean
}

export const MAX_LIST_DEPTH = 12

/** The lists that a row of items makes. A jump in depth opens one list only. */
export const listsOf = <T extends DeepItem>(
  items: readonly T[],
  nodeOf: (item: T, nested: readonly TreeNode[]) => TreeNode,
): readonly TreeNode[] => {
  const below = (
    from: number,
    depth: number,
  ): { readonly lists: readonly TreeNode[]; readonly to: number } => {
    const lists: { readonly ordered: boolean; readonly children: TreeNode[] }[] = []
    let at = from
    for (let item = items[at]; item !== undefined && item.depth >= depth; item = items[at]) {
      const next = items[at + 1]
      const nested =
        next !== undefined && next.depth > item.depth && depth < MAX_LIST_DEPTH
          ? below(at + 1, item.depth + 1)
          : { lists: [], to: at + 1 }
      const last = lists.at(-1)
      const node = nodeOf(item, nested.lists)
      if (last?.ordered === item.ordered) last.children.push(node)
      else lists.push({ ordered: item.ordered, children: [node] })
      at = nested.to
    }
    return { lists: lists.map((list) => ({ type: 'list', spread: false, ...list })), to: at }
  }
  return below(0, 1).lists
}
