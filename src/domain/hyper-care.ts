/**
 * The hours after a release came out: how many contacts each component has, against the same hours of the same weekdays
 * before. *Contact uplift* is contacts after go-live ÷ the median of the four same windows before (docs/glossary.md).
 */
export interface Window {
  readonly from: Date
  /** Not included. */
  readonly to: Date
}

export const WINDOWS_BEFORE = 4
const HOUR_MS = 3_600_000
const WEEK_MS = 7 * 24 * HOUR_MS

/**
 * From go-live until now, at most so many hours, and the windows of the same length one to four weeks earlier: whole weeks,
 * so that a Monday is compared with Mondays. Null: no time has passed.
 */
export const careWindows = (
  releasedAt: Date,
  hours: number,
  now: Date,
): { readonly after: Window; readonly before: readonly Window[] } | null => {
  const end = Math.min(now.getTime(), releasedAt.getTime() + hours * HOUR_MS)
  if (end <= releasedAt.getTime()) return null
  const after = { from: releasedAt, to: new Date(end) }
  const before = Array.from({ length: WINDOWS_BEFORE }, (_, at) => {
    const back = (at + 1) * WEEK_MS
    return { from: new Date(releasedAt.getTime() - back), to: new Date(end - back) }
  })
  return { after, before }
}

/** Up to when it is looked at. */
export const careEnds = (releasedAt: Date, hours: number): Date =>
  new Date(releasedAt.getTime() + hours * HOUR_MS)

/** The middle of the values; of an even number of them the mean of the middle two. */
export const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length / 2
  const [low = 0, high = 0] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]]
  return sorted.length === 0 ? 0 : (low + high) / 2
}

/**
 * How likely so many or more contacts are by chance alone, where they come independently at this rate: the upper tail of
 * the Poisson distribution, 1 − Σ λ^i e^−λ / i! for i below `count`.
 */
export const chanceOfAtLeast = (count: number, rate: number): number => {
  // by logarithms: e^−λ is too small for a number where many come
  let log = -rate
  let below = 0
  for (let i = 0; i < count; i += 1) {
    below += Math.exp(log)
    log += Math.log(rate / (i + 1))
  }
  return Math.min(1, Math.max(0, 1 - below))
}

export interface Uplift {
  readonly contacts: number
  /** In each of the windows before, the latest first. */
  readonly before: readonly number[]
  readonly median: number
  /** Contacts ÷ median, in tenths; null: there were none before. */
  readonly ratio: number | null
  readonly hasJumped: boolean
}

/** Fewer contacts than these are no jump, however quiet it was before. */
export const LEAST_CONTACTS = 3
const LEAST_RATIO = 3
const MOST_CHANCE = 0.01

/**
 * Contacts have jumped when there are at least three, at least three times the median before, and so many come by chance
 * less than once in a hundred. Each part keeps out what the others let through: the first a single unlucky customer, the
 * second a component that always has many, the third small numbers that double by themselves. The rate is estimated from
 * the windows before as (Σ + ½) ÷ n, the mean under Jeffreys' prior for a Poisson rate: four quiet weeks are not a
 * promise that nobody ever calls.
 */
export const upliftOf = (contacts: number, before: readonly number[]): Uplift => {
  const middle = median(before)
  const rate = (before.reduce((sum, count) => sum + count, 0) + 0.5) / Math.max(1, before.length)
  return {
    ...{ contacts, before, median: middle },
    ratio: middle === 0 ? null : Math.round((contacts / middle) * 10) / 10,
    hasJumped:
      contacts >= LEAST_CONTACTS &&
      contacts >= LEAST_RATIO * middle &&
      chanceOfAtLeast(contacts, rate) < MOST_CHANCE,
  }
}

/** Who is there in this hour after it came out. */
export const onDuty = <D extends { readonly fromHour: number; readonly toHour: number }>(
  duties: readonly D[],
  releasedAt: Date,
  now: Date,
): readonly D[] => {
  const hour = (now.getTime() - releasedAt.getTime()) / HOUR_MS
  return duties.filter(({ fromHour, toHour }) => fromHour <= hour && hour < toHour)
}
