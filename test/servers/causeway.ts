import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { until } from './awaited.ts'
import { textAt } from './json.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const FLAGS = ['--disable-warning=ExperimentalWarning']

/** Causeway as people run it: a process of its own, its command line, its API. */
export interface Causeway {
  readonly url: string
  start(): Promise<void>
  /** SIGKILL: nothing is finished, nothing is said. */
  kill(): Promise<void>
  /** SIGTERM, as an administrator does. */
  stop(): Promise<void>
  /** Gives its answer (progress and hints are besides); throws with it when the exit code is not in `accept` (0). */
  cli(args: readonly string[], accept?: readonly number[]): Promise<string>
  get(path: string): Promise<unknown>
  post(path: string, body: unknown): Promise<unknown>
  patch(path: string, body: unknown): Promise<unknown>
}

export interface CausewayOptions {
  readonly folder: string
  readonly port: number
  /** Null: the embedded engine. */
  readonly databaseUrl: string | null
  readonly allowHosts: readonly string[]
  /** Secrets for the configuration, as in the shell of whoever applies it. */
  readonly secrets: Readonly<Record<string, string>>
}

export const causewayAt = (options: CausewayOptions): Causeway => {
  const { folder, port, databaseUrl, allowHosts, secrets } = options
  const url = `http://127.0.0.1:${port}`
  const data = join(folder, 'data')
  const log = join(folder, 'causeway.log')
  const env: NodeJS.ProcessEnv = {
    PATH: process.env['PATH'],
    HOME: process.env['HOME'],
    TZ: 'UTC',
    CAUSEWAY_DATA: data,
    CAUSEWAY_PORT: String(port),
    CAUSEWAY_LOG: 'info',
    CAUSEWAY_ALLOW_HOSTS: allowHosts.join(','),
    ...(databaseUrl === null ? {} : { DATABASE_URL: databaseUrl }),
  }
  let child: ChildProcess | null = null
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    const running = child
    child = null
    if (running === null || running.exitCode !== null) return
    const ended = once(running, 'exit')
    running.kill(signal)
    await ended
  }
  const token = (): string => textAt(JSON.parse(readFileSync(join(data, 'local.json'), 'utf8')), 'token')
  const ask = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token()}`,
        ...(body === undefined
          ? {}
          : { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`Causeway ${method} ${path}: ${response.status} ${text.slice(0, 500)}`)
    return text === '' ? null : JSON.parse(text)
  }
  return {
    url,
    start: async () => {
      const out = openSync(log, 'a')
      const started = spawn(process.execPath, [...FLAGS, join(root, 'src/main.ts')], {
        cwd: folder,
        env,
        stdio: ['ignore', out, out],
      })
      child = started
      await until(
        'Causeway to answer',
        async () => {
          if (started.exitCode !== null) return 'ended' as const
          return (await fetch(`${url}/healthz`)).ok ? ('ready' as const) : null
        },
        { seconds: 60, everyMs: 200 },
      )
      if (started.exitCode !== null)
        throw new Error(`Causeway ended with ${started.exitCode}:\n${readFileSync(log, 'utf8').slice(-3000)}`)
    },
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
    cli: async (args, accept = [0]) => {
      const run = spawn(process.execPath, [...FLAGS, join(root, 'src/cli/main.ts'), ...args], {
        cwd: folder,
        env: { ...env, ...secrets },
        stdio: ['ignore', 'pipe', 'pipe'],
      })
      const [answer, besides]: [string[], string[]] = [[], []]
      run.stdout.setEncoding('utf8').on('data', (text: string) => answer.push(text))
      run.stderr.setEncoding('utf8').on('data', (text: string) => besides.push(text))
      const [code] = (await once(run, 'close')) as [number | null]
      if (!accept.includes(code ?? -1))
        throw new Error(
          `causeway ${args.join(' ')} ended with ${code}:\n${answer.join('')}${besides.join('')}`,
        )
      return answer.join('')
    },
    get: (path) => ask('GET', path),
    post: (path, body) => ask('POST', path, body),
    patch: (path, body) => ask('PATCH', path, body),
  }
}
