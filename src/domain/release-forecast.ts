/**
 * When a release may come out, from what the people who make it really finished. The method is the throughput forecast of
 * Daniel Vacanti (Actionable Agile Metrics for Predictability, 2015) and Troy Magennis (Forecasting and Simulating Software
 * Development Projects, 2011): each week to come finishes as much as some week of the past did, all of them equally likely.
 * They draw weeks at random many thousand times; here the same odds are worked out exactly, week by week, so the same
 * history gives the same days. Everything that is left is one item, as it is in their method: sizes even out.
 */
export interface ForecastInput {
  /** Items finished in each of the last weeks, the oldest first. */
  readonly finished: readonly number[]
  /** Items of the release that are open. */
  readonly left: number
  /** How long items took from started to done, in days; of those that are known. */
  readonly cycleDays: readonly number[]
  /** `YYYY-MM-DD`. */
  readonly today: string
}

export interface CycleTime {
  readonly median: number
  readonly p85: number
  readonly items: number
}

export type Forecast =
  | { readonly kind: 'forecast'; readonly from: string; readonly to: string; readonly confidence: number }
  | { readonly kind: 'not enough history' }
  | { readonly kind: 'nothing left' }
  /** It may take longer than any forecast is worth. */
  | { readonly kind: 'too far' }

/** Fewer weeks than this, or fewer items finished in them, tell chance and not a pace. */
export const LEAST_WEEKS = 6
export const LEAST_FINISHED = 10
/** A range whose first day is as likely missed as met, and whose last day holds in so many of a hundred. */
export const FORECAST_CONFIDENCE = 85
const EARLY = 50
const MOST_WEEKS = 104
const MOST_LEFT = 2_000
const DAY_MS = 86_400_000

/** The smallest value that so many percent of all do not exceed (nearest rank). */
const percentile = (sorted: readonly number[], percent: number): number =>
  sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? 0

/** Fewer items than this say nothing. */
const LEAST_CYCLES = 5

export const cycleTime = (days: readonly number[]): CycleTime | null => {
  if (days.length < LEAST_CYCLES) return null
  const sorted = days.toSorted((a, b) => a - b)
  const round = (value: number): number => Math.round(value * 10) / 10
  return { median: round(percentile(sorted, 50)), p85: round(percentile(sorted, 85)), items: sorted.length }
}

export const forecastOf = ({ finished, left, cycleDays, today }: ForecastInput): Forecast => {
  if (left <= 0) return { kind: 'nothing left' }
  const total = finished.reduce((sum, count) => sum + count, 0)
  if (finished.length < LEAST_WEEKS || total < LEAST_FINISHED) return { kind: 'not enough history' }
  if (left > MOST_LEFT) return { kind: 'too far' }
  const early = weeksUntil(finished, left, EARLY / 100)
  const late = weeksUntil(finished, left, FORECAST_CONFIDENCE / 100)
  if (early === null || late === null) return { kind: 'too far' }
  // however fast the team is, what is open still takes as long as one item takes
  const cycle = cycleTime(cycleDays)
  return {
    kind: 'forecast',
    from: dayAfter(today, Math.max(early * 7, Math.ceil(cycle?.median ?? 0))),
    to: dayAfter(today, Math.max(late * 7, Math.ceil(cycle?.p85 ?? 0))),
    confidence: FORECAST_CONFIDENCE,
  }
}

/** After how many weeks everything is done with at least this probability. Null: not within two years. */
const weeksUntil = (finished: readonly number[], left: number, wanted: number): number | null => {
  const odds = new Map<number, number>()
  for (const count of finished) odds.set(count, (odds.get(count) ?? 0) + 1 / finished.length)
  // the probability that so many are left; what is done is not looked at again
  let open = new Float64Array(left + 1)
  open[left] = 1
  for (let week = 1; week <= MOST_WEEKS; week += 1) {
    const next = new Float64Array(left + 1)
    for (let count = 1; count <= left; count += 1) {
      const here = open[count] ?? 0
      if (here === 0) continue
      for (const [done, chance] of odds) {
        const then = Math.max(0, count - done)
        next[then] = (next[then] ?? 0) + here * chance
      }
    }
    const stillOpen = next.reduce((sum, chance, count) => (count === 0 ? sum : sum + chance), 0)
    // the last digits of a sum of fractions are noise
    if (1 - stillOpen >= wanted - 1e-9) return week
    open = next
  }
  return null
}

const dayAfter = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10)

/** A release of before: the last day that was promised first, and the day it came out (`YYYY-MM-DD`). */
export interface KeptPromise {
  readonly promised: string
  readonly released: string
}

export interface PromiseHistory {
  readonly releases: number
  /** Those that came out on or before the last day that was promised first. */
  readonly held: number
  /** Days from that day to the day it came out; half slipped more. Null: there was none. */
  readonly medianSlipDays: number | null
}

export const promiseHistory = (kept: readonly KeptPromise[]): PromiseHistory => {
  const slips = kept
    .map(({ promised, released }) => Math.round((Date.parse(released) - Date.parse(promised)) / DAY_MS))
    .toSorted((a, b) => a - b)
  return {
    releases: slips.length,
    held: slips.filter((days) => days <= 0).length,
    medianSlipDays: slips.length === 0 ? null : percentile(slips, 50),
  }
}
