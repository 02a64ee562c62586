import { createFaultScript, type Fault } from './fake/faults.ts'
import { createHookPost, type Hook, type HookPost } from './fake/hooks.ts'
import { type FakeAnswer, openRoutes } from './fake/routes.ts'
import { startServer } from './fake/server.ts'
import {
  type Account,
  type FakeState,
  type LedgerEntry,
  newState,
  rowsOf,
  userOf,
  type Values,
} from './fake/state.ts'
import { attachFile, createRecord, type FakeFile, removeRecord, updateRecord } from './fake/write.ts'
import type { Settings } from './settings.ts'

/**
 * A ServiceNow in this process, spoken to over real HTTP, with what hurts a client of the real one: display values in
 * the account's language, zone and format; journals that read back empty in the record; rows that ACLs take out after
 * a page was cut; conditions, columns and writes that are dropped in silence; rules that abort with 403 or with 200; a
 * quota that ends an answer in the middle. Written from the documentation: nobody here has seen the real one.
 *
 *     const instance = await startServiceNowFake({ now: () => clock })
 *     const id = await instance.byHand.create('incident', { short_description: 'Login fails' })
 *     instance.account.hiddenColumns.add('incident.description')
 *     instance.set([{ kind: 'quota', method: 'GET' }])
 */
export interface FakeOptions {
  readonly now?: () => Date
  /** Who is told of changes, as by the business rule. */
  readonly onHook?: (hook: Hook) => Promise<void>
}

/** What people do there; each act rings. */
export interface ByHand {
  create(table: string, values: Values, by?: string): Promise<string>
  update(table: string, id: string, values: Values, by?: string): Promise<void>
  attach(table: string, id: string, file: FakeFile, by?: string): Promise<void>
  remove(table: string, id: string): Promise<void>
  /** "Insert and stay": all columns are copied, the marker too. */
  copy(table: string, id: string): Promise<string>
}

export interface ServiceNowFake {
  readonly url: string
  /** `host:port`, for `allowPrivate`. */
  readonly host: string
  readonly settings: Settings
  readonly state: FakeState
  /** How the account of Causeway sees things. */
  readonly account: Account
  readonly ledger: readonly LedgerEntry[]
  /** Requests received, as `GET /api/now/table/incident`. */
  readonly calls: readonly string[]
  readonly hooks: HookPost
  readonly byHand: ByHand
  /** The `sys_id` of a person, a group, a service. */
  idOf(table: string, name: string): string
  set(faults: readonly Fault[]): void
  goDown(): Promise<void>
  comeBack(): Promise<void>
  close(): Promise<void>
}

const PASSWORD = 'password of the fake ServiceNow'
const WEBHOOK_SECRET = 'secret of the fake ServiceNow'
export const FAKE_CLIENT = {
  clientId: 'client of Causeway',
  clientSecret: 'client secret of the fake',
} as const
export const FAKE_REFRESH_TOKEN = 'refresh token of the fake'
const TOKEN_LASTS_S = 1_800

const handsOf = (state: FakeState, hooks: HookPost): ByHand => {
  const existing = (table: string, id: string): Values => {
    const row = rowsOf(state, table).get(id)
    if (row === undefined) throw new Error(`there is no ${id} in ${table}`)
    return row
  }
  const made = async (table: string, values: Values, by: string): Promise<string> => {
    const outcome = createRecord(state, table, values, by, 'hand')
    if (outcome === 'aborted' || !outcome.ok) throw new Error('the fake refused it')
    const id = outcome.row['sys_id'] ?? ''
    await hooks.ring(table, id)
    return id
  }
  return {
    create: (table, values, by = 'agent') => made(table, values, by),
    update: async (table, id, values, by = 'agent') => {
      updateRecord(state, table, existing(table, id), values, by, 'hand')
      await hooks.ring(table, id)
    },
    attach: async (table, id, file, by = 'agent') => {
      attachFile(state, table, id, file, by, 'hand')
      await hooks.ring(table, id)
    },
    remove: async (table, id) => {
      removeRecord(state, table, id, 'agent', 'hand')
      await hooks.ring(table, id)
    },
    copy: (table, id) => made(table, { ...existing(table, id) }, 'agent'),
  }
}

/** One token at a time, as long as it lasts. */
const tokensOf = (now: () => Date) => {
  let current: { readonly token: string; readonly until: number } | null = null
  let made = 0
  const isRight = (form: URLSearchParams): boolean => {
    const isClient =
      form.get('client_id') === FAKE_CLIENT.clientId && form.get('client_secret') === FAKE_CLIENT.clientSecret
    switch (form.get('grant_type')) {
      case 'client_credentials':
        return isClient
      case 'password':
        return isClient && form.get('username') === 'integration' && form.get('password') === PASSWORD
      case 'refresh_token':
        return isClient && form.get('refresh_token') === FAKE_REFRESH_TOKEN
      default:
        return false
    }
  }
  return {
    isGood: (token: string): boolean =>
      current !== null && current.token === token && now().getTime() < current.until,
    give: (form: URLSearchParams): FakeAnswer => {
      if (!isRight(form))
        return {
          status: 401,
          headers: {},
          json: { error: 'server_error', error_description: 'access_denied' },
        }
      made += 1
      current = { token: `token-${made}`, until: now().getTime() + TOKEN_LASTS_S * 1_000 }
      return {
        status: 200,
        headers: {},
        json: {
          access_token: current.token,
          refresh_token: FAKE_REFRESH_TOKEN,
          scope: 'useraccount',
          token_type: 'Bearer',
          expires_in: TOKEN_LASTS_S,
        },
      }
    },
  }
}

export const startServiceNowFake = async (options: FakeOptions = {}): Promise<ServiceNowFake> => {
  const now = options.now ?? (() => new Date())
  const state = newState(now)
  const faults = createFaultScript()
  const hooks = createHookPost(state, WEBHOOK_SECRET, options.onHook ?? (async () => undefined))
  const tokens = tokensOf(now)
  const calls: string[] = []
  let url = ''
  const route = openRoutes(state, () => url)
  // Case counts in the password alone.
  const isBasic = (authorization: string): boolean => {
    const plain = Buffer.from(authorization.replace(/^Basic /, ''), 'base64').toString('utf8')
    const at = plain.indexOf(':')
    return plain.slice(0, at).toLowerCase() === 'integration' && plain.slice(at + 1) === PASSWORD
  }

  const listening = await startServer({
    now,
    isAllowed: (authorization) =>
      isBasic(authorization) ||
      (authorization.startsWith('Bearer ') && tokens.isGood(authorization.slice('Bearer '.length))),
    takeFault: (method, path) => {
      calls.push(`${method} ${path}`)
      return faults.take(method, path)
    },
    token: tokens.give,
    handle: async (request) => {
      const given = route(request)
      if (given.touched !== undefined) await hooks.ring(given.touched.table, given.touched.id)
      return given
    },
  })
  const host = `127.0.0.1:${listening.port}`
  url = `http://${host}`

  return {
    url,
    host,
    settings: { url, username: 'integration', password: PASSWORD, webhookSecret: WEBHOOK_SECRET },
    state,
    account: state.account,
    ledger: state.ledger,
    calls,
    hooks,
    byHand: handsOf(state, hooks),
    idOf: (table, name) => {
      const found =
        table === 'sys_user'
          ? userOf(state, name)
          : [...rowsOf(state, table).values()].find((row) => row['name'] === name)
      return found?.['sys_id'] ?? ''
    },
    set: faults.set,
    goDown: listening.goDown,
    comeBack: listening.comeBack,
    close: listening.goDown,
  }
}
