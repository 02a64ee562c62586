import { execFileSync, spawn } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'

/** A PostgreSQL server to measure on: one given by DATABASE_URL, else a private one of ours with default settings. */
export interface Postgres {
  /** Of a database that is new and empty each time. */
  freshDatabase(): Promise<string>
  /** Of the server; null when it is not ours to look at. */
  readonly pid: number | null
  stop(): Promise<void>
}

const programs = (): string | null => {
  const folders = [
    process.env['PGBIN'],
    ...(existsSync('/usr/lib/postgresql')
      ? readdirSync('/usr/lib/postgresql')
          .sort()
          .reverse()
          .map((version) => `/usr/lib/postgresql/${version}/bin`)
      : []),
  ]
  return folders.find((folder) => folder !== undefined && existsSync(join(folder, 'initdb'))) ?? null
}

/** Null: there is no server and no program to start one. */
export const openPostgres = async (): Promise<Postgres | null> => {
  const given = process.env['DATABASE_URL']
  if (given !== undefined) return serverAt(given, null, async () => {})
  const bin = programs()
  return bin === null ? null : startPrivate(bin)
}

const serverAt = (url: string, pid: number | null, stop: () => Promise<void>): Postgres => {
  let made = 0
  const names: string[] = []
  const admin = async (statement: string): Promise<void> => {
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    await client.query(statement)
    await client.end()
  }
  return {
    pid,
    freshDatabase: async () => {
      made += 1
      const name = `causeway_bench_${process.pid}_${made}`
      names.push(name)
      await admin(`create database ${name}`)
      const database = new URL(url)
      database.pathname = `/${name}`
      return database.href
    },
    stop: async () => {
      for (const name of names) await admin(`drop database if exists ${name} with (force)`)
      await stop()
    },
  }
}

/** The server refuses to run as root: then the account its package made is taken. */
const account = (): { readonly uid?: number; readonly gid?: number } => {
  if (process.getuid?.() !== 0) return {}
  const id = (flag: string): number => Number(execFileSync('id', [flag, 'postgres']).toString())
  return { uid: id('-u'), gid: id('-g') }
}

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo
      probe.close(() => resolve(port))
    })
  })

const startPrivate = async (bin: string): Promise<Postgres> => {
  const folder = mkdtempSync(join(tmpdir(), 'causeway-bench-pg-'))
  const as = account()
  if (as.uid !== undefined && as.gid !== undefined) chownSync(folder, as.uid, as.gid)
  const data = join(folder, 'data')
  execFileSync(
    join(bin, 'initdb'),
    ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-locale'],
    { ...as, cwd: folder, stdio: 'ignore' },
  )
  const port = await freePort()
  // all as the package sets it, fsync and synchronous_commit on; only the place differs
  const server = spawn(
    join(bin, 'postgres'),
    [
      '-D',
      data,
      '-p',
      String(port),
      '-k',
      folder,
      '-c',
      'listen_addresses=127.0.0.1',
      '-c',
      'logging_collector=off',
    ],
    {
      ...as,
      cwd: folder,
      stdio: 'ignore',
    },
  )
  const url = `postgresql://postgres@127.0.0.1:${port}/postgres`
  await reachable(url)
  return serverAt(url, server.pid ?? null, async () => {
    server.kill('SIGINT')
    await new Promise((resolve) => server.once('exit', resolve))
    rmSync(folder, { recursive: true, force: true })
  })
}

const reachable = async (url: string): Promise<void> => {
  for (let tries = 0; ; tries += 1) {
    const client = new pg.Client({ connectionString: url })
    try {
      await client.connect()
      await client.end()
      return
    } catch (error) {
      if (tries > 100) throw error
      await sleep(100)
    }
  }
}

export const postgresVersion = async (url: string): Promise<string> => {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query<{ server_version: string }>('show server_version')
  await client.end()
  return rows[0]?.server_version ?? 'unknown'
}

/** Model of the processor, cores and memory: which machine the figures are of. */
export const machineText = (): string => {
  const model =
    /model name\s*:\s*(.+)/.exec(readFileSync('/proc/cpuinfo', 'utf8'))?.[1] ?? 'unknown processor'
  const kb = Number(/MemTotal:\s+(\d+)/.exec(readFileSync('/proc/meminfo', 'utf8'))?.[1] ?? 0)
  return `${model}, ${execFileSync('nproc').toString().trim()} cores, ${Math.round(kb / 1024 / 1024)} GB`
}
