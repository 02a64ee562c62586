import { sql } from 'kysely'
import type { Database, Tx } from './database.ts'
import type { ChangedRecord } from './dirty.ts'

/**
 * Pairs joined without writing to either tool. What one side's first look changes here is shown by the other: so a mirror
 * stays quiet until it and everything it is bonded with have been looked at and are clean. One that cannot be reached, or
 * that is not kept in step any more, holds up none of the others.
 */
export const makeQuiet = async (tx: Tx, recordIds: readonly string[]): Promise<void> => {
  await sql`update mirror set quiet = true where record_id = any(${[...recordIds]}::uuid[]) and state in ('candidate', 'live')`.execute(
    tx,
  )
}

/** Looks at pairs at once, at most. */
const AT_ONCE = 1_000

/**
 * Ends the quiet of those that are through; with `recordId`, of its mirrors and of those it is bonded with. Of rows that
 * somebody holds, the next look decides: a wait here could be one for a worker that waits for us.
 */
export const endQuiet = async (db: Database, recordId?: string): Promise<number> => {
  const waits = (m: string) =>
    sql.raw(`${m}.state in ('candidate', 'creating', 'live') and ${m}.failures = 0
      and (${m}.mapping_version = 0 or ${m}.dirty_seq > ${m}.clean_seq)`)
  const near =
    recordId === undefined
      ? sql`true`
      : sql`m.record_id in (
          select ${recordId}::uuid union all select work_item_id from escalation where ticket_id = ${recordId}::uuid
          union all select ticket_id from escalation where work_item_id = ${recordId}::uuid)`
  const result = await sql`
    with through as (
      select m.id from mirror m
      where m.quiet and ${near} and not (${waits('m')}) and not exists (
        select from escalation e join mirror o on o.quiet and (${waits('o')})
          and o.record_id = case when e.ticket_id = m.record_id then e.work_item_id else e.ticket_id end
        where e.ended_at is null and (e.ticket_id = m.record_id or e.work_item_id = m.record_id))
      limit ${AT_ONCE} for update of m skip locked
    )
    update mirror set quiet = false from through where mirror.id = through.id`.execute(db)
  return Number(result.numAffectedRows ?? 0n)
}

/**
 * Somebody asks to write after all: what was left as it was is met again. Answers the records whose mirrors that concerns.
 */
export const endKept = async (tx: Tx, recordIds: readonly string[]): Promise<readonly ChangedRecord[]> => {
  const result = await sql<ChangedRecord>`
    update mirror set quiet = false, fence = fence + 1, lease_until = null, base = base || jsonb_build_object('links', '[]'::jsonb, 'fields',
      (select coalesce(jsonb_object_agg(f.key, f.value), '{}') from jsonb_each(base->'fields') f where not f.value ? 'kept'))
    where record_id = any(${[...recordIds]}::uuid[]) and state = 'live'
      and (quiet or jsonb_path_exists(base, '$.fields.*.kept'))
    returning record_kind as kind, record_id as id`.execute(tx)
  return result.rows
}
