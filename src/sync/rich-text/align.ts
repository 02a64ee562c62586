/**
 * Aligning two sequences by equal keys: the longest common subsequence, found after cutting equal ends off. The cost
 * is bounded: where the middle is too large for the table, keys that occur once on both sides (patience) divide it.
 */

/** Cells of the table: 4 MB, some 10 ms. */
const MAX_CELLS = 1_000_000

export type Pair = readonly [left: number, right: number]

const middlePairs = (a: readonly string[], b: readonly string[], offset: number): Pair[] => {
  const width = b.length + 1
  const longest = new Uint32Array((a.length + 1) * width)
  const at = (i: number, j: number): number => longest[i * width + j] ?? 0
  for (let i = a.length - 1; i >= 0; i -= 1)
    for (let j = b.length - 1; j >= 0; j -= 1)
      longest[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
  const pairs: Pair[] = []
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    if (a[i] === b[j]) {
      pairs.push([i + offset, j + offset])
      i += 1
      j += 1
    } else if (at(i + 1, j) >= at(i, j + 1)) i += 1
    else j += 1
  }
  return pairs
}

const once = (keys: readonly string[]): Map<string, number> => {
  const seen = new Map<string, number>()
  keys.forEach((key, index) => {
    seen.set(key, seen.has(key) ? -1 : index)
  })
  return seen
}

/** Longest run of `right` that rises, as indexes into `pairs` (patience sorting, n log n). */
const rising = (pairs: readonly Pair[]): readonly Pair[] => {
  const tops: number[] = []
  const previous: number[] = []
  pairs.forEach(([, right], index) => {
    let low = 0
    let high = tops.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((pairs[tops[middle] ?? 0]?.[1] ?? 0) < right) low = middle + 1
      else high = middle
    }
    previous[index] = low > 0 ? (tops[low - 1] ?? -1) : -1
    tops[low] = index
  })
  const run: Pair[] = []
  for (let index = tops.at(-1) ?? -1; index >= 0; index = previous[index] ?? -1) {
    const pair = pairs[index]
    if (pair !== undefined) run.push(pair)
  }
  return run.reverse()
}

const anchors = (a: readonly string[], b: readonly string[], offset: number): Pair[] => {
  const right = once(b)
  const unique = [...once(a)].flatMap(([key, left]): Pair[] => {
    const found = right.get(key) ?? -1
    return left >= 0 && found >= 0 ? [[left + offset, found + offset]] : []
  })
  return [...rising(unique)]
}

/** Pairs of indexes with equal keys, rising on both sides. */
export const align = (a: readonly string[], b: readonly string[]): readonly Pair[] => {
  let start = 0
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1
  let end = 0
  while (end < a.length - start && end < b.length - start && a.at(-1 - end) === b.at(-1 - end)) end += 1
  const left = a.slice(start, a.length - end)
  const right = b.slice(start, b.length - end)
  const isSmall = left.length * right.length <= MAX_CELLS
  const middle = isSmall ? middlePairs(left, right, start) : anchors(left, right, start)
  const pairs: Pair[] = []
  for (let index = 0; index < start; index += 1) pairs.push([index, index])
  pairs.push(...middle)
  for (let index = end; index > 0; index -= 1) pairs.push([a.length - index, b.length - index])
  return pairs
}

/** A stretch that differs: left[from…to) became right[from…to). Either may be empty. */
export interface Hunk {
  readonly left: readonly [from: number, to: number]
  readonly right: readonly [from: number, to: number]
}

/** The stretches between the pairs of an alignment, in order. */
export const hunks = (a: readonly string[], b: readonly string[]): readonly Hunk[] => {
  const found: Hunk[] = []
  let left = 0
  let right = 0
  for (const [nextLeft, nextRight] of [...align(a, b), [a.length, b.length] as const]) {
    if (nextLeft > left || nextRight > right)
      found.push({ left: [left, nextLeft], right: [right, nextRight] })
    left = nextLeft + 1
    right = nextRight + 1
  }
  return found
}
