import { sql } from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'
import type { Database } from './database.ts'
import * as hubAndMirrors from './migrations/0001-hub-and-mirrors.ts'
import * as eventOrder from './migrations/0002-event-order.ts'

/** Every migration in order. Only ever added to; forward only (a backup is the way back). */
const MIGRATIONS: Readonly<Record<string, Migration>> = {
  '0001-hub-and-mirrors': hubAndMirrors,
  '0002-event-order': eventOrder,
}

/** Brings the schema up to date; returns the names of what was run now. Throws the first failure; nothing of it stays. */
export const migrate = async (db: Database): Promise<readonly string[]> => {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => ({ ...MIGRATIONS }) } })
  const { error, results } = await migrator.migrateToLatest()
  if (error) throw error
  return (results ?? []).filter((result) => result.status === 'Success').map((result) => result.migrationName)
}

/** Migrations not yet run. */
export const pendingMigrations = async (db: Database): Promise<readonly string[]> => {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => ({ ...MIGRATIONS }) } })
  return (await migrator.getMigrations())
    .filter((migration) => migration.executedAt === undefined)
    .map((migration) => migration.name)
}

/** Migrations this database has seen and this program does not know: a newer program was here. */
export const newerMigrations = async (db: Database): Promise<readonly string[]> => {
  const table = await sql<{
    found: boolean
  }>`select to_regclass('kysely_migration') is not null as found`.execute(db)
  if (table.rows[0]?.found !== true) return []
  const done = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db)
  return done.rows.map((row) => row.name).filter((name) => !(name in MIGRATIONS))
}
