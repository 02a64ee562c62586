import { sql } from 'kysely'
import type { Actor } from '../../domain/actor.ts'
import type { Tx } from '../database.ts'

/** One time that values went over between a record and its item, without the values. */
export interface CrossingRow {
  readonly seq: string
  readonly id: string
  readonly at: Date
  readonly actor: Actor
  readonly because: string | null
  readonly connection: string
  readonly record_kind: string | null
  readonly record_key: string | null
  readonly remote_key: string | null
  readonly remote_url: string | null
  readonly lines: readonly { readonly field: string; readonly to: 'hub' | 'tool' }[]
  readonly is_undone: boolean
}

/** The latest first; `before` is the `seq` of the last one had. */
export const listCrossings = async (
  tx: Tx,
  connection: string | null,
  before: string | null,
  limit: number,
): Promise<readonly CrossingRow[]> => {
  const { rows } = await sql<CrossingRow>`
    select e.seq::text as seq, e.id, e.at, e.actor, e.data->>'because' as because, c.key as connection, e.record_kind,
      coalesce(t.key, w.key, r.name) as record_key, m.remote_key, m.remote_url,
      (select jsonb_agg(jsonb_build_object('field', l->>'field', 'to', l->>'to')) from jsonb_array_elements(e.data->'why') l) as lines,
      exists (select from event u where u.kind = 'mirror.undone' and u.record_id = e.record_id and u.data->>'event' = e.id::text) as is_undone
    from event e join connection c on c.id = e.connection_id
    left join mirror m on m.id = (e.data->>'mirror')::uuid
    left join ticket t on e.record_kind = 'ticket' and t.id = e.record_id
    left join work_item w on e.record_kind = 'work item' and w.id = e.record_id
    left join release r on e.record_kind = 'release' and r.id = e.record_id
    where e.kind = 'mirror.synced' and jsonb_array_length(coalesce(e.data->'why', '[]')) > 0
      and (${connection}::text is null or c.key = ${connection}::text) and (${before}::bigint is null or e.seq < ${before}::bigint)
    order by e.seq desc limit ${limit}`.execute(tx)
  return rows
}
