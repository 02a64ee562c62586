/** What can go wrong with a pretended Zendesk, on order. */

export type FakeFault =
  /** Done, then the connection breaks. */
  | 'commit then lose'
  | 'half body'
  /** 429 with `Retry-After`; nothing is done. */
  | 'rate'
  /** 503 with `Retry-After`, as while Zendesk is being maintained; nothing is done. */
  | 'maintenance'
  | 'auth'
  /** 500 after the work was done. */
  | 'server error'
  | 'html'
  | 'deep json'
  | 'huge'
  /** A form of somebody saved at the same instant: 409, nothing is done. */
  | 'busy'

export interface FaultOrder {
  readonly fault: FakeFault
  /** Absent: any call fits. */
  readonly method?: string
  readonly path?: RegExp
  /** Calls that fit and pass before it strikes. */
  readonly after?: number
}

export interface FakeAnswer {
  readonly status: number
  readonly json?: unknown
  readonly bytes?: Uint8Array
  readonly headers?: Readonly<Record<string, string>>
}

const page = (text: string, type: string): FakeAnswer => ({
  status: 200,
  bytes: Buffer.from(text),
  headers: { 'content-type': type },
})

/** Answers that come in place of any work. */
export const insteadOf = (fault: FakeFault): FakeAnswer | null => {
  switch (fault) {
    case 'rate':
      return {
        status: 429,
        json: {
          error: 'APIRateLimitExceeded',
          description: 'Number of allowed API requests per minute exceeded',
        },
        headers: { 'retry-after': '7', 'x-rate-limit': '400', 'x-rate-limit-remaining': '0' },
      }
    case 'maintenance':
      return { status: 503, headers: { 'retry-after': '60' } }
    case 'auth':
      return { status: 401, json: { error: "Couldn't authenticate you" } }
    case 'busy':
      return { status: 409, json: { error: 'DatabaseConflict', description: 'Could not write, try again' } }
    case 'html':
      return page('<html><body>Down for maintenance</body></html>', 'text/html')
    case 'deep json':
      return page('['.repeat(100_000), 'application/json')
    case 'huge':
      return page(' '.repeat(80 * 1024 * 1024), 'application/json')
    case 'commit then lose':
    case 'half body':
    case 'server error':
      return null
  }
}

/** Each order strikes once, the first call that fits. */
export const faultOrders = () => {
  let orders: readonly FaultOrder[] = []
  return {
    set: (next: readonly FaultOrder[]): void => {
      orders = next
    },
    strike: (method: string, path: string): FakeFault | null => {
      const found = orders.find(
        (each) => (each.method ?? method) === method && (each.path?.test(path) ?? true),
      )
      if (found === undefined) return null
      const { after = 0 } = found
      orders = orders.flatMap((each) =>
        each !== found ? [each] : after > 0 ? [{ ...each, after: after - 1 }] : [],
      )
      if (after > 0) return null
      return found.fault
    },
  }
}
