import { accessSync, constants, existsSync, readFileSync, statSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import type { Config } from '../config.ts'
import { connect, type Database } from '../store/database.ts'
import { readHolder } from '../store/lock.ts'
import { newerMigrations, pendingMigrations } from '../store/migrate.ts'
import { portalWallStands } from '../store/portal/portal-role.ts'
import { type Finding, finding } from './finding.ts'

/** What a doctor sees on this machine, whether Causeway runs or not. */
export const node = (): Finding => {
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

export const folder = ({ dataDir }: Config): Finding => {
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

export const holder = ({ dataDir }: Config): Finding => {
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

export const disk = async ({ dataDir, minFreeBytes }: Config): Promise<Finding> => {
  const { bavail, bsize } = await statfs(existsSync(dataDir) ? dataDir : '.')
  const free = bavail * bsize
  const text = `${Math.floor(free / MIB)} MiB free`
  if (free < minFreeBytes)
    return finding('Disk', 'bad', `${text}; nothing is written below ${minFreeBytes / MIB} MiB`, 'Make room.')
  return free < 4 * minFreeBytes
    ? finding('Disk', 'warn', text, 'Make room soon.')
    : finding('Disk', 'ok', text)
}

export const key = ({ key: given, dataDir }: Config): Finding => {
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

export const database = async ({ databaseUrl, dataDir }: Config): Promise<readonly Finding[]> => {
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
      ...(newer.length + pending.length === 0 ? [await portalWall(db)] : []),
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

/** Whether customers' pages can read what they should, and nothing else. */
const portalWall = async (db: Database): Promise<Finding> => {
  const wall = await portalWallStands(db)
  return wall.ok
    ? finding('Portal', 'ok', 'customers’ pages read with rights of their own')
    : finding('Portal', 'bad', wall.error, 'docs/operating/postgresql.md says what to run, and why.')
}
