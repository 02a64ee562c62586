import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { type FaultOrder, takeFault, wrongAnswer } from './fake/faults.ts'
import { hookHeaders, issueHook, type SentHook } from './fake/hooks.ts'
import { type FakePeople, peopleOf } from './fake/people.ts'
import { answer, type FakeAnswer, type FakeRequest, type Write } from './fake/routes.ts'
import { type FakeState, initialState, issueAt } from './fake/state.ts'
import type { Settings } from './settings.ts'

/**
 * A pretended GitLab over HTTP on loopback, with what surprises a client of the real one: it obeys quick actions in
 * texts, makes labels that it does not know, leaves out assignees without a word, answers 404 for what is hidden, gives a
 * moved issue a new number, lists files nowhere, and gives up on webhooks that fail. Its ledger counts accepted writes.
 */

export interface GitLabFakeOptions {
  /** Default: the time of day. */
  readonly now?: () => Date
  /** 0, the default: any free one. */
  readonly port?: number
}

export interface LedgerEntry {
  readonly at: Date
  readonly what: Write
  readonly id: number
}

export interface GitLabFake {
  readonly url: string
  /** Of the account `causeway`, ready for the connector. */
  readonly settings: Settings
  /** `host:port`, for the list of addresses that may be private. */
  readonly address: string
  readonly state: FakeState
  /** Writes accepted through the API, in order. What people do is not in it. */
  readonly ledger: readonly LedgerEntry[]
  /** Calls received, as `GET /path`. */
  readonly calls: readonly string[]
  readonly people: FakePeople
  /** Replaces all faults. `down` refuses connections. */
  readonly set: (orders: readonly FaultOrder[], more?: { readonly down?: boolean }) => Promise<void>
  /** The webhook of an issue as it is now, and the headers GitLab would give any body. */
  readonly ring: (ref: string) => SentHook
  readonly sign: (bytes: Uint8Array) => SentHook
  readonly close: () => Promise<void>
}

const MAX_BODY_BYTES = 64 * 1024 * 1024
/** 32 bytes that nobody should use. */
export const FAKE_SIGNING_TOKEN = `whsec_${Buffer.alloc(32, 'causeway').toString('base64')}`

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

const send = (response: ServerResponse, given: FakeAnswer, isHalf = false): void => {
  const json = given.json === undefined ? Buffer.alloc(0) : Buffer.from(JSON.stringify(given.json))
  const bytes = given.bytes ?? json
  const type = given.json === undefined ? {} : { 'content-type': 'application/json' }
  const length = given.status === 204 ? {} : { 'content-length': String(bytes.length) }
  response.writeHead(given.status, { ...type, ...length, ...given.headers })
  if (!isHalf) return void response.end(bytes)
  response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => response.destroy())
}

/** Uploads and questions to GraphQL change nothing that is seen. */
const isWrite = ({ method, path }: FakeRequest): boolean =>
  method !== 'GET' && path !== '/api/graphql' && !(method === 'POST' && path.endsWith('/uploads'))

export const startGitLabFake = async (options: GitLabFakeOptions = {}): Promise<GitLabFake> => {
  const now = options.now ?? (() => new Date())
  const state = initialState(now().getTime())
  const ledger: LedgerEntry[] = []
  const calls: string[] = []
  let orders: FaultOrder[] = []
  let base = ''

  const work = (request: FakeRequest): FakeAnswer => {
    const given = answer(state, request, now().getTime(), base)
    if (given.wrote !== undefined) ledger.push({ at: now(), ...given.wrote })
    return given
  }

  const handle = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(incoming.url ?? '/', base)
    const { method = 'GET', headers } = incoming
    const request = {
      method,
      path: url.pathname,
      query: url.searchParams,
      token: String(headers['private-token'] ?? ''),
      contentType: headers['content-type'] ?? '',
      body: await bodyOf(incoming),
    }
    calls.push(`${method} ${url.pathname}`)
    const fault = takeFault(orders, isWrite(request))
    const wrong = fault === null ? null : wrongAnswer(fault)
    if (wrong !== null) return send(response, wrong)
    const given = work(request)
    if (fault === 'commit then drop') return void response.destroy()
    if (fault === 'server error after commit')
      return send(response, { status: 502, json: { message: '502 Bad Gateway' } })
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
    // The other side must see its idle connections end, or it sends into one of them.
    await new Promise((resolve) => setTimeout(resolve, 10))
  }

  const port = await listen(options.port ?? 0)
  base = `http://127.0.0.1:${port}`

  const signed = (bytes: Uint8Array): SentHook => ({
    bytes,
    headers: hookHeaders(bytes, FAKE_SIGNING_TOKEN, now().getTime()),
  })

  return {
    url: base,
    address: `127.0.0.1:${port}`,
    settings: {
      url: base,
      token: 'token-of-causeway',
      projects: state.projects.map(({ path }) => path),
      labelFields: { workflow: 'status', priority: 'priority', team: 'cf:team' },
      webhookSecret: FAKE_SIGNING_TOKEN,
    },
    state,
    ledger,
    calls,
    people: peopleOf(state, () => now().getTime()),
    set: async (next, { down = false } = {}) => {
      orders = [...next]
      if (down && server.listening) await stop()
      if (!down && !server.listening) await listen(port)
    },
    ring: (ref) => {
      const [project, iid] = ref.split(':').map(Number)
      const issue = issueAt(state, project ?? 0, iid ?? 0)
      if (issue === undefined) throw new Error(`there is no issue ${ref}`)
      return signed(issueHook(state, base, issue))
    },
    sign: signed,
    close: async () => {
      if (server.listening) await stop()
    },
  }
}
