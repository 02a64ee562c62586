import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { type FakeAnswer, type FakeFault, type FaultOrder, faultOrders, insteadOf } from './fake/faults.ts'
import { type FakePeople, peopleOf } from './fake/people.ts'
import { answer, type Deed, type FakeRequest } from './fake/routes.ts'
import { type FakeState, type FakeTicket, type FakeUser, initialState, OUR_ID } from './fake/state.ts'
import { eventBody, type Posted, signed } from './fake/webhooks.ts'
import type { Settings } from './settings.ts'

/**
 * A pretended Zendesk Support over HTTP on loopback, written by its documentation (nobody here had a true one): comments
 * that are public unless called private, tags and dropdowns that move together, statuses with their rules, safe updates by
 * the second, idempotency keys of two hours, an export that is blind for a minute, files by way of a redirect, webhooks
 * whose secret it makes itself. Its ledger counts the changes it accepted.
 */

export interface ZendeskFakeOptions {
  readonly now?: () => Date
  /** 0, the default: any free one. */
  readonly port?: number
  /** Calls of the incremental export in a minute. Default: as many as one likes; Zendesk allows 10. */
  readonly exportsAllowed?: number
  /** Files are given at once instead of by way of a redirect. */
  readonly plainFiles?: boolean
}

export interface LedgerEntry {
  readonly at: Date
  readonly op: Deed
  readonly ticketId: number
}

export interface ZendeskFake {
  readonly url: string
  /** `host:port`, for the list of addresses that may be private. */
  readonly host: string
  readonly settings: Settings
  readonly state: FakeState
  /** Changes accepted through the API, in order. What people do is not in it. */
  readonly ledger: readonly LedgerEntry[]
  /** Calls received: method and path. */
  readonly calls: readonly string[]
  readonly people: FakePeople
  /** What it posted, or would have: signed with the secret of the settings. */
  readonly posted: readonly Posted[]
  readonly sign: (bytes: Uint8Array) => Posted
  /** The account we work under, for what a lesser one may not do. */
  readonly become: (more: Partial<FakeUser>) => void
  readonly setFaults: (orders: readonly FaultOrder[]) => void
  readonly goDown: () => Promise<void>
  readonly comeBack: () => Promise<void>
  readonly close: () => Promise<void>
}

const MAX_BODY_BYTES = 64 * 1024 * 1024
const SECRET = 'the-signing-secret-of-zendesk'
const EMAIL = 'integration@example.com'
const TOKEN = 'api-token-of-integration'

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

const flat = (headers: IncomingMessage['headers']): FakeRequest['headers'] =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
  )

const isAuthorized = ({ authorization }: IncomingMessage['headers']): boolean =>
  authorization === `Basic ${Buffer.from(`${EMAIL}/token:${TOKEN}`).toString('base64')}` ||
  authorization === 'Bearer oauth-access-token'

export const startZendeskFake = async (options: ZendeskFakeOptions = {}): Promise<ZendeskFake> => {
  const now = options.now ?? (() => new Date())
  const nowMs = (): number => now().getTime()
  const state = initialState()
  const faults = faultOrders()
  const ledger: LedgerEntry[] = []
  const calls: string[] = []
  const exportsAt: number[] = []
  const posted: Posted[] = []
  let base = ''
  let us: Partial<FakeUser> = {}

  const sign = (bytes: Uint8Array): Posted => signed(bytes, SECRET, nowMs(), `invocation-${posted.length}`)
  const ring = (ticket: FakeTicket, what: string): void => {
    posted.push(sign(eventBody(state, ticket, what, nowMs())))
  }
  const who = (): FakeUser => {
    const found = state.users.find(({ id }) => id === OUR_ID)
    if (found === undefined) throw new Error('the account is missing')
    return { ...found, ...us }
  }

  const work = (request: FakeRequest): FakeAnswer => {
    const isToken = request.path === '/oauth/tokens'
    if (isToken) return tokenFor(request)
    return answer({
      state,
      request,
      nowMs: nowMs(),
      base,
      who: who(),
      exportsAllowed: options.exportsAllowed ?? Number.POSITIVE_INFINITY,
      exportsInMinute: () => {
        exportsAt.push(nowMs())
        return exportsAt.filter((at) => at > nowMs() - 60_000).length
      },
      did: (op, ticketId) => {
        ledger.push({ at: now(), op, ticketId })
        const ticket = state.tickets.get(ticketId)
        if (ticket !== undefined) ring(ticket, op === 'create' ? 'created' : 'subject_changed')
      },
    })
  }

  const reply = (request: FakeRequest, isKnown: boolean): FakeAnswer => {
    const isFile = /^\/(?:attachments|files)\//.test(request.path)
    if (!isKnown && !isFile && request.path !== '/oauth/tokens')
      return { status: 401, json: { error: "Couldn't authenticate you" } }
    const given = work(request)
    const target = given.headers?.['location']
    return options.plainFiles && target !== undefined
      ? work({ ...request, path: new URL(target).pathname })
      : given
  }

  const send = (response: ServerResponse, given: FakeAnswer, isHalf: boolean): void => {
    const bytes =
      given.bytes ?? (given.json === undefined ? Buffer.alloc(0) : Buffer.from(JSON.stringify(given.json)))
    if (isHalf && bytes.length === 0) return void response.destroy()
    response.writeHead(given.status, {
      date: now().toUTCString(),
      'x-rate-limit': '400',
      'x-rate-limit-remaining': '399',
      'ratelimit-reset': '30',
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
    const request: FakeRequest = {
      method,
      path: url.pathname,
      query: url.searchParams,
      headers: flat(incoming.headers),
      body: await bodyOf(incoming),
    }
    calls.push(`${method} ${url.pathname}`)
    const fault: FakeFault | null = faults.strike(method, url.pathname)
    const instead = fault === null ? null : insteadOf(fault)
    if (instead !== null) return send(response, instead, false)
    const given = reply(request, isAuthorized(incoming.headers))
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
    url: base,
    host: `127.0.0.1:${port}`,
    settings: {
      url: base,
      email: EMAIL,
      apiToken: TOKEN,
      groups: [],
      webhookSecret: SECRET,
      redactFiles: true,
      callsPerSecond: 40,
    },
    state,
    ledger,
    calls,
    people: peopleOf(state, nowMs, ring),
    posted,
    sign,
    become: (more) => {
      us = more
    },
    setFaults: faults.set,
    goDown: stop,
    comeBack: async () => {
      if (!server.listening) await listen(port)
    },
    close: stop,
  }
}

/** Of the client `causeway` alone; tokens hold for half an hour. */
const tokenFor = ({ body }: FakeRequest): FakeAnswer => {
  const asked = Buffer.from(body).toString('utf8')
  if (!asked.includes('"client_id":"causeway"') || !asked.includes('"client_secret":"secret-of-the-client"'))
    return {
      status: 401,
      json: { error: 'invalid_client', error_description: 'Client authentication failed' },
    }
  const json = {
    access_token: 'oauth-access-token',
    token_type: 'bearer',
    scope: 'read write',
    expires_in: 1800,
  }
  return { status: 200, json }
}
