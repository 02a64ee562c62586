import { sql } from 'kysely'
import type { Conflict, Hold } from '../sync/plan.ts'
import type { Tx } from './database.ts'

/** What waits for a person: holds (a field that cannot cross) and conflicts (both sides changed it). */

/**
 * Makes these the holds of a mirror: new ones are opened, ones that are no more are closed. Returns what changed, so
 * that each opening and closing is told once.
 */
export const replaceHolds = async (
  tx: Tx,
  mirrorId: string,
  holds: readonly Hold[],
  now: Date,
): Promise<{ readonly opened: readonly string[]; readonly closed: readonly string[] }> => {
  const rows = [...new Map(holds.map((hold) => [hold.field, hold])).values()]
  const result = await sql<{ field: string; what: 'opened' | 'closed' }>`
    with wanted as (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(field text, code text, reason text, "nextStep" text, told jsonb, value jsonb)
    ), closed as (
      delete from hold where mirror_id = ${mirrorId} and field not in (select field from wanted) returning field
    ), opened as (
      insert into hold (mirror_id, field, code, reason, next_step, told, value, since)
      select ${mirrorId}::uuid, field, code, reason, "nextStep", told, value, ${now}::timestamptz from wanted
      on conflict (mirror_id, field) do update set code = excluded.code, reason = excluded.reason, next_step = excluded.next_step, told = excluded.told, value = excluded.value
      returning field, xmax = 0 as fresh
    )
    select field, 'closed' as what from closed union all select field, 'opened' from opened where fresh`.execute(
    tx,
  )
  const of = (what: 'opened' | 'closed'): readonly string[] =>
    result.rows.filter((row) => row.what === what).map((row) => row.field)
  return { opened: of('opened'), closed: of('closed') }
}

/**
 * Makes these the open conflicts of a mirror. One that both sides agree on again is settled by itself; not one about a
 * value that our write replaced (`openOverwritten`), for there both sides agree from the start.
 */
export const replaceConflicts = async (
  tx: Tx,
  mirrorId: string,
  conflicts: readonly Conflict[],
  newId: () => string,
  now: Date,
): Promise<{ readonly opened: readonly string[]; readonly settled: readonly string[] }> => {
  const rows = conflicts.map((conflict) => ({ id: newId(), ...conflict }))
  const result = await sql<{ field: string; what: 'opened' | 'settled' }>`
    with wanted as (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, field text, base jsonb, hub jsonb, tool jsonb)
    ), settled as (
      update conflict set settled_at = ${now}::timestamptz, choice = 'agreed'
      where mirror_id = ${mirrorId} and settled_at is null and not overwritten and field not in (select field from wanted) returning field
    ), opened as (
      insert into conflict (id, mirror_id, field, base, hub, tool, opened_at)
      select id, ${mirrorId}::uuid, field, base, hub, tool, ${now}::timestamptz from wanted
      on conflict (mirror_id, field) where settled_at is null and not overwritten do update set hub = excluded.hub, tool = excluded.tool
      returning field, xmax = 0 as fresh
    )
    select field, 'settled' as what from settled union all select field, 'opened' from opened where fresh`.execute(
    tx,
  )
  const of = (what: 'opened' | 'settled'): readonly string[] =>
    result.rows.filter((row) => row.what === what).map((row) => row.field)
  return { opened: of('opened'), settled: of('settled') }
}

/** Opens these beside whatever else is open on the mirror. */
export const openConflicts = async (
  tx: Tx,
  mirrorId: string,
  conflicts: readonly Conflict[],
  newId: () => string,
  now: Date,
): Promise<void> => {
  const rows = conflicts.map((conflict) => ({ id: newId(), ...conflict }))
  await sql`
    insert into conflict (id, mirror_id, field, base, hub, tool, opened_at)
    select id, ${mirrorId}::uuid, field, base, hub, tool, ${now}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, field text, base jsonb, hub jsonb, tool jsonb)
    on conflict (mirror_id, field) where settled_at is null and not overwritten do update set hub = excluded.hub, tool = excluded.tool`.execute(
    tx,
  )
}

/** Holds that a rule left: they stay until the rule runs again. */
export const openRuleHolds = async (tx: Tx, mirrorId: string): Promise<readonly Hold[]> => {
  const result = await sql<Hold>`
    select field, code, reason, next_step as "nextStep", told, value from hold where mirror_id = ${mirrorId} and field like 'rule:%'`.execute(
    tx,
  )
  return result.rows
}

/** Holds that a call brought to light: they stay until the call is tried again. */
export const openCallHolds = async (tx: Tx, mirrorId: string): Promise<readonly Hold[]> => {
  const result = await sql<Hold>`
    select field, code, reason, next_step as "nextStep", told, value from hold where mirror_id = ${mirrorId} and code in ('refused-by-tool', 'not-taken')`.execute(
    tx,
  )
  return result.rows
}

/**
 * Settles the holds of the fields that calls tried: those a call brought to light stand beside the plan's, the others
 * of these fields are closed. Each opening and closing is told once.
 */
export const settleCallHolds = async (
  tx: Tx,
  mirrorId: string,
  tried: readonly string[],
  holds: readonly Hold[],
  now: Date,
): Promise<{ readonly opened: readonly string[]; readonly closed: readonly string[] }> => {
  const passed = tried.filter((field) => !holds.some((hold) => hold.field === field))
  const closed = await sql<{ field: string }>`
    delete from hold where mirror_id = ${mirrorId} and field = any(${passed}::text[]) and code in ('refused-by-tool', 'not-taken') returning field`.execute(
    tx,
  )
  const rows = [...new Map(holds.map((hold) => [hold.field, hold])).values()]
  const opened = await sql<{ field: string; isNew: boolean }>`
    insert into hold (mirror_id, field, code, reason, next_step, told, value, since)
    select ${mirrorId}::uuid, field, code, reason, "nextStep", told, value, ${now}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(field text, code text, reason text, "nextStep" text, told jsonb, value jsonb)
    on conflict (mirror_id, field) do update set code = excluded.code, reason = excluded.reason, next_step = excluded.next_step, told = excluded.told, value = excluded.value
    returning field, xmax = 0 as "isNew"`.execute(tx)
  return {
    opened: opened.rows.flatMap((row) => (row.isNew ? [row.field] : [])),
    closed: closed.rows.map((row) => row.field),
  }
}
