import { type Selectable, sql } from 'kysely'
import type { ToldHold } from '../../domain/hold-words.ts'
import type { Tx } from '../database.ts'
import type { ConnectionTable } from '../tables.ts'

/** How a connection fares, for the screen of connections. Settings and secrets are not among it. */
export interface ConnectionStatus
  extends Pick<
    Selectable<ConnectionTable>,
    | 'id'
    | 'key'
    | 'kind'
    | 'party'
    | 'title'
    | 'state'
    | 'state_reason'
    | 'mapping_version'
    | 'polled_at'
    | 'swept_at'
    | 'sweep_found'
    | 'missed_by_webhook'
    | 'blocked_until'
    | 'down_since'
    | 'fault'
    | 'version'
    | 'hook_at'
    | 'hook_until'
    | 'hook_problem'
  > {
  readonly mirrors: number
  readonly waiting: number
  readonly waiting_since: Date | null
  readonly holds: number
  readonly conflicts: number
  readonly unknown_writes: number
  /** The reason that most of its holds share. */
  readonly top_hold: { readonly reason: string; readonly told: ToldHold | null } | null
}

/** All of them, or the one called so; there are few. */
export const connectionStatuses = async (
  tx: Tx,
  key: string | null,
): Promise<readonly ConnectionStatus[]> => {
  const result = await sql<ConnectionStatus>`
    select c.id, c.key, c.kind, c.party, c.title, c.state, c.state_reason, c.mapping_version, c.polled_at, c.swept_at,
      c.sweep_found, c.missed_by_webhook, c.blocked_until, c.down_since, c.fault, c.version, c.hook_at, c.hook_until, c.hook_problem,
      m.mirrors, m.waiting, m.waiting_since,
      (select count(*) from hold h join mirror on mirror.id = h.mirror_id where mirror.connection_id = c.id) as holds,
      (select count(*) from conflict x join mirror on mirror.id = x.mirror_id
        where mirror.connection_id = c.id and x.settled_at is null) as conflicts,
      (select jsonb_build_object('reason', reason, 'told', (array_agg(h.told))[1]) from hold h join mirror on mirror.id = h.mirror_id where mirror.connection_id = c.id
        group by reason order by count(*) desc, reason limit 1) as top_hold,
      (select count(*) from attempt a where a.connection_id = c.id and a.state = 'unknown') as unknown_writes
    from connection c
    cross join lateral (
      select count(*) filter (where state in ('live', 'creating', 'paused')) as mirrors,
        count(*) filter (where dirty_seq > clean_seq) as waiting,
        min(dirty_at) filter (where dirty_seq > clean_seq) as waiting_since
      from mirror where connection_id = c.id
    ) m
    where (${key}::text is null or c.key = ${key}::text)
    order by c.key`.execute(tx)
  return result.rows
}
