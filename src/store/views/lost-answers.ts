import { sql } from 'kysely'
import type { Refusal } from '../../domain/refusal.ts'
import { ok, type Result } from '../../lib/result.ts'
import { type Page, type PageRequest, pageOf, pageSize, readPlace } from '../cursor.ts'
import type { Tx } from '../database.ts'
import type { FaultRecord } from '../tables.ts'
import { type MirrorRow, mirrorColumns, namesOfMirror } from './mirror-list.ts'

/** A call that changes a tool, whose answer was lost: what was tried, without the words in it. */
export interface LostAnswer extends MirrorRow {
  readonly attempt_id: string
  readonly op: string
  /** Fields it writes, by their names there. */
  readonly fields: readonly string[]
  readonly started_at: Date
  /** Looks that did not find its effect. */
  readonly misses: number
  readonly attempt_fault: FaultRecord | null
}

/** The latest first. */
export const listLostAnswers = async (
  tx: Tx,
  connection: string | null,
  request: PageRequest,
): Promise<Result<Page<LostAnswer>, Refusal>> => {
  const place = readPlace(request.after, 'time')
  if (!place.ok) return place
  const limit = pageSize(request.limit)
  const at = sql`date_trunc('milliseconds', a.started_at)`
  const result = await sql<LostAnswer>`
    select ${mirrorColumns}, a.id as attempt_id, a.operation->'operation'->>'op' as op, a.started_at, a.misses, a.fault as attempt_fault,
      coalesce((select array_agg(f order by f) from jsonb_object_keys(a.operation->'operation'->'fields') f), '{}') as fields
    from attempt a join mirror m on m.id = a.mirror_id ${namesOfMirror}
    where a.state = 'unknown' and (${connection}::text is null or c.key = ${connection}::text)
      and ${place.value === null ? sql`true` : sql`(${at}, a.id) < (${place.value.at}::timestamptz, ${place.value.id}::uuid)`}
    order by ${at} desc, a.id desc limit ${limit + 1}`.execute(tx)
  return ok(pageOf(result.rows, limit, (row) => ({ at: row.started_at.toISOString(), id: row.attempt_id })))
}
