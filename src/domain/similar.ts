import { said } from '../lib/said.ts'
import type { WorkItemState } from './words.ts'
import { isEnded } from './work-item.ts'

/** What is compared of a ticket and of a work item: plain text only. */
export interface Described {
  readonly title: string
  readonly text: string
  readonly productId: string | null
  readonly componentId: string | null
  /** The version it was seen in; null: nobody said. */
  readonly version?: string | null
}

export interface CandidateWorkItem extends Described {
  readonly id: string
  readonly key: string
  readonly state: WorkItemState
  /** Tickets already on it. */
  readonly tickets: number
}

export interface Suggestion {
  readonly id: string
  readonly key: string
  /** 0 … 100; comparable within one answer only. */
  readonly score: number
  /** Why, each a short phrase for a person. */
  readonly reasons: readonly string[]
}

/** Words that say nothing about a problem. */
const EMPTY_WORDS = new Set(
  'a an and are as at be but by can cannot could did do does for from had has have he her his how i if in into is it its me my no not of on or our she so than that the their them then there they this to too us was we were what when where which who why will with would you your please hello hi thanks problem issue error when after'.split(
    ' ',
  ),
)

const MAX_WORDS = 400

/** Words of a text in lower case, without case endings that only make a plural; at most 400 different ones. */
export const wordsOf = (text: string): ReadonlySet<string> => {
  const words = new Set<string>()
  for (const [word] of text
    .slice(0, 20_000)
    .toLowerCase()
    .matchAll(/[\p{L}\p{N}_]{2,}/gu)) {
    if (EMPTY_WORDS.has(word)) continue
    words.add(word.length > 4 && word.endsWith('s') ? word.slice(0, -1) : word)
    if (words.size >= MAX_WORDS) break
  }
  return words
}

const shared = (a: ReadonlySet<string>, b: ReadonlySet<string>): readonly string[] =>
  [...a].filter((word) => b.has(word))

/** Share of the smaller set that both have (0 … 1). */
const overlap = (a: ReadonlySet<string>, b: ReadonlySet<string>): number =>
  a.size === 0 || b.size === 0 ? 0 : shared(a, b).length / Math.min(a.size, b.size)

const score = (
  ticket: Described,
  item: CandidateWorkItem,
  title: ReadonlySet<string>,
  all: ReadonlySet<string>,
): Suggestion => {
  const itemTitle = wordsOf(item.title)
  const itemAll = wordsOf(`${item.title} ${item.text}`)
  const inTitle = shared(title, itemTitle)
  const sameComponent = ticket.componentId !== null && ticket.componentId === item.componentId
  const sameProduct = ticket.productId !== null && ticket.productId === item.productId
  const wordPoints = 50 * overlap(title, itemTitle) + 25 * overlap(all, itemAll)
  const sameVersion = ticket.version != null && ticket.version === item.version
  // where it is says something only together with what it is about
  const placePoints = wordPoints === 0 ? 0 : sameComponent ? 15 : sameProduct ? 5 : 0
  const statePoints = wordPoints === 0 ? 0 : isEnded(item.state) ? 0 : 5
  const crowdPoints = wordPoints === 0 ? 0 : Math.min(item.tickets, 5)
  const versionPoints = wordPoints > 0 && sameVersion ? 5 : 0
  return {
    id: item.id,
    key: item.key,
    score: Math.round(wordPoints + placePoints + versionPoints + statePoints + crowdPoints),
    reasons: [
      ...(inTitle.length > 0 ? [said`same words: ${inTitle.slice(0, 5).join(', ')}`] : []),
      ...(sameComponent ? [said`same component`] : sameProduct ? [said`same product`] : []),
      ...(sameVersion ? [said`same version`] : []),
      ...(item.tickets > 0
        ? [item.tickets === 1 ? said`1 ticket is on it` : said`${item.tickets} tickets are on it`]
        : []),
      ...(isEnded(item.state) ? [said`it is ${item.state}`] : []),
    ],
  }
}

/** Below this, a shared word is chance. */
const LIKELY = 20

/**
 * Work items that a ticket is likely about, best first: words of the title count most, then of the text, then the
 * place; open before ended, and those with more tickets first among equals.
 */
export const suggest = (
  ticket: Described,
  items: readonly CandidateWorkItem[],
  most = 5,
): readonly Suggestion[] => {
  const title = wordsOf(ticket.title)
  const all = wordsOf(`${ticket.title} ${ticket.text}`)
  const ended = new Map(items.map((item) => [item.id, isEnded(item.state)]))
  return items
    .map((item) => score(ticket, item, title, all))
    .filter((suggestion) => suggestion.score >= LIKELY)
    .sort(
      (a, b) =>
        Number(ended.get(a.id)) - Number(ended.get(b.id)) ||
        b.score - a.score ||
        a.key.localeCompare(b.key, 'en', { numeric: true }),
    )
    .slice(0, most)
}

/** Another ticket, as far as it is compared. */
export interface ComparedTicket extends Described {
  readonly id: string
  readonly customerId: string | null
}
export type SharedPlace = 'component' | 'product' | 'version' | 'customer'
export interface SimilarTicket {
  readonly id: string
  readonly score: number
  /** Words that both titles have, at most five. */
  readonly words: readonly string[]
  readonly same: readonly SharedPlace[]
}

/**
 * Tickets that may tell of the same as this one, best first. Words count as they do for work items; the place, the
 * version and the customer only tell apart what shares words already.
 */
export const similarTickets = (
  ticket: Omit<ComparedTicket, 'id'>,
  others: readonly ComparedTicket[],
  most = 5,
): readonly SimilarTicket[] => {
  const title = wordsOf(ticket.title)
  const all = wordsOf(`${ticket.title} ${ticket.text}`)
  return others
    .map((other): SimilarTicket => {
      const otherTitle = wordsOf(other.title)
      const points =
        50 * overlap(title, otherTitle) + 25 * overlap(all, wordsOf(`${other.title} ${other.text}`))
      const isShared = (a: string | null | undefined, b: string | null | undefined): boolean =>
        a != null && a === b
      const inComponent = isShared(ticket.componentId, other.componentId)
      const same: readonly SharedPlace[] = [
        ...(inComponent ? (['component'] as const) : []),
        ...(!inComponent && isShared(ticket.productId, other.productId) ? (['product'] as const) : []),
        ...(isShared(ticket.version, other.version) ? (['version'] as const) : []),
        ...(isShared(ticket.customerId, other.customerId) ? (['customer'] as const) : []),
      ]
      const place = same.reduce((sum, one) => sum + PLACE_POINTS[one], 0)
      return {
        id: other.id,
        score: points === 0 ? 0 : Math.round(points + place),
        words: shared(title, otherTitle).slice(0, 5),
        same,
      }
    })
    .filter(({ score: points, words }) => points >= LIKELY && words.length > 0)
    .sort((a, b) => b.score - a.score || a.id.localeCompare(b.id))
    .slice(0, most)
}

const PLACE_POINTS: Readonly<Record<SharedPlace, number>> = {
  component: 15,
  product: 5,
  version: 5,
  customer: 3,
}
