import { sql } from 'kysely'
import type { ToldHold } from '../../domain/hold-words.ts'
import type { Tx } from '../database.ts'

/** Holds that wait for the same thing: one fix lets all of them go. */
export interface HoldCause {
  readonly connection: string
  readonly code: string
  /** Our end of the pair of fields; `comment`, `attachment` for words and files. */
  readonly field: string
  readonly reason: string
  readonly next_step: string
  readonly told: ToldHold | null
  readonly holds: number
  readonly since: Date
  readonly samples: readonly {
    readonly mirror: string
    readonly key: string | null
    readonly kind: string
    readonly there: string | null
    readonly url: string | null
  }[]
}

/** How a hold's field is named in a cause: a comment has an id of its own in it, which no two share. */
export const causeField = sql`case when h.field like 'comment:%' then 'comment' when h.field like 'attachment:%' then 'attachment'
  else h.field end`

const MOST = 200
const SAMPLES = 5

/** The most frequent first. */
export const holdCauses = async (tx: Tx, connection: string | null): Promise<readonly HoldCause[]> => {
  const { rows } = await sql<HoldCause>`
    select c.key as connection, h.code, ${causeField} as field, h.reason, min(h.next_step) as next_step, (array_agg(h.told))[1] as told, count(*)::int as holds,
      min(h.since) as since,
      to_jsonb((array_agg(jsonb_build_object('mirror', m.id, 'kind', m.record_kind, 'key', coalesce(t.key, w.key, r.name),
        'there', m.remote_key, 'url', m.remote_url) order by h.since))[1:${sql.lit(SAMPLES)}]) as samples
    from hold h join mirror m on m.id = h.mirror_id join connection c on c.id = m.connection_id
    left join ticket t on m.record_kind = 'ticket' and t.id = m.record_id
    left join work_item w on m.record_kind = 'work item' and w.id = m.record_id
    left join release r on m.record_kind = 'release' and r.id = m.record_id
    where (${connection}::text is null or c.key = ${connection}::text)
    group by 1, 2, 3, 4 order by holds desc, since desc limit ${MOST}`.execute(tx)
  return rows
}
