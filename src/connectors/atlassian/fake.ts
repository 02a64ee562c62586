import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { type FaultOrder, faultsOf, INSTEAD } from './fake/faults.ts'
import { delivery, signed } from './fake/hooks.ts'
import { type FakePeople, peopleOf } from './fake/people.ts'
import { answer, type FakeAnswer, type FakeRequest, type Write } from './fake/routes.ts'
import { type FakeOptions, type FakeState, initialState, live } from './fake/state.ts'
import { isParams } from './fake/writes.ts'
import type { JiraSettings } from './settings.ts'

/**
 * A pretended Jira over HTTP on loopback, Cloud or Data Center, with or without a desk, faithful to what hurts: a search
 * whose index lags and keeps what was deleted, page tokens that fit one question and expire, files behind a redirect,
 * options refused by the ids of fields, steps that demand fields, restrictions of comments that an edit without them
 * takes away, webhooks of apps that expire. Its ledger counts the writes it accepted.
 */

export interface JiraFakeOptions extends Partial<FakeOptions> {
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

export interface JiraFake {
  readonly url: string
  /** `host:port`, for the list of addresses that may be private. */
  readonly address: string
  readonly settings: JiraSettings & { readonly token: string; readonly webhookSecret: string }
  readonly state: FakeState
  /** Writes accepted through the API, in order. What people do below is not in it. */
  readonly ledger: readonly LedgerEntry[]
  readonly calls: () => number
  readonly people: FakePeople
  readonly hook: {
    readonly about: (id: string) => ReturnType<typeof delivery>
    readonly sign: (bytes: Uint8Array) => ReturnType<typeof signed>
  }
  /** Replaces all faults. */
  readonly set: (orders: readonly FaultOrder[]) => void
  readonly goDown: () => Promise<void>
  readonly comeBack: () => Promise<void>
  readonly close: () => Promise<void>
}

const TOKEN = 'token-of-integration'
const SECRET = 'secret-of-the-webhooks'
const MAX_BODY_BYTES = 64 * 1024 * 1024
/** They change nothing that is seen. */
const READS_BY_POST = /\/(search|search\/jql|issue\/bulkfetch|attachTemporaryFile)$/

const bodyOf = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of request) {
    size += chunk.length
    if (size > MAX_BODY_BYTES) throw new Error('too large')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

const send = (response: ServerResponse, given: FakeAnswer, date: string, isHalf: boolean): void => {
  const bytes =
    given.bytes ?? (given.json === undefined ? Buffer.alloc(0) : Buffer.from(JSON.stringify(given.json)))
  if (isHalf && bytes.length === 0) return void response.destroy()
  const type = given.json === undefined ? {} : { 'content-type': 'application/json;charset=UTF-8' }
  const length = given.status === 204 ? {} : { 'content-length': String(bytes.length) }
  response.writeHead(given.status, { date, ...type, ...length, ...given.headers })
  if (!isHalf) return void response.end(bytes)
  response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => response.destroy())
}

const paramsOf = (body: Buffer, type: string) => {
  if (!type.includes('json') || body.length === 0) return {}
  const value: unknown = JSON.parse(body.toString('utf8'))
  return isParams(value) ? value : {}
}

export const startJiraFake = async (options: JiraFakeOptions = {}): Promise<JiraFake> => {
  const { now = () => new Date(), cloud = true, desk = false, lagMs = 0 } = options
  const state = initialState({ cloud, desk, lagMs })
  const faults = faultsOf()
  const ledger: LedgerEntry[] = []
  let calls = 0
  let base = ''

  const isKnown = (header: string | undefined): boolean =>
    header === `Bearer ${TOKEN}` ||
    header === `Basic ${Buffer.from(`integration@example.com:${TOKEN}`).toString('base64')}`

  const work = (request: FakeRequest): FakeAnswer => {
    const header = request.headers['authorization']
    if (!isKnown(typeof header === 'string' ? header : undefined))
      return { status: 401, json: { message: 'Client must be authenticated to access this resource.' } }
    const params = paramsOf(request.body, String(request.headers['content-type'] ?? ''))
    const given = answer({ state, request, params, nowMs: now().getTime(), base })
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
      headers,
      body: await bodyOf(incoming),
    }
    calls += 1
    const date = now().toUTCString()
    const fault = faults.strike(method !== 'GET' && !READS_BY_POST.test(url.pathname))
    const instead = fault === null ? undefined : INSTEAD[fault]
    if (instead !== undefined) return send(response, { ...instead, bytes: instead.bytes() }, date, false)
    const given = work(request)
    if (fault === 'commit then drop') return void response.destroy()
    if (fault === 'server error') return send(response, { status: 500 }, date, false)
    send(response, given, date, fault === 'half body')
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
    // who was connected notices in the next turns of the loop
    await new Promise((resolve) => setTimeout(resolve, 10))
  }

  const port = await listen(options.port ?? 0)
  base = `http://127.0.0.1:${port}`
  const whole = (id: string) => {
    const issue = live(state, id)
    if (issue === null) throw new Error(`there is no issue ${id}`)
    return issue
  }

  return {
    url: base,
    address: `127.0.0.1:${port}`,
    settings: {
      deployment: cloud ? 'cloud' : 'data-center',
      url: base,
      email: 'integration@example.com',
      token: TOKEN,
      projects: state.projects.map((each) => each.key),
      maxAttachmentMb: 10,
      webhookSecret: SECRET,
    },
    state,
    ledger,
    calls: () => calls,
    people: peopleOf(state, () => now().getTime()),
    hook: {
      about: (id) => delivery(whole(id), SECRET, now().getTime()),
      sign: (bytes) => signed(bytes, SECRET, 'd-1'),
    },
    set: faults.set,
    goDown: stop,
    comeBack: async () => {
      await listen(port)
    },
    close: async () => {
      if (server.listening) await stop()
    },
  }
}
