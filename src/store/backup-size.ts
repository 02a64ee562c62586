import { sql } from 'kysely'
import type { Database } from './database.ts'

/**
 * Bytes a backup may take at most, before it is written. Files mostly do not shrink: base64 makes them a third larger,
 * and packing takes that off again. Rows do: packed, without indexes, half of what the database takes is plenty.
 */
export const backupSize = async (db: Database): Promise<number> => {
  const result = await sql<{ rows: number; files: number }>`
    select pg_database_size(current_database())::float8 as rows,
      (select coalesce(sum(size), 0)::float8 from (
        select distinct sha256, size from attachment where state = 'stored' and sha256 is not null) stored) as files`.execute(
    db,
  )
  const { rows = 0, files = 0 } = result.rows[0] ?? {}
  return Math.ceil(rows / 2 + files * 1.05)
}
