/** What can go wrong on the way to a pretended GitLab, on order; each order strikes once. */

export type GitLabFault =
  /** Done, then the connection breaks without an answer. */
  | 'commit then drop'
  /** Done, then half of the answer. */
  | 'half body'
  /** Done, then 502. */
  | 'server error after commit'
  | 'server error'
  /** 429 with `Retry-After` and GitLab's budget headers. */
  | 'rate'
  | 'auth'
  /** A sign-in page in place of JSON. */
  | 'html'
  | 'deep json'
  | 'huge'

export interface FaultOrder {
  readonly fault: GitLabFault
  /** Calls it fits: any unless told. An upload and a GraphQL question change nothing that is seen, and are reads. */
  readonly on?: 'read' | 'write'
}

export interface Wrong {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly bytes: Uint8Array
}

const json = { 'content-type': 'application/json' }

/** Sent in place of an answer; null: the work is done first. */
export const wrongAnswer = (fault: GitLabFault): Wrong | null => {
  switch (fault) {
    case 'server error':
      return { status: 500, headers: json, bytes: Buffer.from('{"message":"500 Internal Server Error"}') }
    case 'rate':
      return {
        status: 429,
        headers: { 'content-type': 'text/plain', 'retry-after': '7', 'ratelimit-remaining': '0' },
        bytes: Buffer.from('Retry later\n'),
      }
    case 'auth':
      return { status: 401, headers: json, bytes: Buffer.from('{"message":"401 Unauthorized"}') }
    case 'html':
      return {
        status: 200,
        headers: { 'content-type': 'text/html' },
        bytes: Buffer.from('<html><body>GitLab is deploying</body></html>'),
      }
    case 'deep json':
      return { status: 200, headers: json, bytes: Buffer.from('['.repeat(100_000)) }
    case 'huge':
      return { status: 200, headers: json, bytes: Buffer.alloc(20 * 1024 * 1024, ' ') }
    default:
      return null
  }
}

/** `null` when no order fits. */
export const takeFault = (orders: FaultOrder[], isWrite: boolean): GitLabFault | null => {
  const at = orders.findIndex(({ on }) => on === undefined || (on === 'write') === isWrite)
  return at < 0 ? null : (orders.splice(at, 1)[0]?.fault ?? null)
}
