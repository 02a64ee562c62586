import { said } from '../lib/said.ts'
import type { RichFormat } from './connector.ts'
import { describing, matchTexts } from './match-text.ts'
import { matchTitles } from './match-titles.ts'
import { codecs, toPlainText } from './rich-text/index.ts'
import type { Snapshot, ToolField } from './snapshot.ts'

/**
 * Finds pairs that exist already: a ticket and a defect that people kept in step by hand. By a list of keys, a field that
 * holds the other's key, id or address, an address in its links or its text (sure), the same title within some hours, or
 * much the same words within some days (likely, with a confidence). Each item is in one pair at most.
 */
export interface MatchRule {
  /** Keys that somebody wrote down, or another product exported. */
  readonly pairs?: readonly { readonly desk: string; readonly tracker: string }[]
  /** The desk's field that names the tracker's item. */
  readonly deskField?: ToolField
  /** The tracker's field that names the desk's item. */
  readonly trackerField?: ToolField
  /** One holds the address of the other, among its links or in its words. */
  readonly links?: boolean
  /** Same title, created within this many hours of each other. */
  readonly titleWithinHours?: number
  /** Much the same words, created within this many hours; pairs below `least` (0 … 1) are unclear. */
  readonly text?: { readonly withinHours: number; readonly least: number }
}

/** As much of an item as matching and joining need. */
export interface MatchItem {
  readonly id: string
  readonly key: string
  readonly url: string
  readonly container: string
  readonly title: string
  readonly createdAt: string | null
  /** What it says the other is called. */
  readonly names: readonly string[]
  /** Words of its description, where they are compared; at most `MAX_WORDS`. */
  readonly words: readonly string[]
}

export type MatchReason =
  | 'the list of keys'
  | 'the key in the desk'
  | 'the key in the tracker'
  | 'an address in the desk'
  | 'an address in the tracker'
  | 'title and time'
  | 'text and time'

