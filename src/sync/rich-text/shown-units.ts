import { align, hunks } from './align.ts'
import { keyOf } from './same-text.ts'
import type { TreeNode } from './tree.ts'
import { likeness, wordKey } from './words.ts'

/** Which of the hub's blocks a tool showed as which of its own, and what became of those. */

/** How alike two blocks must be to be one block edited, rather than one gone and another come. */
const ALIKE = 0.3
/** Pairs tried when blocks were edited and added at one place. */
const MAX_TRIED = 10_000

/** One level of the three forms: the hub's nodes, and what the tool showed and shows of them. */
export interface Level {
  readonly rich: readonly TreeNode[]
  /** For each rich node, the keys of the blocks the tool is expected to show for it. */
  readonly keys: readonly (readonly string[])[]
  readonly was: readonly TreeNode[]
  readonly now: readonly TreeNode[]
}

/** For each shown block the rich node it belongs to (-1: none, the tool added it), and the first rich node of each unit. */
interface Grouping {
  readonly owner: readonly number[]
  readonly leader: readonly number[]
}

const group = (level: Level): Grouping => {
  const expected = level.keys.flatMap((keys, rich) => keys.map((key) => ({ key, rich })))
  const shown = level.was.map((block) => wordKey([block]))
  const expectedKeys = expected.map((one) => one.key)
  const owner: number[] = new Array(shown.length).fill(-1)
  const leader = level.rich.map((_, index) => index)
  for (const [left, right] of align(expectedKeys, shown)) owner[right] = expected[left]?.rich ?? -1
  for (const { left, right } of hunks(expectedKeys, shown)) {
    const isOneToOne = left[1] - left[0] === right[1] - right[0]
    const first = expected[left[0]]?.rich ?? -1
    const last = expected[left[1] - 1]?.rich ?? -1
    if (left[0] === left[1] || right[0] === right[1]) continue
    for (let at = right[0]; at < right[1]; at += 1)
      owner[at] = isOneToOne ? (expected[left[0] + at - right[0]]?.rich ?? -1) : first
    // So many blocks shown as so many others: which is which is unknown, so they are one unit.
    if (!isOneToOne) for (let node = first + 1; node <= last; node += 1) leader[node] = leader[first] ?? first
  }
  return { owner, leader }
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

/** Rich nodes, the blocks they were shown as, and the blocks that stand in their place now. */
export interface Unit {
  readonly rich: TreeNode[]
  readonly was: number[]
  readonly now: number[]
}

export const isGone = (unit: Unit): boolean => unit.was.length > 0 && unit.now.length === 0

export interface Units {
  readonly units: readonly Unit[]
  /** New blocks, by the unit they follow (-1: they come first). */
  readonly added: ReadonlyMap<number, readonly TreeNode[]>
}

export const unitsOf = (level: Level): Units => {
  const { owner, leader } = group(level)
  const units: Unit[] = []
  const unitOfRich: number[] = []
  level.rich.forEach((node, index) => {
    const own = leader[index] ?? index
    if (own === index) units.push({ rich: [node], was: [], now: [] })
    else units[unitOfRich[own] ?? -1]?.rich.push(node)
    unitOfRich[index] = own === index ? units.length - 1 : (unitOfRich[own] ?? -1)
  })
  const unitOfWas = owner.map((rich) => unitOfRich[rich] ?? -1)
  unitOfWas.forEach((unit, index) => {
    units[unit]?.was.push(index)
  })
  const origin = origins(level.was, level.now)
  const unitOfNow = origin.map((from) => unitOfWas[from] ?? -1)
  const furthest = new Map(unitOfNow.map((unit, index) => [unit, index]))
  const added = new Map<number, TreeNode[]>()
  const lastShown = units.findLastIndex((unit) => unit.was.length > 0)
  let last = -1
  level.now.forEach((block, index) => {
    const unit = unitOfNow[index] ?? -1
    const before = level.was[origin[index] ?? -1]
    if (unit >= 0) last = unit
    // What the tool adds by itself and nobody edited is not ours to take in.
    else if (before !== undefined && keyOf(before) === keyOf(block)) return
    const isInside = last >= 0 && index <= (furthest.get(last) ?? -1)
    if (isInside) units[last]?.now.push(index)
    else {
      // below all that is shown is below what is not shown, too: a folded part ends before it
      const isLast = last === lastShown
      const place = isLast ? units.length - 1 : last
      added.set(place, [...(added.get(place) ?? []), block])
    }
  })
  return { units, added }
}
