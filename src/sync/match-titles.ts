import { said } from '../lib/said.ts'
import type { Found, MatchItem } from './match-items.ts'

/** Pairs by the same title at about the same time, and only where these two are the only ones that have it. */

const CONFIDENCE = 0.9

const plain = (title: string): string =>
  title
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

/** Hours between the making of two items; infinite where a tool does not say. */
export const hoursApart = (a: MatchItem, b: MatchItem): number =>
  a.createdAt === null || b.createdAt === null
    ? Number.POSITIVE_INFINITY
    : Math.abs(Date.parse(a.createdAt) - Date.parse(b.createdAt)) / 3_600_000

export const matchTitles = (found: Found, hours: number): void => {
  const group = (side: 'desk' | 'tracker') =>
    Map.groupBy(
      found[side].filter((item) => found.isOpen(item, side) && plain(item.title) !== ''),
      (item) => plain(item.title),
    )
  const theirs = group('tracker')
  for (const [title, ours] of group('desk')) {
    for (const item of ours) {
      const near = (theirs.get(title) ?? []).filter(
        (other) => found.isOpen(other, 'tracker') && hoursApart(item, other) <= hours,
      )
      const rivals = ours.filter(
        (other) => other.id !== item.id && near.some((one) => hoursApart(other, one) <= hours),
      )
      const [first] = near
      if (near.length === 1 && rivals.length === 0 && first !== undefined)
        found.take(item, first, 'title and time', CONFIDENCE)
      else if (near.length > 0)
        found.leave(item, said`It has the title of ${near.length} items of the tracker, or shares it.`)
    }
  }
}
