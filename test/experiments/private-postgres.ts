import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, readdirSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import { err, ok, type Result } from '../../src/lib/result.ts'
import { connect } from '../../src/store/database.ts'

/** A throw-away PostgreSQL of our own that may be stopped as roughly as one likes. Durable, as in production. */
export interface PrivatePostgres {
  readonly url: string
  start(): Promise<void>
  /** As a power cut for the database: no session is finished, the next start recovers from the log. */
  stopAtOnce(): Promise<void>
  /** Ends every session of others (`pg_terminate_backend`); how many. */
  terminateSessions(): Promise<number>
  close(): Promise<void>
}

const DEBIAN = '/usr/lib/postgresql'

const binFolder = (): string | null => {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).sort((a, b) => Number(b) - Number(a)) : []
  const folders = [
    ...versions.map((version) => join(DEBIAN, version, 'bin')),
    ...(process.env['PATH'] ?? '').split(':'),
  ]
  return (
    folders.find((folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres'))) ??
    null
  )
}

/** PostgreSQL does not run as root: there it runs as its own user. */
const AS_POSTGRES = ['setpriv', '--reuid=postgres', '--regid=postgres', '--init-groups']
const isRoot = process.getuid?.() === 0
const asOwner = (command: readonly string[]): readonly [string, readonly string[]] => {
  const [program = '', ...args] = isRoot ? [...AS_POSTGRES, ...command] : command
  return [program, args]
}

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return address !== null && typeof address === 'object' ? address.port : 0
}

/** Makes and starts one, or says why it cannot be had here. */
export const startPrivatePostgres = async (): Promise<Result<PrivatePostgres, string>> => {
  const bin = binFolder()
  if (bin === null) return err('no PostgreSQL server is installed here (initdb, postgres)')
  const folder = await mkdtemp(join(tmpdir(), 'causeway-pg-'))
  await chmod(folder, 0o755)
  const home = join(folder, 'home')
  const passwordFile = join(home, 'password')
  const password = randomBytes(12).toString('hex')
  await mkdir(home)
  await writeFile(passwordFile, password)
  if (isRoot) spawnSync('chown', ['-R', 'postgres:postgres', home])
  const data = join(home, 'data')
  const made = spawnSync(
    ...spreadable(
      asOwner([
        join(bin, 'initdb'),
        ...['-D', data, '-U', 'causeway', '-A', 'scram-sha-256', `--pwfile=${passwordFile}`],
        ...['-E', 'UTF8', '--locale=C.UTF-8', '--no-sync'],
      ]),
    ),
    { cwd: home, encoding: 'utf8' },
  )
  if (made.status !== 0) {
    await rm(folder, { recursive: true, force: true })
    return err(`initdb failed: ${(made.stderr ?? String(made.error)).trim().split('\n').at(-1)}`)
  }
  const postgres = serverIn({ bin, home, data, password, port: await freePort() })
  await postgres.start()
  return ok({
    ...postgres,
    close: async () => {
      await postgres.stopAtOnce()
      await rm(folder, { recursive: true, force: true })
    },
  })
}

const spreadable = ([program, args]: readonly [string, readonly string[]]): [string, string[]] => [
  program,
  [...args],
]

const serverIn = (place: {
  readonly bin: string
  readonly home: string
  readonly data: string
  readonly password: string
  readonly port: number
}): Omit<PrivatePostgres, 'close'> => {
  const url = `postgresql://causeway:${place.password}@127.0.0.1:${place.port}/postgres`
  let child: ChildProcess | null = null

  const answers = async (): Promise<boolean> => {
    const db = connect({ url, max: 1 })
    try {
      await sql`select 1`.execute(db)
      return true
    } catch {
      return false
    } finally {
      await db.destroy()
    }
  }
  const launch = (): ChildProcess => {
    const [program, args] = asOwner([
      join(place.bin, 'postgres'),
      ...['-D', place.data, '-c', 'listen_addresses=127.0.0.1', '-c', `port=${place.port}`],
      ...['-c', 'unix_socket_directories=', '-c', 'max_connections=60', '-c', 'log_min_messages=fatal'],
    ])
    return spawn(program, [...args], { cwd: place.home, stdio: 'ignore' })
  }
  return {
    url,
    start: async () => {
      for (let tries = 0; tries < 600; tries += 1) {
        // what is left of the one before may hold the memory for a moment: then it ends, and is started again
        if (child === null || child.exitCode !== null || child.signalCode !== null) child = launch()
        if (await answers()) return
        await pause(100)
      }
      throw new Error('the private PostgreSQL does not answer')
    },
    stopAtOnce: async () => {
      if (child === null || child.exitCode !== null || child.signalCode !== null) return
      const ended = once(child, 'exit')
      child.kill('SIGQUIT')
      await ended
      child = null
    },
    terminateSessions: async () => {
      const db = connect({ url, max: 1 })
      try {
        const result = await sql<{ n: number }>`
          select count(*) filter (where pg_terminate_backend(pid))::int as n from pg_stat_activity
          where pid <> pg_backend_pid() and backend_type = 'client backend'`.execute(db)
        return result.rows[0]?.n ?? 0
      } finally {
        await db.destroy()
      }
    },
  }
}
