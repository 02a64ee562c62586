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

/** The event in which what a person settled was written; null: it was not yet, or both sides showed it already. */
export const crossingOfConflict = async (tx: Tx, conflict: string): Promise<string | null> => {
  const found = await sql<{ id: string }>`
    select e.id from conflict x join mirror m on m.id = x.mirror_id
    join event e on e.record_id = m.record_id and e.kind = 'mirror.synced' and e.at >= x.settled_at and e.data->>'mirror' = m.id::text
    where x.id = ${conflict}::uuid and exists (select from jsonb_array_elements(e.data->'why') l where l->>'field' = split_part(x.field, '~', 1))
    order by e.seq limit 1`.execute(tx)
  return found.rows[0]?.id ?? null
}
