import type { RichFormat } from '../connector.ts'
import { readText } from './call-nobody.ts'
import { codecs } from './codecs.ts'
import { type Directory, NOBODY } from './directory.ts'
import { type Names, namesIn, withNamesIn } from './names.ts'
import { patchWords } from './patch-words.ts'
import { shapedLike } from './plain-shape.ts'
import { keyOf } from './same-text.ts'
import { isGone, type Level, unitsOf } from './shown-units.ts'
import { asRichText, childrenOf, type RichText, type TreeNode, withChildren } from './tree.ts'
import { wordKey } from './words.ts'

/**
 * Someone edited in a tool that shows a poorer form of our text. `patch` carries that edit, and only that, into the
 * hub's tree: blocks are aligned (hub ↔ what was shown ↔ what is shown now), unchanged ones keep the hub's own nodes,
 * changed ones are patched inside (items, rows, cells, then words), and only what cannot be patched is replaced by
 * what the tool shows. The other way to be wrong, taking the tool's text over, loses panels, mentions and tables for
 * one corrected letter.
 */

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

/** Rich nodes whose shown blocks were edited. */
const patchShown = (
  rich: readonly TreeNode[],
  was: readonly TreeNode[],
  now: readonly TreeNode[],
): readonly TreeNode[] => {
  const [node, ...others] = rich
  const [before, ...moreBefore] = was
  const [after, ...moreAfter] = now
  const isOne = others.length === 0 && moreBefore.length === 0 && moreAfter.length === 0
  const patched =
    isOne && node !== undefined && before !== undefined && after !== undefined
      ? patchNode(node, shapedLike(node, before), shapedLike(node, after))
      : null
  return patched ?? patchWords(rich, was, now, false) ?? withNamesIn(now, namesIn(rich))
}

const patchLevel = (level: Level): readonly TreeNode[] => {
  const { was, now } = level
  const { units, added } = unitsOf(level)
  const blocks = (from: readonly TreeNode[], indexes: readonly number[]): readonly TreeNode[] =>
    indexes.flatMap((index) => from[index] ?? [])
  // A block that was moved is gone at one place and new at another: the hub's own nodes move with it.
  const moved = new Map(units.filter(isGone).map((unit) => [wordKey(blocks(was, unit.was)), unit.rich]))
  const placed = (fresh: readonly TreeNode[] = []): readonly TreeNode[] =>
    fresh.flatMap((block) => moved.get(wordKey([block])) ?? [block])
  const out: TreeNode[] = [...placed(added.get(-1))]
  units.forEach((unit, index) => {
    const before = blocks(was, unit.was)
    const after = blocks(now, unit.now)
    const isKept =
      before.length === after.length &&
      before.every((block, at) => keyOf(block) === keyOf(after[at] ?? block))
    if (isKept) out.push(...unit.rich)
    else if (!isGone(unit)) out.push(...patchShown(unit.rich, before, after))
    out.push(...placed(added.get(index)))
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
export const patch = (
  base: ShownText,
  shownNow: string,
  format: RichFormat,
  people: Directory = NOBODY,
): RichText => {
  if (shownNow === base.shown) return base.tree
  const codec = codecs[format]
  const was = readText(base.shown, format, people)
  const now = readText(shownNow, format, people)
  if (keyOf(was) === keyOf(now)) return base.tree
  const rich = childrenOf(base.tree)
  const keys = rich.map((block) =>
    childrenOf(codec.read(codec.write(asRichText([block])))).map((shown) => wordKey([shown])),
  )
  const patched = patchLevel({ rich, keys, was: childrenOf(was), now: childrenOf(now) })
  return asRichText(withNamesIn(patched, calledSince(was, now)))
}

/** Whom somebody called there since: their names came along as words. */
const calledSince = (was: RichText, now: RichText): Names => {
  const before = namesIn(childrenOf(was))
  return new Map(
    [...namesIn(childrenOf(now))].filter(([name, node]) => node.id !== undefined && !before.has(name)),
  )
}
