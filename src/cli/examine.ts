import { accessSync, constants, existsSync, readFileSync, statSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { sql } from 'kysely'
import { request } from 'undici'
import type { Config } from '../config.ts'
import { connect } from '../store/database.ts'
import { readHolder } from '../store/lock.ts'
import { newerMigrations, pendingMigrations } from '../store/migrate.ts'
import { readAnswer } from './answer-reader.ts'
import type { Call } from './cli-command.ts'
import { CliStop } from './exit-codes.ts'

/** One line of a doctor's visit. `bad`: it does not work like this; `warn`: it works, and should be looked at. */
export interface Finding {
  readonly about: string
  readonly verdict: 'ok' | 'warn' | 'bad'
  readonly what: string
  readonly todo: string
}

const finding = (about: string, verdict: Finding['verdict'], what: string, todo = ''): Finding => ({
  about,
  verdict,
  what,
  todo,
})

const node = (): Finding => {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  return major > 22 || (major === 22 && minor >= 18)
    ? finding('Node.js', 'ok', process.version)
    : finding(
        'Node.js',
        'bad',
        `${process.version} cannot run TypeScript by itself`,
        'Start with `npm start`, which brings Node 24 along, or install Node 24.',
      )
}

const folder = ({ dataDir }: Config): Finding => {
  if (!existsSync(dataDir))
    return finding(
      'Data folder',
      'warn',
      `${dataDir} is not there yet`,
      'The first start makes it; or name another with CAUSEWAY_DATA.',
    )
  try {
    accessSync(dataDir, constants.R_OK | constants.W_OK | constants.X_OK)
  } catch {
    return finding(
      'Data folder',
      'bad',
      `${dataDir} cannot be written`,
      'Give the account that runs Causeway the right to write it.',
    )
  }
  const others = statSync(dataDir).mode & 0o077
  return others === 0
    ? finding('Data folder', 'ok', dataDir)
    : finding(
        'Data folder',
        'warn',
        `${dataDir} can be entered by other accounts of this machine`,
        `chmod 700 ${dataDir}`,
      )
}

const holder = ({ dataDir }: Config): Finding => {
  const held = readHolder(dataDir)
  if (held === null) return finding('Lock', 'ok', 'nobody holds the data folder')
  return held.alive
    ? finding('Lock', 'ok', `held by the running process ${held.pid}`)
    : finding(
        'Lock',
        'warn',
        `left by process ${held.pid}, which is gone`,
        'Nothing to do: the next start takes it over.',
      )
}

const MIB = 1024 * 1024

const disk = async ({ dataDir, minFreeBytes }: Config): Promise<Finding> => {
  const { bavail, bsize } = await statfs(existsSync(dataDir) ? dataDir : '.')
  const free = bavail * bsize
  const text = `${Math.floor(free / MIB)} MiB free`
  if (free < minFreeBytes)
    return finding('Disk', 'bad', `${text}; nothing is written below ${minFreeBytes / MIB} MiB`, 'Make room.')
  return free < 4 * minFreeBytes
    ? finding('Disk', 'warn', text, 'Make room soon.')
    : finding('Disk', 'ok', text)
}

const key = ({ key: given, dataDir }: Config): Finding => {
  if (given !== null) return finding('Key', 'ok', 'from CAUSEWAY_KEY')
  const file = join(dataDir, 'key')
  if (!existsSync(file))
    return finding(
      'Key',
      'warn',
      `${file} is not there yet`,
      'The first start makes it. After a restore, copy the old one there first.',
    )
  if (Buffer.from(readFileSync(file, 'utf8').trim(), 'base64').length !== 32)
    return finding(
      'Key',
      'bad',
      `${file} should hold 32 bytes in base64`,
      'Put back the file from your backup.',
    )
  return (statSync(file).mode & 0o077) === 0
    ? finding('Key', 'ok', file)
    : finding('Key', 'bad', `${file} can be read by other accounts`, `chmod 600 ${file}`)
}

const database = async ({ databaseUrl, dataDir }: Config): Promise<readonly Finding[]> => {
  if (databaseUrl === null) {
    const there = existsSync(join(dataDir, 'database'))
    return [
      finding(
        'Database',
        'ok',
        there ? `embedded, in ${dataDir}; for trying out and small use` : 'embedded, made by the first start',
      ),
    ]
  }
  const db = connect({ url: databaseUrl, max: 1 })
  try {
    const { rows } = await sql<{ version: string; number: number }>`
      select current_setting('server_version') as version, current_setting('server_version_num')::int as number`.execute(
      db,
    )
    const [server] = rows
    const reached =
      (server?.number ?? 0) >= 150_000
        ? finding('Database', 'ok', `PostgreSQL ${server?.version ?? ''}`)
        : finding(
            'Database',
            'bad',
            `PostgreSQL ${server?.version ?? ''} is too old`,
            'Causeway needs PostgreSQL 15 or newer.',
          )
    const newer = await newerMigrations(db)
    const pending = await pendingMigrations(db)
    return [
      reached,
      newer.length > 0
        ? finding('Schema', 'bad', `made by a newer Causeway (${newer.join(', ')})`, 'Start that version.')
        : pending.length > 0
          ? finding(
              'Schema',
              'warn',
              `${pending.length} migrations are to be run`,
              'The next start runs them; take a backup first.',
            )
          : finding('Schema', 'ok', 'up to date'),
    ]
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'no answer'
    return [
      finding('Database', 'bad', `it cannot be reached (${code})`, 'Start it, or correct DATABASE_URL.'),
    ]
  } finally {
    await db.destroy()
  }
}

const isFree = (port: number, host: string): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(port, host, () => server.close(() => resolve(true)))
  })

