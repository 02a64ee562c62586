import type { RichFormat } from '../connector.ts'
import { align, hunks } from './align.ts'
import { codecs } from './codecs.ts'
import { patchWords } from './patch-words.ts'
import { shapedLike } from './plain-shape.ts'
import { keyOf } from './same-text.ts'
import { asRichText, childrenOf, type RichText, type TreeNode, withChildren } from './tree.ts'
import { likeness, wordKey } from './words.ts'

/**
 * Someone edited in a tool that shows a poorer form of our text. `patch` carries that edit, and only that, into the
 * hub's tree: blocks are aligned (hub ↔ what was shown ↔ what is shown now), unchanged ones keep the hub's own nodes,
 * changed ones are patched inside (items, rows, cells, then words), and only what cannot be patched is replaced by
 * what the tool shows. The other way to be wrong, taking the tool's text over, loses panels, mentions and tables for
 * one corrected letter.
 */

/** How alike two blocks must be to be one block edited, rather than one gone and another come. */
const ALIKE = 0.3
/** Pairs tried when blocks were edited and added at one place. */
const MAX_TRIED = 10_000

/** One level of the three forms: the hub's nodes, and what the tool showed and shows of them. */
interface Level {
  readonly rich: readonly TreeNode[]
  /** For each rich node, the keys of the blocks the tool is expected to show for it. */
  readonly keys: readonly (readonly string[])[]
  readonly was: readonly TreeNode[]
  readonly now: readonly TreeNode[]
}

/** The rich node that each shown block belongs to; -1: none, the tool added it by itself. */
const owners = (level: Level): readonly number[] => {
  const expected = level.keys.flatMap((keys, rich) => keys.map((key) => ({ key, rich })))
  const shown = level.was.map((block) => wordKey([block]))
  const found: number[] = new Array(shown.length).fill(-1)
  const expectedKeys = expected.map((one) => one.key)
  for (const [left, right] of align(expectedKeys, shown)) found[right] = expected[left]?.rich ?? -1
  for (const { left, right } of hunks(expectedKeys, shown)) {
    const size = left[1] - left[0]
    for (let at = right[0]; at < right[1] && size > 0; at += 1) {
      const share = Math.floor(((at - right[0]) * size) / (right[1] - right[0]))
      found[at] = expected[left[0] + share]?.rich ?? -1
    }
  }
  return found
}

/** Which block now is which block of before (now → was, or -1: new), rising. */
const origins = (was: readonly TreeNode[], now: readonly TreeNode[]): readonly number[] => {
  const found: number[] = new Array(now.length).fill(-1)
  const wasKeys = was.map(keyOf)
  const nowKeys = now.map(keyOf)
  for (const [left, right] of align(wasKeys, nowKeys)) found[right] = left
  for (const { left, right } of hunks(wasKeys, nowKeys)) {
    const [sizeLeft, sizeRight] = [left[1] - left[0], right[1] - right[0]]
    if (sizeLeft === sizeRight) {
      for (let step = 0; step < sizeLeft; step += 1) found[right[0] + step] = left[0] + step
    } else if (sizeLeft * sizeRight <= MAX_TRIED) {
      let next = left[0]
      for (let at = right[0]; at < right[1]; at += 1) {
        const block = now[at]
        const index = was.findIndex(
          (other, from) =>
            from >= next && from < left[1] && block !== undefined && likeness([other], [block]) >= ALIKE,
        )
        if (index < 0) continue
        found[at] = index
        next = index + 1
      }
    }
  }
  return found
}

const withAttributesOf = (rich: TreeNode, was: TreeNode, now: TreeNode): TreeNode => {
  if (rich.type !== was.type) return rich
  if (was.type !== now.type) return { ...now, children: childrenOf(rich) }
  const changed = Object.entries(now).filter(
    ([name, value]) =>
      name !== 'children' &&
      name !== 'value' &&
      name !== 'spread' &&
      JSON.stringify(value) !== JSON.stringify(Object.entries(was).find(([other]) => other === name)?.[1]),
  )
  return changed.length === 0 ? rich : { ...rich, ...Object.fromEntries(changed) }
}

