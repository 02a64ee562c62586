/** What can go wrong with a pretended Freshservice, on order. */

export type FakeFault =
  /** Done, then the connection breaks. */
  | 'commit then lose'
  | 'half body'
  /** 429 with `Retry-After`; nothing is done. */
  | 'rate'
  | 'auth'
  /** 403 of an account that was suspended; nothing is done. */
  | 'suspended'
  /** 500 after the work was done. */
  | 'server error'
  | 'html'
  | 'deep json'
  | 'huge'

/** Strikes the first call that fits, once. */
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

const raw = (text: string, type = 'application/json'): FakeAnswer => ({
  status: 200,
  bytes: Buffer.from(text),
  headers: { 'content-type': type },
})

/** Answers in place of any work; a fault that is not here strikes after the work. */
const INSTEAD: Readonly<Partial<Record<FakeFault, () => FakeAnswer>>> = {
  rate: () => ({
    status: 429,
    json: { message: 'You have exceeded the limit of requests per minute' },
    headers: { 'retry-after': '11', 'x-ratelimit-remaining': '0' },
  }),
  auth: () => ({
    status: 401,
    json: { code: 'invalid_credentials', message: 'You have to be logged in to perform this action.' },
  }),
  suspended: () => ({
    status: 403,
    json: { code: 'account_suspended', message: 'Your account has been suspended.' },
  }),
  html: () => raw('<html><body>We will be back soon</body></html>', 'text/html'),
  'deep json': () => raw('['.repeat(100_000)),
  huge: () => raw(' '.repeat(80 * 1024 * 1024)),
}

export const insteadOf = (fault: FakeFault): FakeAnswer | null => INSTEAD[fault]?.() ?? null

export const faultOrders = () => {
  const waiting: { readonly order: FaultOrder; left: number }[] = []
  return {
    set: (orders: readonly FaultOrder[]): void => {
      waiting.splice(0, waiting.length, ...orders.map((order) => ({ order, left: order.after ?? 0 })))
    },
    strike: (method: string, path: string): FakeFault | null => {
      const at = waiting.findIndex(
        ({ order }) => (order.method ?? method) === method && (order.path?.test(path) ?? true),
      )
      const found = waiting[at]
      if (found === undefined) return null
      found.left -= 1
      if (found.left >= 0) return null
      waiting.splice(at, 1)
      return found.order.fault
    },
  }
}
