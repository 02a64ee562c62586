import { align, type Hunk, hunks } from './align.ts'

/**
 * Three-way merge of rows of tokens: what makes `next` of `was` is done to `shown`, which says what `was` says in
 * another hand. Everything else of `shown` stays as it is.
 */

export interface Tokens<T> {
  /** Equal for tokens of our own hand that say the same. */
  readonly key: (token: T) => string
  /** Equal for tokens of ours and of theirs that say the same, whatever else theirs know. */
  readonly looseKey: (token: T) => string
  /** A new token as it must be where it comes to stand; `near`: what stood there, or stands before it. */
  readonly fit: (fresh: T, near: T | undefined, isReplaced: boolean) => T
}

/**
 * Where a change is made whose edges stand nowhere in `shown`: behind what stands before it, before what stands after
 * it, or in place of everything between the two.
 */
export type Side = 'after' | 'before' | 'between'

export const SIDES: readonly Side[] = ['after', 'before', 'between']

interface Place {
  /** The stretch of `was` that is made anew, the change within it. */
  readonly was: readonly [from: number, to: number]
  /** The stretch of `shown` it takes the place of. */
  readonly shown: readonly [from: number, to: number]
}

const placeOf = (
  hunk: Hunk,
  inShown: ReadonlyMap<number, number>,
  sizes: { readonly was: number; readonly shown: number },
  side: Side,
): Place => {
  const [from, to] = hunk.left
  const [first, last] = [inShown.get(from), inShown.get(to - 1)]
  if (from < to && first !== undefined && last !== undefined)
    return { was: [from, to], shown: [first, last + 1] }
  let left = from - 1
  while (left >= 0 && !inShown.has(left)) left -= 1
  let right = to
  while (right < sizes.was && !inShown.has(right)) right += 1
  const start = (inShown.get(left) ?? -1) + 1
  const end = inShown.get(right) ?? sizes.shown
  if (side === 'between' || from < to) return { was: [left + 1, right], shown: [start, end] }
  return { was: [from, to], shown: side === 'after' ? [start, start] : [end, end] }
}

export const overlay = <T>(
  how: Tokens<T>,
  was: readonly T[],
  next: readonly T[],
  shown: readonly T[],
  side: Side,
): readonly T[] => {
  const inShown = new Map(align(was.map(how.looseKey), shown.map(how.looseKey)))
  const sizes = { was: was.length, shown: shown.length }
  const out: T[] = []
  let at = 0
  for (const hunk of hunks(was.map(how.key), next.map(how.key))) {
    const place = placeOf(hunk, inShown, sizes, side)
    const before = was.slice(place.was[0], hunk.left[0])
    const fresh = next.slice(...hunk.right)
    const after = was.slice(hunk.left[1], place.was[1])
    const isEven = hunk.left[1] - hunk.left[0] === fresh.length
    out.push(...shown.slice(at, Math.max(at, place.shown[0])), ...before)
    fresh.forEach((token, index) => {
      const counterpart = isEven ? inShown.get(hunk.left[0] + index) : inShown.get(hunk.left[0])
      const isReplaced = counterpart !== undefined && hunk.left[0] < hunk.left[1]
      out.push(how.fit(token, shown[isReplaced ? counterpart : place.shown[0] - 1], isReplaced && isEven))
    })
    out.push(...after)
    at = Math.max(at, place.shown[1])
  }
  return [...out, ...shown.slice(at)]
}
