import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { type FaultScript, type FaultSettings, faultScript, type GithubFault } from './fake/faults.ts'
import { type FakeHooks, fakeHooks } from './fake/hooks.ts'
import { type FakePeople, peopleOf } from './fake/people.ts'
import { answer, type FakeAnswer, type Write } from './fake/routes.ts'
import { type FakeState, initialState } from './fake/state.ts'
import type { Settings } from './settings.ts'

/**
 * A pretended GitHub Enterprise Server over HTTP on loopback, with what surprises a client of the real one: times of
 * whole seconds, pull requests among the issues, labels that appear because somebody named them, what is dropped in
 * silence without the right to push, transferred issues that are redirected and whose comments are not, renamed
 * repositories, deleted issues (410), secondary limits that only their sentence tells, and webhooks that are tried once.
 * Its ledger counts the writes it accepted.
 */

export interface GithubFakeOptions {
  /** Default: the time of day. */
  readonly now?: () => Date
  /** For faults by chance; from 0 to below 1. */
  readonly random?: () => number
  /** 0, the default: any free one. */
  readonly port?: number
}

export interface LedgerEntry {
  readonly at: Date
  readonly what: Write
}

export interface GithubFake {
  readonly url: string
  /** Ready for the connector. */
  readonly settings: Settings
  /** `host:port`, for the list of addresses that may be private. */
  readonly address: string
  readonly state: FakeState
  /** Writes accepted through the API, in order. What people do is not in it. */
  readonly ledger: readonly LedgerEntry[]
  readonly calls: () => number
  readonly people: FakePeople
  readonly hooks: FakeHooks
  readonly faults: Pick<FaultScript, 'struck'>
  /** Replaces all faults. */
  readonly set: (faults: FaultSettings) => Promise<void>
  readonly close: () => Promise<void>
}

export const TOKEN = 'github_pat_of_the_fake'
const MAX_BODY_BYTES = 8 * 1024 * 1024

const bodyOf = async (request: IncomingMessage): Promise<unknown> => {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of request) {
    size += chunk.length
    if (size > MAX_BODY_BYTES) throw new Error('too large')
    chunks.push(chunk)
  }
  const text = Buffer.concat(chunks).toString('utf8')
  return text === '' ? undefined : JSON.parse(text)
}

const isMutation = (body: unknown): boolean =>
  body !== null &&
  typeof body === 'object' &&
  'query' in body &&
  typeof body.query === 'string' &&
  body.query.startsWith('mutation')

const JSON_TYPE = { 'content-type': 'application/json' }
const said = (status: number, message: string): FakeAnswer => ({ status, json: { message } })

const INSTEAD: Readonly<Partial<Record<GithubFault, FakeAnswer>>> = {
  'server error': said(500, 'Server Error'),
  auth: said(401, 'Bad credentials'),
  'secondary limit': said(
    403,
    'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.',
  ),
  html: {
    status: 200,
    bytes: Buffer.from('<html><body>We’re having a really bad day.</body></html>'),
    headers: { 'content-type': 'text/html' },
  },
  'deep json': { status: 200, bytes: Buffer.from('['.repeat(100_000)), headers: JSON_TYPE },
  huge: { status: 200, bytes: Buffer.alloc(20 * 1024 * 1024, ' '), headers: JSON_TYPE },
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

export const startGithubFake = async (options: GithubFakeOptions = {}): Promise<GithubFake> => {
  const now = options.now ?? (() => new Date())
  const nowMs = (): number => now().getTime()
  const state = initialState(nowMs())
  const faults = faultScript(options.random ?? Math.random)
  const hooks = fakeHooks(state, nowMs)
  const ledger: LedgerEntry[] = []
  let calls = 0
  let web = ''

  /** Presigned, as it were: the first address sends on to another one. */
  const file = (path: string): FakeAnswer => {
    if (path.startsWith('/presigned')) {
      const bytes = state.files.get(path.slice('/presigned'.length))
      return bytes === undefined ? said(404, 'Not Found') : { status: 200, bytes }
    }
    const isThere = state.files.has(path)
    return isThere
      ? { status: 302, headers: { location: `${web}/presigned${path}` } }
      : said(404, 'Not Found')
  }

  const work = (incoming: IncomingMessage, url: URL, body: unknown): FakeAnswer => {
    const isApi = url.pathname.startsWith('/api/')
    if (!isApi) return file(url.pathname)
    if (incoming.headers.authorization !== `Bearer ${TOKEN}`) return said(401, 'Bad credentials')
    const { method = 'GET', headers } = incoming
    const path = url.pathname.replace(/^\/api(?:\/v3)?/, '')
    const request = { method, path, query: url.searchParams, accept: headers.accept ?? '', body }
    const origins = { api: `${web}/api/v3`, web }
    const given = answer({ state, request, origins, hooks, nowMs: nowMs() })
    if (given.wrote !== undefined) ledger.push({ at: now(), what: given.wrote })
    return given
  }

  const handle = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(incoming.url ?? '/', web)
    const { method = 'GET' } = incoming
    const body = await bodyOf(incoming)
    calls += 1
    const { latencyMs = 0, retryAfterS = 7 } = faults.settings()
    if (latencyMs > 0) await new Promise((resolve) => setTimeout(resolve, latencyMs))
    const isQuestion = url.pathname === '/api/graphql' && !isMutation(body)
    const fault = faults.strike(method !== 'GET' && !isQuestion)
    if (fault === 'drop') return void response.destroy()
    if (fault === 'rate')
      return send(response, { status: 429, headers: { 'retry-after': String(retryAfterS) } }, false)
    const instead = fault === null ? undefined : INSTEAD[fault]
    if (instead !== undefined) return send(response, instead, false)
    const given = work(incoming, url, body)
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
    // So that whoever was connected has heard of it before the next call.
    await new Promise((resolve) => setTimeout(resolve, 10))
  }

  const port = await listen(options.port ?? 0)
  web = `http://127.0.0.1:${port}`

  return {
    url: `${web}/api/v3`,
    address: `127.0.0.1:${port}`,
    settings: {
      url: `${web}/api/v3`,
      repositories: state.repositories.map((each) => `${each.owner}/${each.name}`),
      token: TOKEN,
      webhookSecret: 'secret of the pretended GitHub',
      labelFields: { priority: 'priority: ', component: 'area/', Severity: 'severity: ' },
    },
    state,
    ledger,
    calls: () => calls,
    people: peopleOf(state, hooks, () => web, nowMs),
    hooks,
    faults,
    set: async (next) => {
      const wasDown = faults.settings().down ?? false
      faults.set(next)
      const isDown = next.down ?? false
      if (isDown && !wasDown) await stop()
      if (!isDown && wasDown) await listen(port)
    },
    close: async () => {
      await hooks.settled()
      if (server.listening) await stop()
    },
  }
}
