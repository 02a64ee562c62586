import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { type FaultScript, type FaultSettings, faultScript, type RedmineFault } from './fake/faults.ts'
import { type FakePeople, peopleOf } from './fake/people.ts'
import { answer, type FakeAnswer, type FakeRequest, type Write } from './fake/routes.ts'
import { type FakeState, initialState } from './fake/state.ts'
import type { Settings } from './schema.ts'

/**
 * A pretended Redmine over HTTP on loopback, faithful to what surprises a client of the real one (the live test runs
 * against both): a clock of seconds, a status ignored with 204, a private note split from its changes, `updated_on`
 * left alone by edited notes, lists without journals and of at most 100, filters ignored when unknown, sentences for
 * refusals, upload tokens that work once. Its ledger counts the writes it accepted.
 */

export interface RedmineFakeOptions {
  /** Default: the time of day. */
  readonly now?: () => Date
  /** For faults by chance; from 0 to below 1. */
  readonly random?: () => number
  /** 0, the default: any free one. */
  readonly port?: number
  /** Status word → words reachable in one step; default: all. */
  readonly workflow?: Readonly<Record<string, readonly string[]>>
}

export interface LedgerEntry {
  readonly at: Date
  readonly userId: number
  readonly what: Write
  /** Of the issue, note, attachment or version. */
  readonly id: number
}

export interface RedmineFake {
  readonly url: string
  /** Of the account `integration`, ready for the connector. */
  readonly settings: Settings
  /** `host:port`, for the list of addresses that may be private. */
  readonly address: string
  readonly state: FakeState
  /** Writes accepted through the API, in order. What people do below is not in it. */
  readonly ledger: readonly LedgerEntry[]
  /** Calls received. */
  readonly calls: () => number
  readonly people: FakePeople
  readonly faults: Pick<FaultScript, 'struck'>
  /** Replaces all faults. */
  readonly set: (faults: FaultSettings) => Promise<void>
  readonly close: () => Promise<void>
}

const MAX_BODY_BYTES = 64 * 1024 * 1024

const bodyOf = async (request: IncomingMessage): Promise<Uint8Array> => {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of request) {
    size += chunk.length
    if (size > MAX_BODY_BYTES) throw new Error('too large')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

const INSTEAD: Readonly<Partial<Record<RedmineFault, FakeAnswer>>> = {
  'server error': { status: 500 },
  auth: { status: 401 },
  html: {
    status: 200,
    bytes: Buffer.from('<html><body>Down for maintenance</body></html>'),
    headers: { 'content-type': 'text/html' },
  },
  'deep json': {
    status: 200,
    bytes: Buffer.from('['.repeat(100_000)),
    headers: { 'content-type': 'application/json' },
  },
  huge: {
    status: 200,
    bytes: Buffer.alloc(20 * 1024 * 1024, ' '),
    headers: { 'content-type': 'application/json' },
  },
}

const send = (response: ServerResponse, given: FakeAnswer, isHalf: boolean): void => {
  const json = given.json === undefined ? Buffer.alloc(0) : Buffer.from(JSON.stringify(given.json))
  const bytes = given.bytes ?? json
  if (isHalf && bytes.length === 0) return void response.destroy()
  const type = given.json === undefined ? {} : { 'content-type': 'application/json; charset=utf-8' }
  const length = given.status === 204 ? {} : { 'content-length': String(bytes.length) }
  response.writeHead(given.status, { ...type, ...length, ...given.headers })
  if (!isHalf) return void response.end(bytes)
  response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => response.destroy())
}

export const startRedmineFake = async (options: RedmineFakeOptions = {}): Promise<RedmineFake> => {
  const now = options.now ?? (() => new Date())
  const state = initialState(now().getTime())
  state.workflow = options.workflow ?? null
  const faults = faultScript(options.random ?? Math.random)
  const ledger: LedgerEntry[] = []
  let calls = 0
  let base = ''

  const work = (request: FakeRequest): FakeAnswer => {
    const given = answer(state, request, now().getTime(), base)
    if (given.wrote !== undefined && given.who !== undefined) {
      ledger.push({ at: now(), userId: given.who.id, what: given.wrote.what, id: given.wrote.id })
    }
    return given
  }

  const handle = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(incoming.url ?? '/', base)
    const { method = 'GET', headers } = incoming
    const request = {
      method,
      path: url.pathname,
      query: url.searchParams,
      headers,
      body: await bodyOf(incoming),
    }
    calls += 1
    const { latencyMs = 0, retryAfterS = 7 } = faults.settings()
    if (latencyMs > 0) await new Promise((resolve) => setTimeout(resolve, latencyMs))
    const fault = faults.strike(method !== 'GET' && url.pathname !== '/uploads.json')
    if (fault === 'drop') return void response.destroy()
    if (fault === 'rate')
      return send(response, { status: 429, headers: { 'retry-after': String(retryAfterS) } }, false)
    const instead = fault === null ? undefined : INSTEAD[fault]
    if (instead !== undefined) return send(response, instead, false)
    const given = work(request)
    if (fault === 'commit then drop') return void response.destroy()
    if (fault === 'server error after commit') return send(response, { status: 500 }, false)
    send(response, given, fault === 'half body')
  }

  const server = createServer((request, response) => {
    handle(request, response).catch(() => response.destroy())
  })
  const listen = (port: number): Promise<number> =>
    new Promise((resolve, reject) => {
      server.once('error', reject)
      server.listen(port, '127.0.0.1', () => {
        const address = server.address()
        resolve(address !== null && typeof address === 'object' ? address.port : port)
      })
    })
  const stop = async (): Promise<void> => {
    const closed = new Promise((resolve) => server.close(resolve))
    server.closeAllConnections()
    await closed
  }

  const port = await listen(options.port ?? 0)
  base = `http://127.0.0.1:${port}`

  return {
    url: base,
    address: `127.0.0.1:${port}`,
    settings: {
      url: base,
      apiKey: 'key-of-integration',
      projects: state.projects.map((each) => each.identifier),
      markerField: 'CausewayKey',
      richText: 'textile',
      maxAttachmentMb: 50,
      customFieldIds: Object.fromEntries(state.customFields.map((each) => [each.name, each.id])),
    },
    state,
    ledger,
    calls: () => calls,
    people: peopleOf(state, () => now().getTime()),
    faults,
    set: async (next) => {
      const wasDown = faults.settings().down ?? false
      faults.set(next)
      const isDown = next.down ?? false
      if (isDown && !wasDown) await stop()
      if (!isDown && wasDown) await listen(port)
    },
    close: async () => {
      if (server.listening) await stop()
    },
  }
}
