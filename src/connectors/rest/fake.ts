import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { fakeDeclaration } from './fake-declaration.ts'
import { type FakeHooks, fakeHooks, type HookFaults, type HookTarget } from './fake-hooks.ts'
import {
  type FakeAnswer,
  type FakeCall,
  type FakeIssues,
  fakeIssues,
  type LedgerEntry,
} from './fake-issues.ts'
import type { FakeIssue } from './fake-model.ts'
import type { Settings } from './schema.ts'

/**
 * A simulated tool with a simple JSON API, in this process on a port of its own: for tests and benchmarks. It keeps a
 * ledger of every write it accepted, whatever answer was given, and fails in the ways real tools do when told to.
 */

/** What goes wrong with one call. "after": the write was accepted before. */
export const FAULTS = [
  'drop before',
  'drop after',
  'hang before',
  'hang after',
  'error before',
  'error after',
  'rate limited',
  'unavailable',
  'half body',
  'html',
  'huge',
  'deep',
] as const
export type FakeFault = (typeof FAULTS)[number]

export interface FakeFaults {
  /** Waited before a call is looked at. */
  readonly latencyMs: number
  /** Share of calls with each fault, 0–1. */
  readonly rates: Readonly<Partial<Record<FakeFault, number>>>
  /** Faults of the next calls, in order, before any rate counts. */
  readonly next: readonly FakeFault[]
  readonly on: 'all' | 'reads' | 'writes'
  readonly retryAfterSeconds: number
  /** Changes show in lists this much later, as with a search index. */
  readonly listLagMs: number
  readonly hooks: Partial<HookFaults>
}

export interface RestFakeOptions {
  readonly webhook?: HookTarget
  readonly now?: () => Date
  /** 0–1; for faults that repeat. */
  readonly random?: () => number
  readonly token?: string
  readonly project?: string
}

export interface RestFake {
  readonly url: string
  /** `host:port`, for the list of allowed private addresses. */
  readonly host: string
  /** Settings of a connection that is ready to use. */
  readonly settings: Settings
  readonly declaration: ReturnType<typeof fakeDeclaration>
  readonly items: Map<string, FakeIssue>
  /** Every write accepted, oldest first; a repeated idempotency key is not accepted again. */
  readonly ledger: readonly LedgerEntry[]
  /** Calls that came, accepted or not, and faults that occurred. */
  readonly counts: { calls: number; faults: number }
  readonly hooks: FakeHooks | null
  readonly set: (faults: Partial<FakeFaults>) => void
  /** As people do it in the tool's own screens; these ring the webhook too. */
  readonly make: (fields: Readonly<Record<string, unknown>>) => FakeIssue
  readonly edit: (id: string, fields: Readonly<Record<string, unknown>>) => FakeIssue
  readonly comment: (id: string, body: string, internal: boolean) => void
  readonly remove: (id: string) => void
  readonly close: () => Promise<void>
}

const NO_FAULTS: FakeFaults = {
  latencyMs: 0,
  rates: {},
  next: [],
  on: 'all',
  retryAfterSeconds: 1,
  listLagMs: 0,
  hooks: {},
}
const BASE = '/api/'
const HUGE_BYTES = 64 * 1024 * 1024
const HUGE_BLOCK = Buffer.alloc(256 * 1024, 0x20)
const DEEP = '['.repeat(100_000)

const bodyOf = (request: IncomingMessage): Promise<Uint8Array> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () =>
      resolve(chunks.length === 1 ? (chunks[0] ?? Buffer.alloc(0)) : Buffer.concat(chunks)),
    )
    request.on('error', reject)
  })

const callOf = (request: IncomingMessage, body: Uint8Array): FakeCall => {
  const [path = '', query = ''] = (request.url ?? '').split('?', 2)
  const below = path.startsWith(BASE) ? path.slice(BASE.length).split('/').map(decodeURIComponent) : []
  return {
    method: request.method ?? 'GET',
    path: below,
    query: new URLSearchParams(query),
    headers: request.headers,
    body,
  }
}

const send = (response: ServerResponse, answer: FakeAnswer): void => {
  if (answer.bytes !== undefined) {
    response
      .writeHead(answer.status, { 'content-length': answer.bytes.length, ...answer.headers })
      .end(answer.bytes)
    return
  }
  const text = answer.json === undefined ? '' : JSON.stringify(answer.json)
  response.writeHead(answer.status, {
    ...(text === '' ? {} : { 'content-type': 'application/json' }),
    'content-length': Buffer.byteLength(text),
    ...answer.headers,
  })
  response.end(text)
}

const sendHuge = (response: ServerResponse): void => {
  response.writeHead(200, { 'content-type': 'application/json' })
  let left = HUGE_BYTES
  const more = (): void => {
    while (left > 0 && !response.destroyed) {
      left -= HUGE_BLOCK.length
      if (!response.write(HUGE_BLOCK)) {
        response.once('drain', more)
        return
      }
    }
    if (!response.destroyed) response.end()
  }
  more()
}

