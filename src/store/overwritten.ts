import { sql } from 'kysely'
import type { Conflict } from '../sync/plan.ts'
import type { ToolFields } from '../sync/snapshot.ts'
import type { Tx } from './database.ts'
import { LANES, type Lane } from './dirty.ts'

/** What is kept of edits that a write of ours replaced in the tool. */

/** Opens a question for each lost value. It stays until a person settles it, however the sides come to agree. */
export const openOverwritten = async (
  tx: Tx,
  mirrorId: string,
  conflicts: readonly Conflict[],
  newId: () => string,
  now: Date,
): Promise<void> => {
  if (conflicts.length === 0) return
  const rows = conflicts.map((conflict) => ({ id: newId(), ...conflict }))
  await sql`
    insert into conflict (id, mirror_id, field, base, hub, tool, opened_at, overwritten)
    select id, ${mirrorId}::uuid, field, base, hub, tool, ${now}::timestamptz, true
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, field text, base jsonb, hub jsonb, tool jsonb)`.execute(
    tx,
  )
}

/**
 * Asks that the tool gets these values, as if a person set them there: the base is left alone, so the look that
 * follows takes them in as an edit.
 */
export const giveBack = async (
  tx: Tx,
  mirrorId: string,
  fields: ToolFields,
  now: Date,
  lane: Lane = LANES.change,
): Promise<void> => {
  if (Object.keys(fields).length === 0) return
  await sql`
    update mirror set restore = coalesce(restore, '{}') || ${JSON.stringify(fields)}::jsonb, dirty_seq = dirty_seq + 1,
      dirty_lane = ${lane}, dirty_at = ${now}::timestamptz, dirty_why = 'an edit is given back', retry_at = null
    where id = ${mirrorId}`.execute(tx)
}
