import { sameValue } from '../lib/stable.ts'
import type { Snapshot, ToolField } from './snapshot.ts'

/**
 * Finds pairs that exist already: a ticket and a defect that people kept in step by hand. By a field that holds the
 * other's key, id or address (sure), or by the same title within some hours (likely, and only where it is the one such
 * item on both sides).
 */
export interface MatchRule {
  /** The desk's field that names the tracker's item. */
  readonly deskField?: ToolField
  /** The tracker's field that names the desk's item. */
  readonly trackerField?: ToolField
  /** Same title, created within this many hours of each other. */
  readonly titleWithinHours?: number
}

/** As much of an item as matching and joining need. */
export interface MatchItem {
  readonly id: string
  readonly key: string
  readonly url: string
  readonly container: string
  readonly title: string
  readonly createdAt: string | null
  readonly names: readonly string[]
}

export interface Pair {
  readonly desk: MatchItem
  readonly tracker: MatchItem
  readonly because: 'the key in the desk' | 'the key in the tracker' | 'title and time'
}

export interface Matches {
  readonly pairs: readonly Pair[]
  /** Desk items that name something which is not there, or fit several. */
  readonly unclear: readonly { readonly desk: MatchItem; readonly reason: string }[]
}

/** How far the joining of what exists is. */
export interface JoinProgress {
  readonly step: 'reading the desk' | 'reading the tracker' | 'joining'
  readonly done: number
  /** Null while nobody knows: a tool tells its items page by page. */
  readonly total: number | null
}

export interface JoinReport extends Matches {
  readonly read: { readonly desk: number; readonly tracker: number }
  /** Null in a preview. */
  readonly joined: {
    readonly new: number
    readonly already: number
    readonly failed: readonly { readonly pair: string; readonly reason: string }[]
  } | null
}

const words = (value: unknown): readonly string[] =>
  (Array.isArray(value) ? value : [value])
    .flatMap((one) =>
      typeof one === 'string' || typeof one === 'number' ? String(one).split(/[\s,;]+/u) : [],
    )
    .filter((word) => word !== '')

/** The parts of a snapshot that matching reads. */
export const matchItem = (shown: Snapshot, field: ToolField | undefined): MatchItem => ({
  id: shown.ref.id,
  key: shown.key,
  url: shown.url,
  container: shown.container,
  title: typeof shown.fields.title === 'string' ? shown.fields.title : '',
  createdAt: shown.createdAt,
  names: field === undefined ? [] : words(shown.fields[field]),
})

const plain = (title: string): string =>
  title
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

/** `#12`, `12`, `ENG-12` and an address that ends in it name the same item. */
const namesOf = (item: MatchItem): readonly string[] =>
  [...new Set([item.key, item.id, item.url, `#${item.id}`, item.key.replace(/^#/u, '')])].filter(
    (name) => name !== '',
  )

const indexOf = (items: readonly MatchItem[]): ReadonlyMap<string, MatchItem> =>
  new Map(items.flatMap((item) => namesOf(item).map((name) => [name, item] as const)))

export const matchItems = (
  desk: readonly MatchItem[],
  tracker: readonly MatchItem[],
  rule: MatchRule,
): Matches => {
  const pairs: Pair[] = []
  const unclear: { desk: MatchItem; reason: string }[] = []
  const taken = new Set<string>()
  const matched = new Set<string>()
  const take = (one: MatchItem, other: MatchItem, because: Pair['because']): void => {
    pairs.push({ desk: one, tracker: other, because })
    matched.add(one.id)
    taken.add(other.id)
  }
  if (rule.deskField !== undefined) {
    const byName = indexOf(tracker)
    for (const item of desk) {
      const found = new Set(item.names.flatMap((name) => byName.get(name) ?? []))
      const [first] = found
      if (found.size === 1 && first !== undefined) take(item, first, 'the key in the desk')
      else if (found.size > 1)
        unclear.push({ desk: item, reason: `names ${found.size} items of the tracker` })
      else if (item.names.length > 0)
        unclear.push({
          desk: item,
          reason: `names ${item.names.join(', ').slice(0, 100)}, which is not there`,
        })
    }
  }
  if (rule.trackerField !== undefined) {
    const byName = indexOf(desk)
    for (const item of tracker) {
      if (taken.has(item.id)) continue
      for (const one of new Set(item.names.flatMap((name) => byName.get(name) ?? [])))
        if (!matched.has(one.id)) take(one, item, 'the key in the tracker')
    }
  }
  if (rule.titleWithinHours !== undefined)
    matchTitles(desk, tracker, rule.titleWithinHours, matched, taken, take, unclear)
  return { pairs, unclear: unclear.filter(({ desk: item }) => !matched.has(item.id)) }
}

const matchTitles = (
  desk: readonly MatchItem[],
  tracker: readonly MatchItem[],
  hours: number,
  matched: ReadonlySet<string>,
  taken: ReadonlySet<string>,
  take: (one: MatchItem, other: MatchItem, because: Pair['because']) => void,
  unclear: { desk: MatchItem; reason: string }[],
): void => {
  const group = (items: readonly MatchItem[], done: ReadonlySet<string>) =>
    Map.groupBy(
      items.filter((item) => !done.has(item.id) && plain(item.title) !== ''),
      (item) => plain(item.title),
    )
  const theirs = group(tracker, taken)
  for (const [title, ours] of group(desk, matched)) {
    for (const item of ours) {
      const near = (theirs.get(title) ?? []).filter(
        (other) => !taken.has(other.id) && isNear(item, other, hours),
      )
      const rivals = ours.filter(
        (other) => !sameValue(other.id, item.id) && near.some((one) => isNear(other, one, hours)),
      )
      const [first] = near
      if (near.length === 1 && rivals.length === 0 && first !== undefined) take(item, first, 'title and time')
      else if (near.length > 0)
        unclear.push({
          desk: item,
          reason: `has the title of ${near.length} items of the tracker, or shares it`,
        })
    }
  }
}

const isNear = (a: MatchItem, b: MatchItem, hours: number): boolean =>
  a.createdAt !== null &&
  b.createdAt !== null &&
  Math.abs(Date.parse(a.createdAt) - Date.parse(b.createdAt)) <= hours * 3_600_000
