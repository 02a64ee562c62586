import { type AdfNode, contentOf } from './adf-node.ts'
import { readAdf } from './adf-read.ts'
import { align } from './align.ts'
import { keyOf } from './same-text.ts'
import { noRules, tidy } from './tidy.ts'

/**
 * Writes a text over the one that stands there: every block that says what it said stays as Jira's editor made it, with
 * its colours, cards, widths, cells full of lists and ids. Only what says something else is made anew. Without it, one
 * word corrected in a tool that knows no colours would take the colours from the whole text.
 */

type Wrap = (node: AdfNode) => AdfNode

const itself: Wrap = (node) => node
const inTable: Wrap = (node) => ({ type: 'table', content: [node] })

/** Alone, an item or a cell says nothing: it is read inside of what holds it. */
const wrapIn = (parent: AdfNode): Wrap => {
  if (parent.type.endsWith('List')) return (node) => ({ type: parent.type, content: [node] })
  if (parent.type === 'table') return inTable
  if (parent.type === 'tableRow') return (node) => inTable({ type: 'tableRow', content: [node] })
  return itself
}

/** What a node says, one key a block of ours; none where it says nothing (an empty paragraph). */
const keysOf = (node: AdfNode, wrap: Wrap): readonly string[] =>
  (tidy({ type: 'root', children: readAdf({ type: 'doc', content: [wrap(node)] }) }, noRules) ?? []).map(
    keyOf,
  )

interface Row {
  readonly nodes: readonly AdfNode[]
  readonly keys: readonly (readonly string[])[]
  /** Index of each node's first key in the row of all keys. */
  readonly firsts: readonly number[]
}

const rowOf = (nodes: readonly AdfNode[], wrap: Wrap): Row => {
  const keys = nodes.map((node) => keysOf(node, wrap))
  let next = 0
  const firsts = keys.map((own) => {
    next += own.length
    return next - own.length
  })
  return { nodes, keys, firsts }
}

/** For each old node the stretch of fresh ones that says just the same: from, and up to but without. */
const stretches = (old: Row, fresh: Row): ReadonlyMap<number, readonly [number, number]> => {
  const partner = new Map(align(old.keys.flat(), fresh.keys.flat()))
  const beginsAt = new Map(
    fresh.firsts.flatMap((first, index) =>
      fresh.keys[index]?.length === 0 ? [] : [[first, index] as const],
    ),
  )
  const total = fresh.keys.flat().length
  const found = new Map<number, readonly [number, number]>()
  old.keys.forEach((own, index) => {
    const first = old.firsts[index] ?? 0
    const start = partner.get(first)
    if (own.length === 0 || start === undefined) return
    const isWhole = own.every((_, step) => partner.get(first + step) === start + step)
    const from = beginsAt.get(start)
    const to = start + own.length === total ? fresh.nodes.length : beginsAt.get(start + own.length)
    if (isWhole && from !== undefined && to !== undefined) found.set(index, [from, to])
  })
  return found
}

/** `fresh`, with the old nodes in the place of those that say the same. */
const over = (fresh: readonly AdfNode[], old: readonly AdfNode[], wrap: Wrap): readonly AdfNode[] => {
  const was = rowOf(old, wrap)
  const now = rowOf(fresh, wrap)
  const kept = [...stretches(was, now)].sort(([a], [b]) => a - b)
  const out: AdfNode[] = []
  let nextOld = 0
  let nextFresh = 0
  const between = (oldEnd: number, freshEnd: number): void => {
    const gone = old.slice(nextOld, oldEnd)
    const come = fresh.slice(nextFresh, freshEnd)
    const isSilent = (_: AdfNode, index: number): boolean => was.keys[nextOld + index]?.length === 0
    const spoke = gone.filter((node, index) => !isSilent(node, index))
    if (spoke.length !== come.length) {
      out.push(...(come.length === 0 ? gone.filter(isSilent) : come))
      return
    }
    let next = 0
    gone.forEach((before, index) => {
      const node = isSilent(before, index) ? undefined : come[next++]
      if (node === undefined) out.push(before)
      else out.push(before.type === node.type ? inside(node, before) : node)
    })
  }
  for (const [index, [from, to]] of kept) {
    between(index, from)
    const node = old[index]
    if (node !== undefined) out.push(node)
    nextOld = index + 1
    nextFresh = to
  }
  between(old.length, fresh.length)
  return out
}

const HOLDERS: ReadonlySet<string> = new Set(
  'panel blockquote expand bulletList orderedList listItem table tableRow tableHeader tableCell'.split(' '),
)

/** One node that says something else than before: its looks stay, and of what it holds all that can. */
const inside = (next: AdfNode, before: AdfNode): AdfNode => {
  if (!HOLDERS.has(next.type)) return next
  const attrs = { ...before.attrs, ...next.attrs }
  return {
    ...next,
    ...(Object.keys(attrs).length === 0 ? {} : { attrs }),
    content: over(contentOf(next), contentOf(before), wrapIn(next)),
  }
}

/** The blocks `fresh` of a document, made of as much of the blocks `old` as says the same. */
export const writeAdfOver = (fresh: readonly AdfNode[], old: readonly AdfNode[]): readonly AdfNode[] =>
  over(fresh, old, itself)
