import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { connect, type Database } from '../src/store/database.ts'
import { startEmbedded } from '../src/store/embedded.ts'
import { firstAgreed, MASTER_KEY, seedFirst, seedRest } from './seed.ts'
import type { Tools } from './tools/tools.ts'

/** Where a database for a measurement comes from. */
export type Engine =
  | { readonly name: 'postgres'; readonly freshDatabase: () => Promise<string>; readonly pid: number | null }
  | { readonly name: 'embedded' }

/** A seeded hub, and how to start processes of ours on it. */
export interface Hub {
  readonly engine: Engine
  readonly tools: Tools
  start(roles: 'web' | 'worker' | 'web,worker'): Promise<Running>
  /** Runs against the database; embedded: only while no process of ours does. */
  withDatabase<T>(work: (db: Database) => Promise<T>): Promise<T>
  close(): Promise<void>
}

export interface Running {
  readonly pid: number
  /** Of the source's webhook; empty without the web role. */
  readonly hookUrl: string
  stop(): Promise<void>
}

const MAIN = fileURLToPath(new URL('../src/main.ts', import.meta.url))

/** A hub with `items` pairs in step. Its processes are started with the flags of `npm start`. */
export const openHub = async (engine: Engine, tools: Tools, items: number): Promise<Hub> => {
  const folder = mkdtempSync(join(tmpdir(), 'causeway-bench-'))
  const url = engine.name === 'postgres' ? await engine.freshDatabase() : null
  const running = new Set<ChildProcess>()

  const withDatabase = async <T>(work: (db: Database) => Promise<T>): Promise<T> => {
    const embedded = url === null ? await startEmbedded({ dataDir: join(folder, 'database') }) : null
    const db = connect({ url: url ?? embedded?.url ?? '', max: 4 })
    try {
      return await work(db)
    } finally {
      await db.destroy()
      await embedded?.close()
    }
  }

  const start = async (roles: string): Promise<Running> => {
    const profile = process.env['BENCH_PROFILE']
    const child = spawn(
      process.execPath,
      [
        ...(profile ? ['--cpu-prof', `--cpu-prof-dir=${profile}`] : []),
        '--disable-warning=ExperimentalWarning',
        '--max-semi-space-size=4',
        MAIN,
      ],
      {
        env: {
          PATH: process.env['PATH'],
          ...(url === null ? {} : { DATABASE_URL: url }),
          CAUSEWAY_DATA: folder,
          CAUSEWAY_PORT: '0',
          CAUSEWAY_ROLES: roles,
          CAUSEWAY_PUBLIC_URL: 'http://127.0.0.1:4600',
          CAUSEWAY_KEY: Buffer.from(MASTER_KEY).toString('base64'),
          CAUSEWAY_ALLOW_HOSTS: `127.0.0.1:${tools.port}`,
          CAUSEWAY_LOG: 'error',
        },
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    )
    running.add(child)
    child.once('exit', () => running.delete(child))
    let said = ''
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString()
    })
    while (!said.includes('Causeway ')) {
      if (child.exitCode !== null) throw new Error('our process did not start')
      await sleep(20)
    }
    const address = /at (http:\/\/\S+)/.exec(said)?.[1]
    return {
      pid: child.pid ?? 0,
      hookUrl: address === undefined ? '' : `${address}/hooks/source`,
      stop: async () => {
        child.kill('SIGTERM')
        if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
      },
    }
  }

  const hub: Hub = {
    engine,
    tools,
    start,
    withDatabase,
    close: async () => {
      for (const child of running) child.kill('SIGKILL')
      rmSync(folder, { recursive: true, force: true })
    },
  }
  await withDatabase((db) => seedFirst(db, tools))
  const first = await start('worker')
  const agreed = async (): Promise<boolean> => withDatabase(firstAgreed)
  if (engine.name === 'postgres')
    for (let tries = 0; tries < 200 && !(await agreed()); tries += 1) await sleep(100)
  else await sleep(4_000)
  await first.stop()
  if (!(await agreed()))
    throw new Error('the first pair did not come in step: the seed does not fit the program')
  await withDatabase((db) => seedRest(db, items))
  return hub
}
