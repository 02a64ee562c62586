import { execFile } from 'node:child_process'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { at, textAt } from './json.ts'

const run = promisify(execFile)
const scripts = fileURLToPath(new URL('./real/', import.meta.url))
/** The first time, Debian's packages are installed. */
const UP_MS = 15 * 60_000

/** A server of `real/`: started from nothing, with people in it. */
export interface RealServer {
  readonly url: string
  readonly host: string
  readonly folder: string
  /** The line of JSON the script prints: accounts, tokens, ids. */
  readonly state: unknown
  /** Away, data kept. */
  stop(): Promise<void>
  start(): Promise<void>
}

export const freePort = async (): Promise<number> => {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = address !== null && typeof address === 'object' ? address.port : 0
  await new Promise((resolve) => server.close(resolve))
  return port
}

const script = async (name: string, args: readonly string[]): Promise<unknown> => {
  try {
    const { stdout } = await run('bash', [join(scripts, `${name}.sh`), ...args], { timeout: UP_MS })
    return JSON.parse(stdout)
  } catch (error) {
    throw new Error(
      `${name}.sh ${args[0] ?? ''} failed: ${textAt(error, 'stderr').slice(-2000) || String(error)}`,
    )
  }
}

/** `name` is a script of `real/`; a folder that was used before keeps its data and its port. */
export const startServer = async (name: 'rt' | 'redmine', folder: string): Promise<RealServer> => {
  const known = await script(name, ['status', folder]).catch(() => null)
  const port = textAt(known, 'port') || String(await freePort())
  const state = await script(name, ['up', port, folder])
  return {
    url: textAt(state, 'base'),
    host: `127.0.0.1:${port}`,
    folder,
    state,
    stop: async () => {
      await script(name, ['down', folder])
    },
    start: async () => {
      await script(name, ['up', port, folder])
    },
  }
}

/** Where the scrip posts. RT reads it each time: no restart. */
export const ringAt = async (rt: RealServer, url: string): Promise<void> => {
  await script('rt', ['webhook', rt.folder, url])
}

export const secretOf = (state: unknown, ...path: readonly string[]): string => {
  const found = at(state, ...path)
  if (typeof found !== 'string' || found === '')
    throw new Error(`the server's state has no ${path.join('.')}`)
  return found
}
