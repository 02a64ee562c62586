import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { FakeAnswer, Write } from './fake/exchange.ts'
import { type AzureFault, type FaultOrder, faultScript } from './fake/faults.ts'
import { type FakePost, bodyOf as hookBody, postsFor } from './fake/hooks.ts'
import { type FakePeople, peopleOf } from './fake/people.ts'
import { answer, isWrite } from './fake/routes.ts'
import { type FakeItem, type FakeState, initialState } from './fake/state.ts'
import type { Settings } from './settings.ts'

/**
 * A pretended Azure DevOps on loopback, with what surprises a client of the real one: a page to sign in at with status 203,
 * items hidden and deleted that both look as if they were not there, empty fields left out, tags that `add` joins, rules
 * that name the field they refuse, revisions made by comments, service hooks that sign nothing and are switched off.
 */

export interface LedgerEntry {
  readonly at: Date
  readonly what: Write
  readonly id: string
}

export interface AzureFake {
  /** Of the organisation. */
  readonly url: string
  readonly settings: Settings
  /** `host:port`, for the list of addresses that may be private. */
  readonly address: string
  readonly state: FakeState
  /** Changes accepted through the API, in order. What people do is not in it. */
  readonly ledger: readonly LedgerEntry[]
  readonly calls: () => number
  /** Method and path of each call, in order. */
  readonly log: readonly string[]
  readonly people: FakePeople
  /** What the service hooks posted, in order. */
  readonly posted: readonly FakePost[]
  /** A post about an item, as a subscription of ours would send it. */
  readonly postFor: (id: number, event?: string) => Uint8Array
  readonly set: (orders: readonly FaultOrder[]) => void
  /** Refuses connections until it comes back. */
  readonly goDown: () => Promise<void>
  readonly comeBack: () => Promise<void>
  readonly close: () => Promise<void>
}

export interface AzureFakeOptions {
  readonly now?: () => Date
  readonly pageLimit?: number
  readonly settings?: Partial<Settings>
  /** Carries what the service hooks post; a failure puts the subscription on probation, as there. */
  readonly deliver?: (post: FakePost) => Promise<boolean>
}

const ORGANISATION = '/fabrikam'
const PAT = 'pat-of-the-integration-account'
export const FAKE_HOOK_SECRET = 'hook-secret-of-the-fake-1a2b3c4d'
const MAX_BODY_BYTES = 64 * 1024 * 1024

const read = async (request: IncomingMessage): Promise<Uint8Array> => {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of request) {
    size += chunk.length
    if (size > MAX_BODY_BYTES) throw new Error('too large')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

const page = (status: number, text: string): FakeAnswer => ({
  status,
  bytes: Buffer.from(`<!DOCTYPE html><html><body>${text}</body></html>`),
  headers: { 'content-type': 'text/html; charset=utf-8' },
})
const odd = (bytes: Uint8Array): FakeAnswer => ({
  status: 200,
  bytes,
  headers: { 'content-type': 'application/json' },
})
const SIGNED_OUT = page(203, 'Azure DevOps Services | Sign In')

const INSTEAD: Readonly<Partial<Record<AzureFault, () => FakeAnswer>>> = {
  'server error': () => ({ status: 500 }),
  'signed out': () => SIGNED_OUT,
  rate: () => ({
    status: 429,
    headers: { 'retry-after': '7', 'x-ratelimit-resource': 'WorkItemTracking', 'x-ratelimit-remaining': '0' },
  }),
  html: () => page(200, 'Down for maintenance'),
  'deep json': () => odd(Buffer.from('['.repeat(100_000))),
  huge: () => odd(Buffer.alloc(20 * 1024 * 1024, ' ')),
}

const send = (response: ServerResponse, given: FakeAnswer, isHalf: boolean): void => {
  const json = given.json === undefined ? Buffer.alloc(0) : Buffer.from(JSON.stringify(given.json))
  const bytes = given.bytes ?? json
  if (isHalf && bytes.length === 0) return void response.destroy()
  const type =
    given.json === undefined ? {} : { 'content-type': 'application/json; charset=utf-8; api-version=7.1' }
  const length = given.status === 204 ? {} : { 'content-length': String(bytes.length) }
  response.writeHead(given.status, { ...type, ...length, ...given.headers })
  if (!isHalf) return void response.end(bytes)
  response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => response.destroy())
}

export const startAzureFake = async (options: AzureFakeOptions = {}): Promise<AzureFake> => {
  const now = options.now ?? (() => new Date())
  const nowMs = (): number => now().getTime()
  const state = initialState()
  const faults = faultScript()
  const ledger: LedgerEntry[] = []
  const log: string[] = []
  const posted: FakePost[] = []
  let base = ''

  const ring = (event: string, item: FakeItem): void => {
    for (const post of postsFor(state, event, item, nowMs())) {
      posted.push(post)
      void options.deliver?.(post).then((taken) => {
        const subscription = state.subscriptions.get(post.subscriptionId)
        if (!taken && subscription !== undefined) subscription['status'] = 'onProbation'
      })
    }
  }

  const handle = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(incoming.url ?? '/', base)
    const method = incoming.method ?? 'GET'
    const body = await read(incoming)
    const path = url.pathname.startsWith(`${ORGANISATION}/`) ? url.pathname.slice(ORGANISATION.length) : ''
    log.push(`${method} ${path}`)
    const fault = faults.strike(isWrite(method, path))
    const instead = fault === null ? undefined : INSTEAD[fault]?.()
    if (instead !== undefined) return send(response, instead, false)
    const isKnown = incoming.headers.authorization === `Basic ${Buffer.from(`:${PAT}`).toString('base64')}`
    if (!isKnown) return send(response, SIGNED_OUT, false)
    const world = { state, nowMs: nowMs(), base, pageLimit: options.pageLimit ?? 200 }
    const given = answer(world, { method, path, query: url.searchParams, headers: incoming.headers, body })
    if (given.wrote !== undefined) {
      ledger.push({ at: now(), what: given.wrote.what, id: given.wrote.id })
      if (given.wrote.item !== undefined) ring(given.wrote.event ?? 'workitem.updated', given.wrote.item)
    }
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
  const port = await listen(0)
  base = `http://127.0.0.1:${port}${ORGANISATION}`

  return {
    url: base,
    address: `127.0.0.1:${port}`,
    settings: {
      url: base,
      token: PAT,
      projects: state.projects.map(({ name }) => name),
      iterationsAsReleases: true,
      webhookSecret: FAKE_HOOK_SECRET,
      ...options.settings,
    },
    state,
    ledger,
    calls: () => log.length,
    log,
    people: peopleOf(state, nowMs, ring),
    posted,
    postFor: (id, event = 'workitem.updated') => {
      const item = state.items.get(id)
      if (item === undefined) throw new Error(`there is no work item ${id}`)
      return Buffer.from(JSON.stringify(hookBody(event, item, 'a-subscription', nowMs())))
    },
    set: (orders) => faults.set(orders),
    goDown: stop,
    comeBack: async () => {
      await listen(port)
    },
    close: async () => {
      if (server.listening) await stop()
    },
  }
}
