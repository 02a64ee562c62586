import { wordsOf } from '../domain/similar.ts'
import { said } from '../lib/said.ts'
import type { Found, MatchItem } from './match-items.ts'
import { hoursApart } from './match-titles.ts'

/**
 * Pairs by much the same words at about the same time. Words are weighed by how rare they are in both tools (TF-IDF; those
 * of the title count three times), items compared by the cosine of their weights (Salton, Wong, Yang 1975). Two are a pair
 * where each is the other's best. The confidence is their cosine less half of that of the next best of either, and never
 * as high as that of a title: two defects of one kind read alike.
 */

/** Of one description. */
export const MAX_WORDS = 80
const TITLE_WEIGHT = 3
/** A word in so many items of the tracker tells none of them from another, and would make this quadratic. */
const MAX_POSTINGS = 500
const MOST = 0.89
/** What resembles less is not worth a person's look. */
const WORTH_A_LOOK = 0.4

export const describing = (text: string): readonly string[] => [...wordsOf(text)].slice(0, MAX_WORDS)

type Weights = ReadonlyMap<string, number>

const counted = (item: MatchItem): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>()
  for (const word of item.words) counts.set(word, 1)
  for (const word of wordsOf(item.title)) counts.set(word, TITLE_WEIGHT)
  return counts
}

/** Weights of each item's words, at length 1. */
const weighed = (
  items: readonly ReadonlyMap<string, number>[],
  spread: Weights,
  all: number,
): readonly Weights[] =>
  items.map((counts) => {
    const raw = [...counts].map(
      ([word, count]) => [word, count * Math.log(1 + all / (spread.get(word) ?? 1))] as const,
    )
    const length = Math.hypot(...raw.map(([, weight]) => weight)) || 1
    return new Map(raw.map(([word, weight]) => [word, weight / length]))
  })

interface Best {
  readonly at: number
  readonly score: number
  readonly next: number
}
const NOTHING: Best = { at: -1, score: 0, next: 0 }

const better = (best: Best, at: number, score: number): Best =>
  score > best.score ? { at, score, next: best.score } : { ...best, next: Math.max(best.next, score) }

export const matchTexts = (
  found: Found,
  { withinHours, least }: { readonly withinHours: number; readonly least: number },
): void => {
  const ours = found.desk.filter((item) => found.isOpen(item, 'desk'))
  const theirs = found.tracker.filter((item) => found.isOpen(item, 'tracker'))
  const [deskWords, trackerWords] = [ours.map(counted), theirs.map(counted)]
  const spread = new Map<string, number>()
  for (const counts of [...deskWords, ...trackerWords])
    for (const word of counts.keys()) spread.set(word, (spread.get(word) ?? 0) + 1)
  const all = ours.length + theirs.length
  const deskWeights = weighed(deskWords, spread, all)
  const trackerWeights = weighed(trackerWords, spread, all)

  const postings = new Map<string, number[]>()
  for (const [at, weights] of trackerWeights.entries())
    for (const word of weights.keys()) {
      const places = postings.get(word)
      if (places === undefined) postings.set(word, [at])
      else places.push(at)
    }

  const bestHere: Best[] = ours.map(() => NOTHING)
  const bestThere: Best[] = theirs.map(() => NOTHING)
  for (const [at, weights] of deskWeights.entries()) {
    const item = ours[at]
    if (item === undefined) continue
    for (const [other, score] of scoresOf(weights, postings, trackerWeights)) {
      const there = theirs[other]
      if (there === undefined || hoursApart(item, there) > withinHours) continue
      bestHere[at] = better(bestHere[at] ?? NOTHING, other, score)
      bestThere[other] = better(bestThere[other] ?? NOTHING, at, score)
    }
  }
  for (const [at, item] of ours.entries()) {
    const here = bestHere[at] ?? NOTHING
    const other = theirs[here.at]
    if (other === undefined || here.score < WORTH_A_LOOK) continue
    const there = bestThere[here.at] ?? NOTHING
    const isBest = there.at === at
    const confidence = Math.min(MOST, here.score - Math.max(here.next, isBest ? there.next : there.score) / 2)
    if (isBest && confidence >= least) found.take(item, other, 'text and time', rounded(confidence))
    else found.leave(item, resemblance(other.key, here, there, isBest))
  }
}

const rounded = (share: number): number => Math.round(share * 100) / 100
const percent = (share: number): string => `${Math.round(share * 100)} %`

const resemblance = (key: string, here: Best, there: Best, isBest: boolean): string => {
  if (!isBest)
    return said`It reads like ${key} (${percent(here.score)}), which reads more like another (${percent(there.score)}).`
  return here.next > 0
    ? said`It reads like ${key} (${percent(here.score)}), and like another (${percent(here.next)}).`
    : said`It reads like ${key} (${percent(here.score)}), which is not sure enough.`
}

/** The cosine with each item that shares a word with it. */
const scoresOf = (
  weights: Weights,
  postings: ReadonlyMap<string, readonly number[]>,
  others: readonly Weights[],
): ReadonlyMap<number, number> => {
  const scores = new Map<number, number>()
  for (const [word, weight] of weights) {
    const places = postings.get(word)
    if (places === undefined || places.length > MAX_POSTINGS) continue
    for (const at of places) scores.set(at, (scores.get(at) ?? 0) + weight * (others[at]?.get(word) ?? 0))
  }
  return scores
}
