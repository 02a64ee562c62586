import { sql } from 'kysely'
import { type Settings, settingsFrom } from '../domain/settings.ts'
import type { Database, Tx } from './database.ts'

/** Values of the whole installation, by key. Keeps the first value ever put under this key, and returns the one that is kept. */
export const putSettingOnce = async (tx: Tx, key: string, value: string): Promise<string> => {
  const result = await sql<{ value: string }>`
    insert into setting (key, value) values (${key}, ${JSON.stringify(value)}::jsonb)
    on conflict (key) do update set value = setting.value returning value`.execute(tx)
  return result.rows[0]?.value ?? value
}

export const SETTINGS_KEY = 'organisation'

/** What the organisation decided; defaults for what it has not. */
export const readSettings = async (db: Database | Tx): Promise<Settings> => {
  const row = await db
    .selectFrom('setting')
    .select('value')
    .where('key', '=', SETTINGS_KEY)
    .executeTakeFirst()
  return settingsFrom(row?.value)
}

/** Holds them until the transaction ends: of two changes at once neither is lost. */
export const lockSettings = async (tx: Tx): Promise<Settings> => {
  await sql`select pg_advisory_xact_lock(hashtextextended('settings', 4600))`.execute(tx)
  return readSettings(tx)
}

export const writeSettings = async (tx: Tx, settings: Settings): Promise<void> => {
  const value = JSON.stringify(settings)
  await sql`
    insert into setting (key, value) values (${SETTINGS_KEY}, ${value}::jsonb)
    on conflict (key) do update set value = excluded.value`.execute(tx)
}
