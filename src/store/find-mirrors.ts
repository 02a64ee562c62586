import { sql } from 'kysely'
import type { RecordKind } from '../domain/words.ts'
import type { Tx } from './database.ts'

export interface FoundMirror {
  readonly id: string
  readonly connection_id: string
  readonly record_kind: RecordKind
  readonly record_id: string | null
}

/** Mirrors of a record, by our key (`T-12`, `W-3`) or by an item's key or id in a tool. */
export const findMirrorsOf = async (tx: Tx, key: string): Promise<readonly FoundMirror[]> => {
  const result = await sql<FoundMirror>`
    select m.id, m.connection_id, m.record_kind, m.record_id from mirror m
    where m.state <> 'unlinked' and (m.remote_key = ${key} or m.remote_id = ${key}
      or m.record_id in (select id from ticket where key = ${key} union select id from work_item where key = ${key}))
    order by m.created_at limit 100`.execute(tx)
  return result.rows
}
