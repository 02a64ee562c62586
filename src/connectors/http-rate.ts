/** What a tool says about how often it may be asked. Times in and out are absolute; seconds on the wire. */

export interface RateInfo {
  readonly limit: number | null
  readonly remaining: number | null
  readonly resetAt: Date | null
}

type Headers = Readonly<Record<string, string>>

const MAX_WAIT_MS = 24 * 60 * 60 * 1000
const DEFAULT_WAIT_MS = 30_000
/** Seconds beyond this are an epoch, not a delay. */
const EPOCH_FROM = 1_000_000_000

const number = (text: string | undefined): number | null => {
  if (text === undefined) return null
  // `100, 100;w=60` (RFC draft) starts with the number.
  const found = /^\s*(\d{1,15}(?:\.\d+)?)/.exec(text)?.[1]
  return found === undefined ? null : Number(found)
}

const at = (seconds: number | null, now: Date): Date | null => {
  if (seconds === null) return null
  const ms = seconds >= EPOCH_FROM ? seconds * 1000 : now.getTime() + seconds * 1000
  return new Date(Math.min(ms, now.getTime() + MAX_WAIT_MS))
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

/** The rate headers in their usual spellings, or null when the tool sends none. */
export const rateInfo = (headers: Headers, now: Date): RateInfo | null => {
  const remaining =
    headers['x-ratelimit-remaining'] ?? headers['ratelimit-remaining'] ?? headers['x-rate-limit-remaining']
  if (remaining === undefined) return null
  const limit = headers['x-ratelimit-limit'] ?? headers['ratelimit-limit'] ?? headers['x-rate-limit']
  const reset = headers['x-ratelimit-reset'] ?? headers['ratelimit-reset'] ?? headers['x-rate-limit-reset']
  return { limit: number(limit), remaining: number(remaining), resetAt: at(number(reset), now) }
}

/** When to ask again after a refusal for rate: what the tool says, else half a minute from now. */
export const retryAt = (headers: Headers, now: Date): Date =>
  retryAfter(headers, now) ?? rateInfo(headers, now)?.resetAt ?? new Date(now.getTime() + DEFAULT_WAIT_MS)
