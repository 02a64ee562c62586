/** What can go wrong on the way, on a switch. A fault strikes the next `times` requests that it fits (1 unless told). */

export type FaultKind =
  /** Done, then the connection breaks without an answer. */
  | 'commit then lose'
  /** Done, then half of the answer. */
  | 'half body'
  | 'server error'
  /** 429 with Retry-After and the headers of a rate limit rule. */
  | 'rate'
  | 'auth'
  /** The login page, with 200. */
  | 'html'
  /** The page of a sleeping developer instance, with 200. */
  | 'hibernating'
  /** The transaction quota ends the call: 200, what was ready of the answer, then the error. */
  | 'quota'
  | 'deep json'
  | 'huge'

export interface Fault {
  readonly kind: FaultKind
  /** Absent: any. */
  readonly method?: string
  /** Absent: any. */
  readonly path?: RegExp
  readonly times?: number
}

export interface FaultScript {
  /** Replaces what was set before; `[]` heals. */
  set(faults: readonly Fault[]): void
  take(method: string, path: string): FaultKind | null
}

export const createFaultScript = (): FaultScript => {
  let waiting: { readonly fault: Fault; left: number }[] = []
  return {
    set: (faults) => {
      waiting = faults.map((fault) => ({ fault, left: fault.times ?? 1 }))
    },
    take: (method, path) => {
      const found = waiting.find(
        ({ fault, left }) =>
          left > 0 && (fault.method ?? method) === method && (fault.path?.test(path) ?? true),
      )
      if (found === undefined) return null
      found.left -= 1
      return found.fault.kind
    },
  }
}

const LOGIN_PAGE = '<html><head><title>ServiceNow</title></head><body>Please log in</body></html>'
const SLEEPING_PAGE =
  '<html><head><title>Instance Hibernating page</title></head><body>Your instance is hibernating.</body></html>'
const HUGE_BYTES = 80 * 1024 * 1024
const JSON_HEADERS = { 'content-type': 'application/json;charset=UTF-8' }

export interface Instead {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly text: string
}

const refusal = (message: string, detail: string): string =>
  JSON.stringify({ error: { message, detail }, status: 'failure' })

/** What comes in place of the true answer; null: that one is given. Nothing is done. */
export const insteadOf = (kind: FaultKind | null, nowMs: number): Instead | null => {
  switch (kind) {
    case 'server error':
      return { status: 500, headers: JSON_HEADERS, text: refusal('Internal server error', '') }
    case 'auth':
      return {
        status: 401,
        headers: JSON_HEADERS,
        text: refusal('User Not Authenticated', 'Required to provide Auth information'),
      }
    case 'rate':
      return {
        status: 429,
        headers: {
          ...JSON_HEADERS,
          'retry-after': '1800',
          'x-ratelimit-limit': '100',
          'x-ratelimit-reset': String(Math.floor(nowMs / 1_000) + 1_800),
          'x-ratelimit-rule': '0123456789abcdef0123456789abcdef',
        },
        text: refusal('Rate limit exceeded', 'The rate limit of this user is reached'),
      }
    case 'html':
      return { status: 200, headers: { 'content-type': 'text/html;charset=UTF-8' }, text: LOGIN_PAGE }
    case 'hibernating':
      return { status: 200, headers: { 'content-type': 'text/html;charset=UTF-8' }, text: SLEEPING_PAGE }
    case 'deep json':
      return { status: 200, headers: JSON_HEADERS, text: `${'['.repeat(100_000)}${']'.repeat(100_000)}` }
    case 'huge':
      return { status: 200, headers: JSON_HEADERS, text: `"${'x'.repeat(HUGE_BYTES)}"` }
    default:
      return null
  }
}

/** As the quota leaves it: rows that were ready, and the error behind them. */
export const cutByQuota = (json: unknown): unknown => {
  const message = 'Transaction cancelled: maximum execution time exceeded'
  const result =
    json !== null && typeof json === 'object' && 'result' in json && Array.isArray(json.result)
      ? json.result.slice(0, Math.floor(json.result.length / 2))
      : {}
  return {
    result,
    error: { message, detail: `${message} Check logs for error trace` },
    status: 'failure',
  }
}