export interface Pair {
  readonly desk: MatchItem
  readonly tracker: MatchItem
  readonly because: MatchReason
  /** 0 … 1. A key is 1, an address 0.95, a title that only these two have 0.9; of words see `match-text.ts`. */
  readonly confidence: number
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

const ADDRESS = /https?:\/\/[^\s<>"'\])}|]+/gu
/** Of one item: a pasted log full of addresses names nobody. */
const MAX_ADDRESSES = 50

/** As it is compared: without what a sentence puts behind it. */
const address = (url: string): string => url.replace(/[.,;:!?]+$/u, '').replace(/\/+$/u, '')

const addressesIn = (shown: Snapshot): readonly string[] =>
  [
    ...(shown.links ?? []).map(({ url }) => url),
    ...Object.entries(shown.fields).flatMap(([field, value]) =>
      typeof value === 'string' && field !== 'url' ? (value.match(ADDRESS) ?? []) : [],
    ),
  ]
    .slice(0, MAX_ADDRESSES)
    .map(address)

/** The parts of a snapshot that matching by this rule reads. `field`: the one that names the other item. */
export const matchItem = (
  shown: Snapshot,
  rule: MatchRule,
  field: ToolField | undefined,
  format: RichFormat,
): MatchItem => {
  const { title, description } = shown.fields
  return {
    id: shown.ref.id,
    key: shown.key,
    url: shown.url,
    container: shown.container,
    title: typeof title === 'string' ? title : '',
    createdAt: shown.createdAt,
    names: [
      ...(field === undefined ? [] : words(shown.fields[field])),
      ...(rule.links === true ? addressesIn(shown) : []),
    ],
    words:
      rule.text !== undefined && typeof description === 'string'
        ? describing(toPlainText(codecs[format].read(description)))
        : [],
  }
}

/** `#12`, `12`, `ENG-12` and an address that ends in it name the same item. */
const namesOf = (item: MatchItem): readonly string[] =>
  [
    ...new Set([item.key, item.id, item.url, address(item.url), `#${item.id}`, item.key.replace(/^#/u, '')]),
  ].filter((name) => name !== '')

const indexOf = (items: readonly MatchItem[]): ReadonlyMap<string, MatchItem> =>
  new Map(items.flatMap((item) => namesOf(item).map((name) => [name, item] as const)))

/** What is found so far. */
export interface Found {
  readonly desk: readonly MatchItem[]
  readonly tracker: readonly MatchItem[]
  readonly isOpen: (item: MatchItem, side: 'desk' | 'tracker') => boolean
  readonly take: (desk: MatchItem, tracker: MatchItem, because: MatchReason, confidence: number) => void
  readonly leave: (desk: MatchItem, reason: string) => void
}

export const matchItems = (
  desk: readonly MatchItem[],
  tracker: readonly MatchItem[],
  rule: MatchRule,
): Matches => {
  const pairs: Pair[] = []
  const unclear: { desk: MatchItem; reason: string }[] = []
  const taken = { desk: new Set<string>(), tracker: new Set<string>() }
  const found: Found = {
    desk,
    tracker,
    isOpen: (item, side) => !taken[side].has(item.id),
    take: (one, other, because, confidence) => {
      pairs.push({ desk: one, tracker: other, because, confidence })
      taken.desk.add(one.id)
      taken.tracker.add(other.id)
    },
    leave: (item, reason) => void unclear.push({ desk: item, reason }),
  }
  if (rule.pairs !== undefined) matchList(found, rule.pairs)
  if (rule.deskField !== undefined) matchNames(found, 'the key in the desk', KEY)
  if (rule.trackerField !== undefined) matchNamesThere(found, 'the key in the tracker', KEY)
  if (rule.links === true) {
    matchNames(found, 'an address in the desk', LINK)
    matchNamesThere(found, 'an address in the tracker', LINK)
  }
  if (rule.titleWithinHours !== undefined) matchTitles(found, rule.titleWithinHours)
  if (rule.text !== undefined) matchTexts(found, rule.text)
  return { pairs, unclear: unclear.filter(({ desk: item }) => !taken.desk.has(item.id)) }
}

const KEY = 1
const LINK = 0.95

const matchList = (found: Found, list: NonNullable<MatchRule['pairs']>): void => {
  const [ours, theirs] = [indexOf(found.desk), indexOf(found.tracker)]
  for (const { desk, tracker } of list) {
    const [one, other] = [ours.get(desk), theirs.get(tracker)]
    if (one === undefined) found.leave(nobody(desk), said`The list names it, and the desk does not have it.`)
    else if (other === undefined) found.leave(one, said`It is to go with ${tracker}, which is not there.`)
    else if (found.isOpen(one, 'desk')) found.take(one, other, 'the list of keys', KEY)
    else found.leave(one, said`It is in the list more than once.`)
  }
}

const nobody = (key: string): MatchItem => ({
  ...{ id: `not there: ${key}`, key, url: '', container: '', title: '' },
  ...{ createdAt: null, names: [], words: [] },
})

/** Several tickets may name the same defect: the bond is one from each of them. */
const matchNames = (found: Found, because: MatchReason, confidence: number): void => {
  const byName = indexOf(found.tracker)
  for (const item of found.desk) {
    if (!found.isOpen(item, 'desk')) continue
    const named = new Set(item.names.flatMap((name) => byName.get(name) ?? []))
    const [first] = named
    if (named.size === 1 && first !== undefined) found.take(item, first, because, confidence)
    else if (named.size > 1) found.leave(item, said`It names ${named.size} items of the tracker.`)
    // an address may lead anywhere; a key that leads nowhere is a mistake
    else if (item.names.length > 0 && confidence === KEY)
      found.leave(item, said`It names ${item.names.join(', ').slice(0, 100)}, which is not there.`)
  }
}

const matchNamesThere = (found: Found, because: MatchReason, confidence: number): void => {
  const byName = indexOf(found.desk)
  for (const item of found.tracker) {
    if (!found.isOpen(item, 'tracker')) continue
    for (const one of new Set(item.names.flatMap((name) => byName.get(name) ?? [])))
      if (found.isOpen(one, 'desk')) found.take(one, item, because, confidence)
  }
}
