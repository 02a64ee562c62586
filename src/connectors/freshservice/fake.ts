import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { type FakeAnswer, type FaultOrder, faultOrders, insteadOf } from './fake/faults.ts'
import { type FakePeople, peopleOf } from './fake/people.ts'
import { answer, type Context, type Deed, type FakeHabits, type FakeRequest } from './fake/routes.ts'
import { type FakeRecord, type FakeState, initialState } from './fake/state.ts'
import { INFO, type Kind } from './kinds.ts'
import type { Settings } from './settings.ts'
import { SECRET_HEADER } from './webhook.ts'

/**
 * A pretended Freshservice over HTTP on loopback, written by its documentation (nobody here had a true one): lists of thirty
 * days by pages, parameters that are refused where they are not known, notes that are private unless called public, fields
 * that are needed to close, a trash that can be read and not changed, files by addresses that expire, posts of a workflow
 * that carry a secret and no signature. Its ledger counts the changes it accepted.
 */

export interface FreshserviceFakeOptions {
  readonly now?: () => Date
  /** 0, the default: any free one. */
  readonly port?: number
  /** Default: what the vendor's own SDK knows, and no more. */
  readonly habits?: Partial<FakeHabits>
}

export interface LedgerEntry {
  readonly at: Date
  readonly op: Deed
  readonly kind: Kind
  readonly id: number
}

export interface Posted {
  readonly bytes: Uint8Array
  readonly headers: Readonly<Record<string, string>>
}

export interface FreshserviceFake {
  readonly url: string
  /** `host:port`, for the list of addresses that may be private. */
  readonly host: string
  readonly settings: Settings
  readonly state: FakeState
  /** Changes accepted through the API, in order. What people do is not in it. */
  readonly ledger: readonly LedgerEntry[]
  /** Calls received: method, path and query. */
  readonly calls: readonly string[]
  readonly people: FakePeople
  /** What its workflow posted, or would have. */
  readonly posted: readonly Posted[]
  readonly sign: (bytes: Uint8Array) => Posted
  readonly setFaults: (orders: readonly FaultOrder[]) => void
  readonly goDown: () => Promise<void>
  readonly comeBack: () => Promise<void>
  readonly close: () => Promise<void>
}

const KEY = 'api-key-of-integration'
const SECRET = 'the-secret-of-the-workflow'
const MAX_BODY_BYTES = 64 * 1024 * 1024

const HABITS: FakeHabits = {
  listsByTime: false,
  listsTags: true,
  hasPriorityMatrix: false,
  publishesNotes: false,
}

const bytesOf = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of request) {
    size += chunk.length
    if (size > MAX_BODY_BYTES) throw new Error('too large')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

const formOf = (type: string, body: Buffer): Promise<FormData> | null =>
  type.startsWith('multipart/form-data')
    ? new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData()
    : null

const uploadsOf = (form: FormData | null): Promise<Context['uploads']> =>
  Promise.all(
    (form?.getAll('attachments[]') ?? []).flatMap((each) =>
      typeof each === 'string'
        ? []
        : [
            each.arrayBuffer().then((bytes) => ({
              name: each.name,
              mediaType: each.type || 'application/octet-stream',
              bytes: new Uint8Array(bytes),
            })),
          ],
    ),
  )

export const startFreshserviceFake = async (
  options: FreshserviceFakeOptions = {},
): Promise<FreshserviceFake> => {
  const now = options.now ?? (() => new Date())
  const nowMs = (): number => now().getTime()
  const habits = { ...HABITS, ...options.habits }
  const state = initialState()
  const faults = faultOrders()
  const ledger: LedgerEntry[] = []
  const calls: string[] = []
  const posted: Posted[] = []
  let base = ''

  const sign = (bytes: Uint8Array): Posted => ({
    bytes,
    headers: { 'content-type': 'application/json', [SECRET_HEADER]: SECRET },
  })
  const ring = ({ kind, id }: FakeRecord): void => {
    posted.push(sign(Buffer.from(JSON.stringify({ record: kind, id: `${INFO[kind].prefix}-${id}` }))))
  }

  const work = async (request: FakeRequest): Promise<FakeAnswer> =>
    answer({
      ...{ state, base, request, habits },
      nowMs: nowMs(),
      uploads: await uploadsOf(request.form),
      did: (op, record) => {
        ledger.push({ at: now(), op, kind: record.kind, id: record.id })
        ring(record)
      },
    })

  const isKnown = ({ headers, url }: IncomingMessage): boolean =>
    (url ?? '').startsWith('/files/') ||
    headers.authorization === `Basic ${Buffer.from(`${KEY}:X`).toString('base64')}`

  const send = (response: ServerResponse, given: FakeAnswer, isHalf: boolean): void => {
    const bytes =
      given.bytes ?? (given.json === undefined ? Buffer.alloc(0) : Buffer.from(JSON.stringify(given.json)))
    if (isHalf && bytes.length === 0) return void response.destroy()
    response.writeHead(given.status, {
      date: now().toUTCString(),
      'x-ratelimit-total': '400',
      'x-ratelimit-remaining': '399',
      'x-ratelimit-used-currentrequest': '1',
      ...(given.json === undefined ? {} : { 'content-type': 'application/json; charset=utf-8' }),
      ...(given.status === 204 ? {} : { 'content-length': String(bytes.length) }),
      ...given.headers,
    })
    if (!isHalf) return void response.end(bytes)
    response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => response.destroy())
  }

  const handle = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(incoming.url ?? '/', base)
    const { method = 'GET' } = incoming
    const body = await bytesOf(incoming)
    calls.push(`${method} ${url.pathname}${url.search}`)
    const fault = faults.strike(method, url.pathname)
    const instead = fault === null ? null : insteadOf(fault)
    if (instead !== null) return send(response, instead, false)
    if (!isKnown(incoming)) return send(response, insteadOf('auth') ?? { status: 401 }, false)
    const form = await formOf(incoming.headers['content-type'] ?? '', body)
    const given = await work({ method, path: url.pathname, query: url.searchParams, body, form })
    if (fault === 'commit then lose') return void response.destroy()
    send(response, fault === 'server error' ? { status: 500 } : given, fault === 'half body')
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
    if (!server.listening) return
    const closed = new Promise((resolve) => server.close(resolve))
    server.closeAllConnections()
    await closed
    // So that whoever was connected has heard of it before the next call.
    await new Promise((resolve) => setTimeout(resolve, 10))
  }

  const port = await listen(options.port ?? 0)
  base = `http://127.0.0.1:${port}`

  return {
    ...{ url: base, host: `127.0.0.1:${port}`, state, ledger, calls, posted, sign },
    settings: {
      url: base,
      apiKey: KEY,
      email: 'integration@example.com',
      records: ['ticket', 'problem', 'change'],
      webhookSecret: SECRET,
      callsPerSecond: 40,
    },
    people: peopleOf(state, nowMs, ring),
    setFaults: faults.set,
    goDown: stop,
    comeBack: async () => {
      if (!server.listening) await listen(port)
    },
    close: stop,
  }
}