const CLOCK_OFF_S = 5

interface Reached {
  readonly findings: readonly Finding[]
  readonly reached: boolean
}

const server = async (url: string): Promise<Reached> => {
  const before = Date.now()
  try {
    const answer = await request(`${url}/healthz`, { headersTimeout: 5_000, bodyTimeout: 5_000 })
    const version = readAnswer(await answer.body.json()).text('version')
    if (version === null)
      return {
        reached: false,
        findings: [
          finding('Server', 'bad', `${url} answers, but not like Causeway`, 'Correct --url or CAUSEWAY_URL.'),
        ],
      }
    const date = answer.headers['date']
    const off = typeof date === 'string' ? Math.abs(new Date(date).getTime() - before) / 1000 : 0
    return {
      reached: true,
      findings: [
        finding('Server', 'ok', `${url}, version ${version}`),
        off > CLOCK_OFF_S
          ? finding(
              'Clock',
              'warn',
              `it is ${Math.round(off)} s apart from the server's`,
              'Set the clocks of both machines (NTP).',
            )
          : finding('Clock', 'ok', 'agrees with the server'),
      ],
    }
  } catch {
    return { reached: false, findings: [] }
  }
}

const connections = async (call: Pick<Call, 'api'>): Promise<readonly Finding[]> => {
  const api = call.api()
  const list = readAnswer(await api.get('/api/v1/connections')).list('items')
  return Promise.all(
    list.map(async (row): Promise<Finding> => {
      const name = row.text('key') ?? ''
      const about = `Connection ${name}`
      if (row.text('state') === 'paused')
        return finding(
          about,
          'warn',
          `paused. ${row.text('stateReason') ?? ''}`,
          `causeway connections resume ${name}`,
        )
      try {
        const answer = readAnswer(await api.post(`/api/v1/connections/${encodeURIComponent(name)}/check`))
        const [problem] = answer.texts('problems')
        return problem === undefined
          ? finding(about, 'ok', answer.text('tool') ?? 'answers')
          : finding(about, 'bad', problem, 'Correct it in the tool or in the settings.')
      } catch (error) {
        if (error instanceof CliStop) return finding(about, 'bad', error.message, error.todo)
        throw error
      }
    }),
  )
}

const running = async (config: Config, call: Pick<Call, 'api'>): Promise<readonly Finding[]> => {
  let url: string
  try {
    url = call.api().url
  } catch (error) {
    if (error instanceof CliStop) return [finding('Server', 'warn', error.message, error.todo)]
    throw error
  }
  const { findings, reached } = await server(url)
  if (reached) {
    try {
      return [...findings, ...(await connections(call))]
    } catch (error) {
      if (error instanceof CliStop)
        return [...findings, finding('Connections', 'warn', error.message, error.todo)]
      throw error
    }
  }
  const port = (await isFree(config.port, config.host))
    ? finding('Port', 'ok', `${config.host}:${config.port} is free`)
    : finding(
        'Port',
        'bad',
        `${config.host}:${config.port} is taken by something else`,
        'Stop that, or choose another with CAUSEWAY_PORT.',
      )
  return [
    ...findings,
    finding('Server', 'warn', `nobody answers at ${url}`, 'Start it with `npm start`.'),
    port,
  ]
}

/** Everything that is looked at, in the order in which a start would meet it. */
export const examine = async (config: Config, call: Pick<Call, 'api'>): Promise<readonly Finding[]> => [
  node(),
  folder(config),
  holder(config),
  await disk(config),
  key(config),
  ...(await database(config)),
  ...(await running(config, call)),
]
