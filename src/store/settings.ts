import { sql } from 'kysely'
import type { Tx } from './database.ts'

/** Values of the whole installation, by key. Keeps the first value ever put under this key, and returns the one that is kept. */
export const putSettingOnce = async (tx: Tx, key: string, value: string): Promise<string> => {
  const result = await sql<{ value: string }>`
    insert into setting (key, value) values (${key}, ${JSON.stringify(value)}::jsonb)
    on conflict (key) do update set value = setting.value returning value`.execute(tx)
  return result.rows[0]?.value ?? value
}
