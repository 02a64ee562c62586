import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Database } from '../../src/store/database.ts'
import { masterKeyFrom, saveSecret } from '../../src/store/secrets.ts'
import { type Causeway, causewayAt } from '../servers/causeway.ts'
import type { ServedTools } from './served-tools.ts'
import type { HubHands } from './traffic.ts'

/** The real program in a process of its own, with tools that ring at it over HTTP and a person at its API. */
export interface Program extends Causeway {
  readonly hands: HubHands
  /** What became of each webhook, by its delivery id: the HTTP status, or 0 without an answer. */
  readonly rung: ReadonlyMap<string, number>
  /** Starts a second one on the same folder: how it ended and what it said. */
  startSecond(): Promise<{ readonly code: number | null; readonly said: string; readonly seconds: number }>
  stopRinging(): void
}

const KEY = new Uint8Array(32).fill(7)
const HOOK_SECRET = { desk: 'hooks of desk', tracker: 'hooks of tracker' } as const

/** The secrets with which the tools sign, as the program finds them in its database. */
export const saveHookSecrets = async (
  db: Database,
  tools: ServedTools,
  ids: { readonly desk: string; readonly tracker: string },
): Promise<void> => {
  await db.transaction().execute(async (tx) => {
    for (const side of ['desk', 'tracker'] as const) {
      const place = {
        connectionId: ids[side],
        field: 'webhookSecret',
        origin: new URL(tools.urls[side]).origin,
      }
      await saveSecret(tx, masterKeyFrom(KEY), place, HOOK_SECRET[side], new Date())
    }
  })
}

/** Not started yet. `databaseUrl` null: on its own folder. */
export const programOn = async (
  folder: string,
  databaseUrl: string | null,
  tools: ServedTools,
): Promise<Program> => {
  const data = join(folder, 'data')
  mkdirSync(data, { recursive: true, mode: 0o700 })
  writeFileSync(join(data, 'key'), `${Buffer.from(KEY).toString('base64')}\n`, { mode: 0o600 })
  const causeway = causewayAt({
    folder,
    port: await freePort(),
    databaseUrl,
    allowHosts: tools.hosts,
    secrets: {},
  })
  const rung = new Map<string, number>()
  const stops = [tools.desk, tools.tracker].map((tool) =>
    tool.subscribe(async ({ bytes, headers }) => {
      const id = headers['x-demo-delivery'] ?? ''
      const status = await fetch(`${causeway.url}/hooks/${tool.name}`, {
        method: 'POST',
        headers: { ...headers },
        body: Buffer.from(bytes),
        signal: AbortSignal.timeout(30_000),
      }).then(
        async (response) => {
          await response.arrayBuffer()
          return response.status
        },
        () => 0,
      )
      rung.set(id, status)
    }),
  )
  return {
    ...causeway,
    hands: handsAt(causeway.url, data),
    rung,
    startSecond: () => startSecond(data, databaseUrl),
    stopRinging: () => {
      for (const stop of stops) stop()
    },
  }
}

/** A person at the API who asks again, with the same key, until it is done: as the command line and screens do. */
const handsAt = (url: string, data: string): HubHands => {
  const ask = async (method: string, path: string, body: unknown): Promise<void> => {
    const key = crypto.randomUUID()
    const until = Date.now() + 120_000
    for (;;) {
      const said = await askOnce(url, data, key, method, path, body)
      if (said === 'done') return
      if (Date.now() > until) throw new Error(`${method} ${path}: ${said}`)
      await pause(200)
    }
  }
  return {
    say: (workItem, text) =>
      ask('POST', `/api/v1/work-items/${workItem}/comments`, { text, audience: 'staff' }),
    setEnvironment: (workItem, value) =>
      ask('PATCH', `/api/v1/work-items/${workItem}`, { set: { environment: value } }),
  }
}

/** `done`, or why it is to be asked again. Throws when it was refused for good. */
const askOnce = async (
  url: string,
  data: string,
  key: string,
  method: string,
  path: string,
  body: unknown,
): Promise<string> => {
  let response: Response
  try {
    response = await fetch(`${url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${tokenIn(data)}`,
        'content-type': 'application/json',
        'idempotency-key': key,
      },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(30_000),
    })
  } catch (error) {
    return String(error)
  }
  const text = await response.text().catch(String)
  if (response.ok) return 'done'
  if (response.status >= 500 || response.status === 409 || response.status === 429) return text
  throw new Error(`${method} ${path}: ${response.status} ${text.slice(0, 300)}`)
}

const tokenIn = (data: string): string => {
  const local: unknown = JSON.parse(readFileSync(join(data, 'local.json'), 'utf8'))
  return local !== null && typeof local === 'object' && 'token' in local ? String(local.token) : ''
}

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url))

const startSecond: (data: string, databaseUrl: string | null) => ReturnType<Program['startSecond']> = async (
  data,
  databaseUrl,
) => {
  const began = Date.now()
  const child: ChildProcess = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', MAIN], {
    env: {
      PATH: process.env['PATH'],
      CAUSEWAY_DATA: data,
      CAUSEWAY_PORT: '0',
      ...(databaseUrl === null ? {} : { DATABASE_URL: databaseUrl }),
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const said: Buffer[] = []
  child.stderr?.on('data', (bytes: Buffer) => said.push(bytes))
  const timer = setTimeout(() => child.kill('SIGKILL'), 60_000)
  const [code] = (await once(child, 'close')) as [number | null]
  clearTimeout(timer)
  return { code, said: Buffer.concat(said).toString(), seconds: (Date.now() - began) / 1000 }
}

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return address !== null && typeof address === 'object' ? address.port : 0
}
