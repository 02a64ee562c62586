import { join } from 'node:path'
import type { Config } from '../config.ts'
import { err, ok, type Result } from '../lib/result.ts'
import { connect, type Database } from '../store/database.ts'
import { isDatabaseLost } from '../store/database-lost.ts'
import { startEmbedded } from '../store/embedded.ts'
import { lockFolder } from '../store/lock.ts'
import { migrate, newerMigrations } from '../store/migrate.ts'
import { releaseLeases } from '../store/mirrors.ts'
import { portalReader, type ReadAsPortal } from '../store/portal/portal-database.ts'
import { portalLoginStands, raisePortalWall } from '../store/portal/portal-role.ts'
import type { Log } from './log.ts'

export interface OpenStore {
  readonly db: Database
  /** Connections of the webhooks' own, so that taking in never waits for a screen. */
  readonly intakeDb: Database
  /** What customers read, with the portal's rights alone. */
  readonly readAsPortal: ReadAsPortal
  readonly engine: 'embedded' | 'postgres'
  /** For a connection of one's own (workers, tests). */
  readonly url: string
  close(): Promise<void>
}

const INTAKE_CONNECTIONS = 2
/** The embedded engine runs one transaction at a time; more connections only wait inside it. */
const EMBEDDED_CONNECTIONS = 6

/** Opens the database and brings its schema up to date. An error is a sentence for the person who starts us. */
export const openStore = async (config: Config, log: Log): Promise<Result<OpenStore, string>> =>
  config.databaseUrl === null ? openEmbedded(config, log) : openServer(config.databaseUrl, config, log)

const openEmbedded = async (config: Config, log: Log): Promise<Result<OpenStore, string>> => {
  const lock = lockFolder(config.dataDir)
  if (!lock.ok)
    return err(
      `The data folder ${config.dataDir} is in use by the Causeway with process id ${lock.error.pid}. Stop that one first, or choose another folder with CAUSEWAY_DATA.`,
    )
  try {
    const engine = await startEmbedded({ dataDir: join(config.dataDir, 'database') })
    const store = pools(engine.url, 'embedded', EMBEDDED_CONNECTIONS, log, async () => {
      await engine.close()
      lock.value.release()
    })
    const opened = await migrated(store, null)
    // whatever is leased was leased by a process that is dead: this one holds the folder
    if (opened.ok) await releaseLeases(opened.value.db)
    return opened
  } catch (error) {
    lock.value.release()
    throw error
  }
}

const openServer = async (url: string, config: Config, log: Log): Promise<Result<OpenStore, string>> => {
  const store = pools(url, 'postgres', config.poolSize, log, async () => {})
  try {
    return await migrated(store, config.portalDatabaseUrl)
  } catch (error) {
    await store.close()
    if (isDatabaseLost(error)) return err(unreachable(url, error))
    if (isRefused(error))
      return err(`The database refuses us: ${(error as Error).message}. Check DATABASE_URL.`)
    throw error
  }
}

const pools = (
  url: string,
  engine: OpenStore['engine'],
  max: number,
  log: Log,
  after: () => Promise<void>,
): OpenStore => {
  const onError = (error: Error): void => log.warn({ err: error }, 'a database connection was lost')
  const prepare = engine === 'postgres'
  const db = connect({ url, max, onError, prepare })
  const intakeDb = connect({ url, max: INTAKE_CONNECTIONS, onError, prepare })
  return {
    db,
    intakeDb,
    readAsPortal: portalReader(db),
    engine,
    url,
    close: async () => {
      await Promise.all([db.destroy(), intakeDb.destroy()])
      await after()
    },
  }
}

const migrated = async (store: OpenStore, portalUrl: string | null): Promise<Result<OpenStore, string>> => {
  const newer = await newerMigrations(store.db)
  if (newer.length > 0) {
    await store.close()
    return err(
      `The database was upgraded by a newer Causeway (${newer.join(', ')}). Start that version, or restore the backup made before the upgrade.`,
    )
  }
  await migrate(store.db)
  const wall = await raisePortalWall(store.db)
  if (!wall.ok) {
    await store.close()
    return wall
  }
  return portalUrl === null ? ok(store) : withPortalLogin(store, portalUrl)
}

const PORTAL_CONNECTIONS = 4

/** The harder wall: what customers read comes through connections that could not read anything else. */
const withPortalLogin = async (store: OpenStore, url: string): Promise<Result<OpenStore, string>> => {
  const login = connect({ url, max: PORTAL_CONNECTIONS, prepare: true })
  const close = async (): Promise<void> => {
    await login.destroy()
    await store.close()
  }
  try {
    const stands = await portalLoginStands(login)
    if (stands.ok) return ok({ ...store, readAsPortal: portalReader(login), close })
    await close()
    return stands
  } catch (error) {
    await login.destroy()
    if (isRefused(error)) {
      await store.close()
      return err(
        `The database refuses the portal: ${(error as Error).message}. Check CAUSEWAY_PORTAL_DATABASE_URL.`,
      )
    }
    throw error
  }
}

/** Class 28: wrong password; 3D000: no such database; 42501: rights. */
const isRefused = (error: unknown): boolean =>
  error instanceof Error && /^(28...|3D000|42501)$/.test((error as NodeJS.ErrnoException).code ?? '')

const unreachable = (url: string, error: unknown): string => {
  const { hostname, port } = new URL(url)
  const code = (error as NodeJS.ErrnoException).code ?? (error as Error).message
  return `The database at ${hostname || 'the local socket'}:${port || '5432'} cannot be reached (${code}). Start it, or correct DATABASE_URL.`
}
