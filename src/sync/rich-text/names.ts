import { asRichText, childrenOf, type RichText, type TreeNode, textNode, withChildren } from './tree.ts'

/**
 * People and emoji that a text knows, put where their names stand in another form of it: a form that has no mentions
 * says `@Anna Agent` in words, and Markdown takes the first of them for a whole name.
 */
export type Names = ReadonlyMap<string, TreeNode>

const nameOf = (node: TreeNode): string | null =>
  node.type === 'mention' ? `@${node.name ?? ''}` : node.type === 'emoji' ? `:${node.shortcode ?? ''}:` : null

export const namesIn = (nodes: readonly TreeNode[], found: Map<string, TreeNode> = new Map()): Names => {
  for (const node of nodes) {
    const name = nameOf(node)
    // of two of one name the first whom somebody can be told by counts
    if (name !== null && name.length > 1 && (found.get(name)?.id ?? undefined) === undefined)
      found.set(name, node)
    namesIn(childrenOf(node), found)
  }
  return found
}

const quoted = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')

const patternOf = (names: Names): RegExp => {
  const longestFirst = [...names.keys()].sort((a, b) => b.length - a.length)
  return new RegExp(`(?<![\\p{L}\\p{N}_])(?:${longestFirst.map(quoted).join('|')})(?![\\p{L}\\p{N}_])`, 'gu')
}

/** Words that may hold a name, or a part of one. */
const isWords = (node: TreeNode): boolean =>
  node.type === 'text' || (node.type === 'mention' && node.id === undefined)

const wordsOf = (node: TreeNode): string =>
  node.type === 'text' ? (node.value ?? '') : `@${node.name ?? ''}`

interface Placed {
  readonly node: TreeNode
  readonly from: number
  readonly to: number
}

/** What of these nodes stands between two places; one that is cut is only words. */
const between = (placed: readonly Placed[], from: number, to: number): readonly TreeNode[] =>
  placed.flatMap((one) => {
    const [start, end] = [Math.max(one.from, from), Math.min(one.to, to)]
    if (start >= end) return []
    return start === one.from && end === one.to
      ? [one.node]
      : [textNode(wordsOf(one.node).slice(start - one.from, end - one.from))]
  })

const namedRun = (run: readonly TreeNode[], names: Names, pattern: RegExp): readonly TreeNode[] => {
  const placed: Placed[] = []
  let words = ''
  for (const node of run) {
    placed.push({ node, from: words.length, to: words.length + wordsOf(node).length })
    words += wordsOf(node)
  }
  const out: TreeNode[] = []
  let at = 0
  for (const found of words.matchAll(pattern)) {
    const known = names.get(found[0])
    if (known === undefined) continue
    out.push(...between(placed, at, found.index), known)
    at = found.index + found[0].length
  }
  return at === 0 ? run : [...out, ...between(placed, at, words.length)]
}

const named = (nodes: readonly TreeNode[], names: Names, pattern: RegExp): readonly TreeNode[] => {
  const out: TreeNode[] = []
  let run: TreeNode[] = []
  const close = (): void => {
    out.push(...namedRun(run, names, pattern))
    run = []
  }
  for (const node of nodes) {
    if (isWords(node)) {
      run.push(node)
      continue
    }
    close()
    out.push(node.children === undefined ? node : withChildren(node, named(node.children, names, pattern)))
  }
  close()
  return out
}

/** The same nodes, with these people and emoji wherever their names stand. */
export const withNamesIn = (nodes: readonly TreeNode[], names: Names): readonly TreeNode[] =>
  names.size === 0 ? nodes : named(nodes, names, patternOf(names))

export const withNames = (tree: RichText, names: Names): RichText =>
  names.size === 0 ? tree : asRichText(withNamesIn(childrenOf(tree), names))

/** Words that were written anew call whom the old ones called, as far as their names still stand there. */
export const callingAsBefore = (next: RichText, before: RichText): RichText =>
  withNames(next, new Map([...namesIn(childrenOf(before))].filter(([, node]) => node.id !== undefined)))
