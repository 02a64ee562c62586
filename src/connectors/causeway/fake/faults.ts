/** What can go wrong with the pretended Causeway, on order. */
export type CausewayFault =
  | 'commit then drop'
  | 'half body'
  | 'rate'
  | 'auth'
  | 'server error'
  | 'server error after commit'
  | 'html'
  | 'deep json'
  | 'huge'

/** What a call is, for choosing which one is struck. */
export type CallKind = 'read' | 'write' | 'file'

export interface FaultOrder {
  readonly fault: CausewayFault
  /** Default: any but a file. */
  readonly on?: CallKind
}

export interface FakeAnswer {
  readonly status: number
  readonly json?: unknown
  readonly bytes?: Uint8Array
  readonly headers?: Readonly<Record<string, string>>
}

export const refusal = (status: number, code: string, detail: string, field?: string): FakeAnswer => ({
  status,
  json: { type: `/problems/${code}`, title: detail, status, code, detail, field },
  headers: { 'content-type': 'application/problem+json' },
})

/** Answered instead of doing what was asked. */
export const INSTEAD: Readonly<Partial<Record<CausewayFault, FakeAnswer>>> = {
  rate: {
    ...refusal(429, 'too-many-requests', 'Too much at once. Come again in a minute.'),
    headers: { 'retry-after': '60' },
  },
  auth: refusal(401, 'unauthenticated', 'Send the token that you were given as a partner.'),
  'server error': refusal(500, 'internal', 'Something went wrong here.'),
  html: {
    status: 200,
    bytes: Buffer.from('<html><body>Please sign in</body></html>'),
    headers: { 'content-type': 'text/html' },
  },
  'deep json': { status: 200, bytes: Buffer.from('['.repeat(100_000)) },
  huge: { status: 200, bytes: Buffer.alloc(20 * 1024 * 1024, ' ') },
}
