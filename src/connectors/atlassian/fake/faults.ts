/** What can go wrong with a pretended Jira, on order. */

export type JiraFault =
  /** Done, then the connection breaks without an answer. */
  | 'commit then drop'
  /** Done, then half of the answer (of an empty answer: nothing at all). */
  | 'half body'
  /** 429 with `Retry-After`; nothing is done. */
  | 'rate'
  /** 500 after the work was done. */
  | 'server error'
  /** 401; nothing is done. */
  | 'auth'
  /** Answers as to a stranger, as Jira does to an expired token: 404, with a header that tells. */
  | 'stranger'
  /** A page for people instead of JSON, as a proxy sends it. */
  | 'html'
  | 'deep json'
  | 'huge'

export interface FaultOrder {
  readonly fault: JiraFault
  /** Calls it fits: any (default), reads, writes, or searches (which are posts that only read). */
  readonly on?: 'any' | 'read' | 'write'
}

export const INSTEAD: Readonly<
  Partial<Record<JiraFault, { status: number; headers: Record<string, string>; bytes: () => Buffer }>>
> = {
  rate: {
    status: 429,
    headers: { 'retry-after': '7', 'x-ratelimit-remaining': '0' },
    bytes: () => Buffer.alloc(0),
  },
  auth: {
    status: 401,
    headers: { 'content-type': 'application/json' },
    bytes: () => Buffer.from('{"message":"Client must be authenticated to access this resource."}'),
  },
  stranger: {
    status: 404,
    headers: { 'content-type': 'application/json', 'x-seraph-loginreason': 'AUTHENTICATED_FAILED' },
    bytes: () =>
      Buffer.from('{"errorMessages":["Issue does not exist or you do not have permission to see it."]}'),
  },
  html: {
    status: 200,
    headers: { 'content-type': 'text/html' },
    bytes: () => Buffer.from('<html><body>Jira is temporarily unavailable</body></html>'),
  },
  'deep json': {
    status: 200,
    headers: { 'content-type': 'application/json' },
    bytes: () => Buffer.from('['.repeat(100_000)),
  },
  huge: {
    status: 200,
    headers: { 'content-type': 'application/json' },
    bytes: () => Buffer.alloc(20 * 1024 * 1024, ' '),
  },
}

/** The fault of a call; each order strikes once. */
export const faultsOf = () => {
  let orders: readonly FaultOrder[] = []
  return {
    set: (next: readonly FaultOrder[]) => {
      orders = next
    },
    strike: (isWrite: boolean): JiraFault | null => {
      const fits = ({ on = 'any' }: FaultOrder) => on === 'any' || (on === 'write') === isWrite
      const struck = orders.find(fits)
      orders = orders.filter((each) => each !== struck)
      return struck?.fault ?? null
    },
  }
}