const CONTAINERS: ReadonlySet<string> = new Set([
  'blockquote',
  'panel',
  'list',
  'listItem',
  'table',
  'tableRow',
  'footnoteDefinition',
])
const INLINE_BLOCKS: ReadonlySet<string> = new Set(['paragraph', 'heading', 'tableCell'])

/** Quotes and panels stand for each other: a panel is shown as a quote wherever panels are unknown. */
const family = (node: TreeNode): string => (node.type === 'panel' ? 'blockquote' : node.type)

const inside = (rich: TreeNode, was: TreeNode, now: TreeNode): TreeNode | null => {
  const children = patchLevel({
    rich: childrenOf(rich),
    keys: childrenOf(rich).map((child) => [wordKey([child])]),
    was: childrenOf(was),
    now: childrenOf(now),
  })
  return children.length === 0 ? null : withChildren(withAttributesOf(rich, was, now), children)
}

/** One rich node whose shown form was edited; null: it must be replaced. */
const patchNode = (rich: TreeNode, was: TreeNode, now: TreeNode): readonly TreeNode[] | null => {
  if (keyOf(was) === keyOf(now)) return [rich]
  const isSameFamily = family(rich) === family(was) && family(was) === family(now)
  if (isSameFamily && CONTAINERS.has(rich.type)) {
    const patched = inside(rich, was, now)
    return patched === null ? null : [patched]
  }
  if (rich.type === 'code' && was.type === 'code' && now.type === 'code' && rich.value === was.value)
    return [{ ...withAttributesOf(rich, was, now), value: now.value ?? '' }]
  const mayBreak = rich.type === 'paragraph' || rich.type === 'code'
  const mayChangeType = INLINE_BLOCKS.has(was.type) && INLINE_BLOCKS.has(now.type) && rich.type === was.type
  if (was.type !== now.type && !mayChangeType) return null
  const patched = patchWords([rich], [was], [now], mayBreak)
  return patched?.map((node) => withAttributesOf(node, was, now)) ?? null
}

/** A rich node shown as several blocks, some of them edited. */
const patchShown = (
  rich: TreeNode,
  was: readonly TreeNode[],
  now: readonly TreeNode[],
): readonly TreeNode[] => {
  const [before] = was
  const [after] = now
  const isOne = was.length === 1 && now.length === 1 && before !== undefined && after !== undefined
  const patched = isOne
    ? (patchNode(rich, shapedLike(rich, before), shapedLike(rich, after)) ??
      patchWords([rich], was, now, false))
    : patchWords([rich], was, now, false)
  return patched ?? withNamesOf(rich, now)
}

const namesIn = (node: TreeNode, found: Map<string, TreeNode>): Map<string, TreeNode> => {
  if (node.type === 'mention') found.set(`@${node.name ?? ''}`, node)
  if (node.type === 'emoji') found.set(`:${node.shortcode ?? ''}:`, node)
  for (const child of childrenOf(node)) namesIn(child, found)
  return found
}

const NAMED = /(?<![\p{L}\p{N}_])@[\p{L}\p{N}_](?:[\p{L}\p{N}_./-]*[\p{L}\p{N}_])?|:[\w+-]{1,60}:/gu

/** New blocks in the place of `rich`, with the people and emoji that it knew. */
const withNamesOf = (rich: TreeNode, blocks: readonly TreeNode[]): readonly TreeNode[] => {
  const names = namesIn(rich, new Map())
  if (names.size === 0) return blocks
  const visit = (node: TreeNode): readonly TreeNode[] => {
    if (node.type === 'mention' || node.type === 'emoji')
      return [...namesIn(node, new Map()).keys()].map((key) => names.get(key) ?? node)
    if (node.type !== 'text')
      return [node.children === undefined ? node : withChildren(node, node.children.flatMap(visit))]
    const value = node.value ?? ''
    const out: TreeNode[] = []
    let from = 0
    for (const found of value.matchAll(NAMED)) {
      const known = names.get(found[0])
      if (known === undefined) continue
      if (found.index > from) out.push({ type: 'text', value: value.slice(from, found.index) })
      out.push(known)
      from = found.index + found[0].length
    }
    return from < value.length ? [...out, { type: 'text', value: value.slice(from) }] : out
  }
  return blocks.flatMap(visit)
}

