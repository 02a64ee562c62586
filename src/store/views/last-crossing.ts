import { sql } from 'kysely'
import type { Tx } from '../database.ts'
import { findMirrorsOf } from '../find-mirrors.ts'

/** The event of the last crossing of a record or item, by its key here or there. */
export const lastCrossingOf = async (tx: Tx, key: string): Promise<string | null> => {
  const mirrors = await findMirrorsOf(tx, key)
  const found = await sql<{ id: string }>`
    select e.id from event e
    where e.kind = 'mirror.synced' and e.record_id in
      (select record_id from mirror where id = any(${mirrors.map((mirror) => mirror.id)}::uuid[]))
    order by e.seq desc limit 1`.execute(tx)
  return found.rows[0]?.id ?? null
}
