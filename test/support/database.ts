import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { sha256 } from '../../src/lib/stable.ts'
import { connect, type Database } from '../../src/store/database.ts'
import { startEmbedded } from '../../src/store/embedded.ts'
import { migrate } from '../../src/store/migrate.ts'
import { raisePortalWall } from '../../src/store/portal/portal-role.ts'

/**
 * A fresh, migrated database for one test file: on PostgreSQL when CAUSEWAY_TEST_POSTGRES names a server (a URL of a
 * role that may create databases), else on the embedded engine, started from a snapshot made once per schema.
 */
export interface TestDatabase {
  readonly db: Database
  readonly url: string
  readonly engine: 'embedded' | 'postgres'
  close(): Promise<void>
}

export const openTestDatabase = async (options: { readonly max?: number } = {}): Promise<TestDatabase> => {
  const server = process.env['CAUSEWAY_TEST_POSTGRES']
  return server ? openPostgres(server, options.max ?? 10) : openEmbedded(options.max ?? 4)
}

const openPostgres = async (server: string, max: number): Promise<TestDatabase> => {
  const name = `causeway_test_${randomBytes(6).toString('hex')}`
  const admin = connect({ url: server, max: 1 })
  await sql`create database ${sql.id(name)}`.execute(admin)
  const url = new URL(server)
  url.pathname = `/${name}`
  const db = connect({ url: url.href, max })
  await prepared(db)
  return {
    db,
    url: url.href,
    engine: 'postgres',
    close: async () => {
      await db.destroy()
      await sql`drop database ${sql.id(name)} with (force)`.execute(admin)
      await admin.destroy()
    },
  }
}

const prepared = async (db: Database): Promise<void> => {
  await migrate(db)
  const wall = await raisePortalWall(db)
  if (!wall.ok) throw new Error(wall.error)
}

const migrations = new URL('../../src/store/migrations/', import.meta.url)

const snapshotFile = async (): Promise<string> => {
  const { readdirSync } = await import('node:fs')
  // with the list itself: a migration that is written but not listed yet is not in the schema
  const source = ['../migrate.ts', '../portal/portal-role.ts', ...readdirSync(migrations).sort()]
    .map((file) => readFileSync(new URL(file, migrations), 'utf8'))
    .join('')
  const folder = join(tmpdir(), 'causeway-test')
  const file = join(folder, `schema-${sha256(source).slice(0, 16)}.tar`)
  if (existsSync(file)) return file
  const engine = await startEmbedded({ dataDir: null })
  const db = connect({ url: engine.url, max: 1 })
  await prepared(db)
  await db.destroy()
  mkdirSync(folder, { recursive: true })
  const partial = `${file}.${process.pid}`
  writeFileSync(partial, Buffer.from(await engine.dump()))
  renameSync(partial, file)
  await engine.close()
  return file
}

const openEmbedded = async (max: number): Promise<TestDatabase> => {
  const bytes = readFileSync(await snapshotFile())
  const snapshot = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer
  const engine = await startEmbedded({ dataDir: null, snapshot })
  const db = connect({ url: engine.url, max })
  return {
    db,
    url: engine.url,
    engine: 'embedded',
    close: async () => {
      await db.destroy()
      await engine.close()
    },
  }
}