/** What becomes of one rich node: its shown blocks before and those now that stand in their place. */
interface Fate {
  readonly was: number[]
  readonly now: number[]
}

const patchLevel = (level: Level): readonly TreeNode[] => {
  const { rich, was, now } = level
  const owner = owners(level)
  const origin = origins(was, now)
  const fates: readonly Fate[] = rich.map(() => ({ was: [], now: [] }))
  owner.forEach((index, block) => {
    fates[index]?.was.push(block)
  })
  /** New blocks, by the rich node they follow (-1: they come first). */
  const added = new Map<number, TreeNode[]>()
  let last = -1
  const ownerNow = (index: number): number => owner[origin[index] ?? -1] ?? -1
  const furthest = new Map(now.map((_, index) => [ownerNow(index), index]))
  now.forEach((block, index) => {
    const from = origin[index] ?? -1
    const mine = ownerNow(index)
    if (mine >= 0) {
      fates[mine]?.now.push(index)
      last = mine
    } else if (from < 0 || keyOf(block) !== keyOf(was[from] ?? block)) {
      if (last >= 0 && index < (furthest.get(last) ?? -1)) fates[last]?.now.push(index)
      else added.set(last, [...(added.get(last) ?? []), block])
    }
  })
  return assemble(level, fates, added, origin)
}

const assemble = (
  level: Level,
  fates: readonly Fate[],
  added: ReadonlyMap<number, readonly TreeNode[]>,
  origin: readonly number[],
): readonly TreeNode[] => {
  const { rich, was, now } = level
  const isGone = (fate: Fate): boolean => fate.was.length > 0 && fate.now.length === 0
  // A block that was moved is gone at one place and new at another: the hub's own node moves with it.
  const moved = new Map(
    rich.flatMap((node, index) =>
      isGone(fates[index] ?? { was: [], now: [] })
        ? [[(level.keys[index] ?? []).join(' '), node] as const]
        : [],
    ),
  )
  const place = (block: TreeNode): TreeNode => moved.get(wordKey([block])) ?? block
  const out: TreeNode[] = (added.get(-1) ?? []).map(place)
  rich.forEach((node, index) => {
    const fate = fates[index] ?? { was: [], now: [] }
    const isKept =
      fate.was.length === fate.now.length &&
      fate.now.every(
        (one, step) =>
          origin[one] === fate.was[step] &&
          keyOf(now[one] ?? node) === keyOf(was[fate.was[step] ?? 0] ?? node),
      )
    if (isKept) out.push(node)
    else if (!isGone(fate))
      out.push(
        ...patchShown(
          node,
          fate.was.flatMap((one) => was[one] ?? []),
          fate.now.flatMap((one) => now[one] ?? []),
        ),
      )
    out.push(...(added.get(index) ?? []).map(place))
  })
  return out
}

export interface ShownText {
  readonly tree: RichText
  /** The tool's text when both sides last agreed, after the tool's own normalisation. */
  readonly shown: string
}

/**
 * The hub's tree changed by what was edited in the tool, and by nothing else. `shownNow` is the tool's text now, in
 * `format`. With `shownNow` equal to `base.shown` it is `base.tree` itself.
 */
export const patch = (base: ShownText, shownNow: string, format: RichFormat): RichText => {
  if (shownNow === base.shown) return base.tree
  const codec = codecs[format]
  const was = codec.read(base.shown)
  const now = codec.read(shownNow)
  if (keyOf(was) === keyOf(now)) return base.tree
  const rich = childrenOf(base.tree)
  const keys = rich.map((block) =>
    childrenOf(codec.read(codec.write(asRichText([block])))).map((shown) => wordKey([shown])),
  )
  return asRichText(patchLevel({ rich, keys, was: childrenOf(was), now: childrenOf(now) }))
}
