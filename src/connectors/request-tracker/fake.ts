import { createFaultScript, type Fault, type FaultScript } from './fake/faults.ts'
import { createHookPost, type Hook, type HookPost } from './fake/hooks.ts'
import type { OffsetMinutes } from './fake/query.ts'
import { answer, type FakeSettings } from './fake/routes.ts'
import { startServer } from './fake/server.ts'
import {
  type FakeState,
  type FakeTicket,
  type LedgerEntry,
  newState,
  record,
  ticketOf,
} from './fake/state.ts'
import { addMessage, createTicket, type Upload, update } from './fake/writes.ts'
import type { RequestTrackerSettings } from './settings.ts'

/**
 * A Request Tracker in this process, spoken to over real HTTP. It has the surprises of the real one (200 for a refused
 * write, ignored fields, whole seconds, merged tickets that answer with another number …), its own ledger of what was
 * accepted, and faults on a switch. Deterministic but for its port.
 *
 *     const rt = await startRequestTrackerFake({ now: () => clock })
 *     const id = rt.byHand.create({ Subject: 'Login fails' })
 *     rt.set([{ kind: 'commit then lose', method: 'POST' }])
 */
export interface FakeOptions {
  readonly now?: () => Date
  /** Where webhooks are posted. */
  readonly webhookUrl?: string
  /** Or who is told of them. */
  readonly onHook?: (hook: Hook) => Promise<void>
  /** The account's time zone, minutes east of UTC. */
  readonly offsetMinutes?: number | OffsetMinutes
}

/** What people do there. Bodies are those of REST2; each act rings the webhook, like the act of a person. */
export interface ByHand {
  create(body: Readonly<Record<string, unknown>>, by?: string): Promise<string>
  update(id: string, body: Readonly<Record<string, unknown>>, by?: string): Promise<void>
  comment(id: string, text: string, visibility: 'public' | 'internal', by?: string): Promise<string>
  attach(id: string, file: Upload, visibility: 'public' | 'internal', by?: string): Promise<void>
  remove(id: string): Promise<void>
  merge(id: string, into: string): Promise<void>
}

export interface RequestTrackerFake {
  readonly url: string
  /** `host:port`, for `allowPrivate`. */
  readonly host: string
  readonly settings: RequestTrackerSettings
  readonly state: FakeState
  readonly ledger: readonly LedgerEntry[]
  /** Requests received, as `GET /ticket/1`. */
  readonly calls: readonly string[]
  readonly faults: FaultScript
  set(faults: readonly Fault[]): void
  readonly hooks: HookPost
  readonly byHand: ByHand
  goDown(): Promise<void>
  comeBack(): Promise<void>
  close(): Promise<void>
}

export const FAKE_LOGIN = 'integration'
const TOKEN = '1-35-0123456789abcdef0123456789abcdef'
const WEBHOOK_SECRET = 'secret of the fake Request Tracker'
const POST_TIMEOUT_MS = 5_000

const poster =
  (url: string) =>
  async (hook: Hook): Promise<void> => {
    const signal = AbortSignal.timeout(POST_TIMEOUT_MS)
    await fetch(url, { method: 'POST', body: hook.bytes.slice(), headers: hook.headers, signal })
  }

const silent = async (): Promise<void> => undefined

const handsOf = (state: FakeState, hooks: HookPost): ByHand => {
  const existing = (id: string): FakeTicket => {
    const ticket = ticketOf(state, Number(id))
    if (ticket === undefined) throw new Error(`there is no ticket ${id}`)
    return ticket
  }
  const newest = (): number => state.transactions.at(-1)?.id ?? 0
  const acting = async <T>(ticket: () => FakeTicket, act: (ticket: FakeTicket) => T): Promise<T> => {
    const since = newest()
    const touched = ticket()
    const result = act(touched)
    if (newest() > since) await hooks.ring(touched, since)
    return result
  }
  const messageKind = (visibility: 'public' | 'internal') =>
    visibility === 'public' ? 'correspond' : 'comment'
  return {
    create: (body, by = 'agent') =>
      acting(
        () => createTicket(state, { Queue: 'Support', ...body }, [], by, 'hand'),
        (ticket) => String(ticket.id),
      ),
    update: (id, body, by = 'agent') =>
      acting(
        () => existing(id),
        (ticket) => void update(state, ticket, body, by, 'hand'),
      ),
    comment: (id, text, visibility, by = 'agent') =>
      acting(
        () => existing(id),
        (ticket) => {
          const body = { Content: text, ContentType: 'text/plain' }
          return String(addMessage(state, ticket, messageKind(visibility), body, [], by, 'hand').id)
        },
      ),
    attach: (id, file, visibility, by = 'agent') =>
      acting(
        () => existing(id),
        (ticket) => void addMessage(state, ticket, messageKind(visibility), {}, [file], by, 'hand'),
      ),
    remove: (id) =>
      acting(
        () => existing(id),
        (ticket) => {
          update(state, ticket, { Status: 'deleted' }, 'agent', 'hand')
        },
      ),
    merge: (id, into) =>
      acting(
        () => existing(into),
        (target) => {
          existing(id).mergedInto = target.id
          record(state, target, 'AddLink', 'agent')
          state.ledger.push({
            at: state.now(),
            via: 'hand',
            by: 'agent',
            op: 'merge',
            ticketId: Number(id),
            messages: [],
          })
        },
      ),
  }
}

export const startRequestTrackerFake = async (options: FakeOptions = {}): Promise<RequestTrackerFake> => {
  const now = options.now ?? (() => new Date())
  const state = newState(now)
  const faults = createFaultScript()
  const deliver = options.onHook ?? (options.webhookUrl === undefined ? silent : poster(options.webhookUrl))
  const hooks = createHookPost(state, WEBHOOK_SECRET, deliver)
  const calls: string[] = []
  let rest = ''
  const { offsetMinutes = 0 } = options
  const zone = typeof offsetMinutes === 'number' ? (): number => offsetMinutes : offsetMinutes
  const settingsNow = (): FakeSettings => ({ rest, offsetMinutes: zone })

  const listening = await startServer({
    token: TOKEN,
    login: FAKE_LOGIN,
    now,
    takeFault: (method, path) => {
      calls.push(`${method} ${path}`)
      return faults.take(method, path)
    },
    handle: async (request) => {
      const since = state.transactions.at(-1)?.id ?? 0
      const given = answer(state, request, settingsNow())
      const ticket = given.touched === undefined ? undefined : ticketOf(state, given.touched)
      if (ticket !== undefined) await hooks.ring(ticket, since)
      return given
    },
  })
  const host = `127.0.0.1:${listening.port}`
  const url = `http://${host}`
  rest = `${url}/REST/2.0`

  return {
    url,
    host,
    settings: { url, token: TOKEN, queues: state.queues, webhookSecret: WEBHOOK_SECRET },
    state,
    ledger: state.ledger,
    calls,
    faults,
    set: faults.set,
    hooks,
    byHand: handsOf(state, hooks),
    goDown: listening.goDown,
    comeBack: listening.comeBack,
    close: listening.goDown,
  }
}