const sendHalf = (response: ServerResponse, answer: FakeAnswer): void => {
  const text = JSON.stringify(answer.json ?? {})
  response.writeHead(answer.status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text) + 1,
  })
  response.write(text.slice(0, Math.ceil(text.length / 2)), () => response.destroy())
}

/** Faults before the call is looked at; true: the call is over. */
const failBefore = (
  fault: FakeFault | null,
  response: ServerResponse,
  retryAfterSeconds: number,
): boolean => {
  const wait = { 'retry-after': String(retryAfterSeconds) }
  switch (fault) {
    case 'drop before':
      response.destroy()
      return true
    case 'hang before':
      return true
    case 'error before':
      send(response, { status: 500, json: { message: 'Internal error' } })
      return true
    case 'rate limited':
      send(response, { status: 429, json: { message: 'Too many requests' }, headers: wait })
      return true
    case 'unavailable':
      send(response, { status: 503, json: { message: 'Maintenance' }, headers: wait })
      return true
    default:
      return false
  }
}

/** The answer, or what is left of it. */
const answerWith = (fault: FakeFault | null, response: ServerResponse, answer: FakeAnswer): void => {
  switch (fault) {
    case 'drop after':
      response.destroy()
      return
    case 'hang after':
      return
    case 'error after':
      send(response, { status: 500, json: { message: 'Internal error' } })
      return
    case 'half body':
      sendHalf(response, answer)
      return
    case 'html':
      send(response, {
        status: 200,
        bytes: Buffer.from('<html><body><h1>Please wait</h1></body></html>'),
        headers: { 'content-type': 'text/html' },
      })
      return
    case 'huge':
      sendHuge(response)
      return
    case 'deep':
      send(response, {
        status: 200,
        bytes: Buffer.from(DEEP),
        headers: { 'content-type': 'application/json' },
      })
      return
    default:
      send(response, answer)
      return
  }
}

/** Starts it on a free port of the loopback address. */
export const startRestFake = async (options: RestFakeOptions = {}): Promise<RestFake> => {
  const now = options.now ?? (() => new Date())
  const random = options.random ?? Math.random
  const token = options.token ?? 'fake-token-0001'
  const project = options.project ?? 'FAKE'
  const issues: FakeIssues = fakeIssues(now, project)
  const hooks = options.webhook === undefined ? null : fakeHooks(options.webhook, now, random)
  const counts = { calls: 0, faults: 0 }
  let faults = NO_FAULTS
  let queue: FakeFault[] = []
  let rates: readonly (readonly [FakeFault, number])[] = []

  const faultFor = (method: string): FakeFault | null => {
    if (faults.on !== 'all' && (faults.on === 'reads') !== (method === 'GET')) return null
    const queued = queue.shift()
    if (queued !== undefined) return queued
    for (const [fault, rate] of rates) if (random() < rate) return fault
    return null
  }

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    counts.calls += 1
    const body = await bodyOf(request)
    if (faults.latencyMs > 0) await new Promise((resolve) => setTimeout(resolve, faults.latencyMs))
    if (request.headers.authorization !== `Bearer ${token}`)
      return send(response, { status: 401, json: { message: 'Bad credentials' } })
    const fault = faultFor(request.method ?? 'GET')
    if (fault !== null) counts.faults += 1
    if (failBefore(fault, response, faults.retryAfterSeconds)) return
    const answer = issues.answer(callOf(request, body), faults.listLagMs)
    if (answer.changed !== undefined) hooks?.ring('issue.updated', answer.changed)
    answerWith(fault, response, answer)
  }

  const server = createServer((request, response) => {
    handle(request, response).catch(() => {
      if (!response.headersSent) send(response, { status: 400, json: { message: 'Bad request' } })
    })
  })
  server.keepAliveTimeout = 60_000
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const host = `127.0.0.1:${address !== null && typeof address === 'object' ? address.port : 0}`
  const url = `http://${host}`
  const declaration = fakeDeclaration(`${url}/api`, project)

  const rung = <T>(id: string, result: T): T => {
    hooks?.ring('issue.updated', id)
    return result
  }

  return {
    url,
    host,
    declaration,
    settings: {
      declaration,
      secret: token,
      ...(options.webhook === undefined ? {} : { webhookSecret: options.webhook.secret }),
    },
    items: issues.items,
    ledger: issues.ledger,
    counts,
    hooks,
    set: (changed) => {
      faults = { ...faults, ...changed }
      rates = FAULTS.flatMap((fault) =>
        faults.rates[fault] === undefined ? [] : [[fault, faults.rates[fault]] as const],
      )
      if (changed.next !== undefined) queue = [...changed.next]
      if (changed.hooks !== undefined) hooks?.set(changed.hooks)
    },
    make: (fields) => {
      const made = issues.make(fields)
      return rung(made.id, made)
    },
    edit: (id, fields) => rung(id, issues.edit(id, fields)),
    comment: (id, body, internal) => {
      issues.comment(id, body, internal)
      rung(id, null)
    },
    remove: (id) => {
      issues.remove(id)
      rung(id, null)
    },
    close: async () => {
      await hooks?.close()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
