import { sql } from 'kysely'
import type { StaffParty } from '../../domain/audience.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { ok, type Result } from '../../lib/result.ts'
import { type Comment, noteAudiencesOf } from '../comments.ts'
import { type Page, type PageRequest, pageOf, pageSize, readPlace } from '../cursor.ts'
import type { Tx } from '../database.ts'

/** Comments of a record a party may read, in the author's order. */
export const listComments = async (
  tx: Tx,
  recordId: string,
  party: StaffParty,
  request: PageRequest,
): Promise<Result<Page<Comment>, Refusal>> => {
  const place = readPlace(request.after, 'time')
  if (!place.ok) return place
  const limit = pageSize(request.limit)
  const after =
    place.value === null
      ? sql`true`
      : sql`(date_trunc('milliseconds', at), id) > (${place.value.at}::timestamptz, ${place.value.id}::uuid)`
  const audiences = noteAudiencesOf(party)
  const result = await sql<Comment>`
    select c.* from (
      select * from message where record_id = ${recordId}::uuid and deleted_at is null and ${after}
      union all select * from note where record_id = ${recordId}::uuid and deleted_at is null
        and audience = any(${[...audiences]}::text[]) and ${after}
    ) c order by date_trunc('milliseconds', c.at), c.id limit ${limit + 1}`.execute(tx)
  return ok(pageOf(result.rows, limit, (row) => ({ at: row.at.toISOString(), id: row.id })))
}
