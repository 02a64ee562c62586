import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { emptyDatabase } from './empty-database.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))

/** Causeway as people start it: a process of its own, with a database and a folder of its own. */
export interface Program {
  readonly url: string
  /** The address for the owner, as it was printed. */
  readonly welcome: string
  /** As a program on this machine, with all rights. */
  readonly api: Api
  readonly said: () => string
  /** Ends the process and brings it back at the same address, on the same data. */
  restart(): Promise<void>
  halt(): Promise<void>
  stop(): Promise<void>
}

export interface Api {
  get<T = unknown>(path: string): Promise<T>
  post<T = { readonly id: string }>(path: string, body?: unknown): Promise<T>
  patch<T = unknown>(path: string, body: unknown): Promise<T>
  put<T = unknown>(path: string, body: unknown): Promise<T>
}

const START_MS = 60_000

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

export interface ProgramOptions {
  readonly env?: (url: string) => Promise<Readonly<Record<string, string>>>
  readonly args?: readonly string[]
}

export const startProgram = async (options: ProgramOptions = {}): Promise<Program> => {
  const folder = mkdtempSync(join(tmpdir(), 'causeway-e2e-'))
  const database = await emptyDatabase()
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const env = {
    PATH: process.env['PATH'],
    HOME: process.env['HOME'],
    TZ: 'UTC',
    CAUSEWAY_DATA: folder,
    CAUSEWAY_PORT: String(port),
    ...(database === null ? {} : { DATABASE_URL: database.url }),
    ...((await options.env?.(url)) ?? {}),
  }
  let said = ''
  let child: ChildProcess | null = null
  const start = async (): Promise<void> => {
    const begun = spawn(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', join(root, 'src/main.ts'), ...(options.args ?? [])],
      { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] },
    )
    child = begun
    const ended = new AbortController()
    begun.once('exit', () => ended.abort())
    const ready = new Promise<void>((resolve) => {
      const hear = (text: string): void => {
        said += text
        if (said.includes('npx causeway')) resolve()
      }
      begun.stdout.setEncoding('utf8').on('data', hear)
      begun.stderr.setEncoding('utf8').on('data', hear)
    })
    const late = AbortSignal.any([ended.signal, AbortSignal.timeout(START_MS)])
    const failed = once(late, 'abort').then(() => {
      throw new Error(`Causeway did not start:\n${said.slice(-3000)}`)
    })
    await Promise.race([ready, failed])
    // whoever waited loses: nobody hears that the process ends later
    failed.catch(() => undefined)
  }
  const end = async (): Promise<void> => {
    const running = child
    child = null
    if (running === null || running.exitCode !== null) return
    const gone = once(running, 'exit')
    running.kill('SIGTERM')
    await gone
  }
  await start()
  return {
    url,
    welcome: /http\S+\/welcome#token=\S+/.exec(said)?.[0] ?? '',
    api: apiAt(url, () => readFileSync(join(folder, 'local.json'), 'utf8')),
    said: () => said,
    halt: end,
    restart: async () => {
      await end()
      said = ''
      await start()
    },
    stop: async () => {
      await end()
      await database?.drop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** On this machine, with all rights. */
const apiAt = (url: string, readLocal: () => string): Api =>
  apiWith(url, () => ({ authorization: `Bearer ${(JSON.parse(readLocal()) as { token: string }).token}` }))

/** As somebody's browser asks. */
export const apiOf = (url: string, { name, value }: { readonly name: string; readonly value: string }): Api =>
  apiWith(url, () => ({ cookie: `${name}=${value}`, 'x-causeway-csrf': '1' }))

const apiWith = (url: string, who: () => Readonly<Record<string, string>>): Api => {
  const ask = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const response = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: {
        ...who(),
        ...(body === undefined
          ? {}
          : { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text.slice(0, 500)}`)
    return (text === '' ? null : JSON.parse(text)) as T
  }
  return {
    get: (path) => ask('GET', path),
    post: (path, body = {}) => ask('POST', path, body),
    patch: (path, body) => ask('PATCH', path, body),
    put: (path, body) => ask('PUT', path, body),
  }
}
