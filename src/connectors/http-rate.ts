/** What a tool says about how often it may be asked. Times in and out are absolute; seconds on the wire. */

export interface RateInfo {
  readonly limit: number | null
  readonly remaining: number | null
  readonly resetAt: Date | null
}

type Headers = Readonly<Record<string, string>>

const MAX_WAIT_MS = 24 * 60 * 60 * 1000
const DEFAULT_WAIT_MS = 60_000
/** Seconds beyond this are an epoch, not a delay. */
const EPOCH_FROM = 1_000_000_000
/** And beyond this one of milliseconds (Linear). */
const EPOCH_MS_FROM = 100_000_000_000

const number = (text: string | undefined): number | null => {
  if (text === undefined) return null
  // `100, 100;w=60` (RFC draft) starts with the number.
  const found = /^\s*(\d{1,15}(?:\.\d+)?)/.exec(text)?.[1]
  return found === undefined ? null : Number(found)
}

const bounded = (ms: number, now: Date): Date => new Date(Math.min(ms, now.getTime() + MAX_WAIT_MS))

const at = (seconds: number | null, now: Date): Date | null => {
  if (seconds === null) return null
  if (seconds >= EPOCH_MS_FROM) return bounded(seconds, now)
  return bounded(seconds >= EPOCH_FROM ? seconds * 1000 : now.getTime() + seconds * 1000, now)
}

/** Seconds from now, an epoch in seconds or milliseconds, or ISO 8601 (Jira). */
const resetAt = (text: string | undefined, now: Date): Date | null => {
  if (text === undefined || !/^\d{4}-\d\d-\d\dT/.test(text)) return at(number(text), now)
  const ms = Date.parse(text)
  return Number.isNaN(ms) ? null : bounded(ms, now)
}

/** `Retry-After` in seconds or as an HTTP date; null when absent or unreadable. Never more than a day ahead. */
export const retryAfter = (headers: Headers, now: Date): Date | null => {
  const text = headers['retry-after']
  if (text === undefined) return null
  if (/^\s*\d{1,9}\s*$/.test(text)) return at(Number(text), now)
  const date = Date.parse(text)
  return Number.isNaN(date)
    ? null
    : new Date(Math.min(Math.max(date, now.getTime()), now.getTime() + MAX_WAIT_MS))
}

interface Family {
  readonly limit: readonly string[]
  readonly remaining: string
  readonly reset: readonly string[]
}

const family = (name: string): Family => ({
  limit: [`${name}-limit`],
  remaining: `${name}-remaining`,
  reset: [`${name}-reset`],
})

/** The families of headers in use; of those that a tool sends, the one with the least left counts. */
const FAMILIES: readonly Family[] = [
  // Freshservice calls its limit the total
  { ...family('x-ratelimit'), limit: ['x-ratelimit-limit', 'x-ratelimit-total'] },
  family('ratelimit'),
  // Linear counts requests and what they cost
  family('x-ratelimit-requests'),
  family('x-ratelimit-complexity'),
  // Zendesk names the limit itself so, and the reset without the x
  {
    limit: ['x-rate-limit', 'x-rate-limit-limit'],
    remaining: 'x-rate-limit-remaining',
    reset: ['x-rate-limit-reset', 'ratelimit-reset'],
  },
]

const firstOf = (headers: Headers, names: readonly string[]): string | undefined =>
  names.map((name) => headers[name]).find((value) => value !== undefined)

/** Part of the budget that is left; a tool that does not say its limit is believed to the number. */
const shareLeft = ({ limit, remaining }: RateInfo): number =>
  limit === null || limit <= 0 ? Number.POSITIVE_INFINITY : (remaining ?? 0) / limit

/** The rate headers in their usual spellings, or null when the tool sends none. */
export const rateInfo = (headers: Headers, now: Date): RateInfo | null =>
  FAMILIES.filter(({ remaining }) => headers[remaining] !== undefined)
    .map(({ limit, remaining, reset }) => ({
      limit: number(firstOf(headers, limit)),
      remaining: number(headers[remaining]),
      resetAt: resetAt(firstOf(headers, reset), now),
    }))
    .filter(({ remaining }) => remaining !== null)
    .reduce<RateInfo | null>(
      (least, one) => (least === null || shareLeft(one) < shareLeft(least) ? one : least),
      null,
    )

/**
 * When to ask again after a refusal for rate: what the tool says, else a minute from now. Only a budget that is spent waits
 * for its reset: one that is left was not the reason (GitHub's secondary limits; its documentation asks for a minute).
 */
export const retryAt = (headers: Headers, now: Date): Date => {
  const told = retryAfter(headers, now)
  if (told !== null) return told
  const info = rateInfo(headers, now)
  return (info?.remaining === 0 ? info.resetAt : null) ?? new Date(now.getTime() + DEFAULT_WAIT_MS)
}
