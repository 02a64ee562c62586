import { sql } from 'kysely'
import type { Tx } from './database.ts'

/** Who waits: lower goes first. A person at a screen, a change somebody will see, a sweep's find, a first load. */
export const LANES = { person: 0, change: 1, sweep: 2, backfill: 3 } as const
export type Lane = (typeof LANES)[keyof typeof LANES]

export interface ChangedRecord {
  readonly kind: 'ticket' | 'work item' | 'release'
  readonly id: string
}

/**
 * Marks every mirror dirty that shows something of these records: their own, and those that show it through an
 * escalation or a release. One statement, in the transaction of the change itself.
 *
 * A ticket shows on its work item (severity, counts, words); a work item shows on all its tickets; a release shows on
 * its work items and their tickets. A mark that is already there only gets a better lane.
 */
export const markDirty = async (
  tx: Tx,
  records: readonly ChangedRecord[],
  lane: Lane,
  why: string,
  now: Date,
  /** The mirror a change came from: it shows it already. */
  except: string | null = null,
): Promise<void> => {
  if (records.length === 0) return
  const ids = (kind: ChangedRecord['kind']): string[] =>
    records.filter((record) => record.kind === kind).map((record) => record.id)
  await sql`
    with released as (select unnest(${ids('release')}::uuid[]) as id),
    touched_items as (
      select unnest(${ids('work item')}::uuid[]) as id
      union select w.id from work_item w join released r on w.release_id = r.id
    ),
    touched as (
      select id from released
      union select id from touched_items
      union select unnest(${ids('ticket')}::uuid[])
      union select e.ticket_id from escalation e join touched_items w on e.work_item_id = w.id
      union select e.work_item_id from escalation e where e.ticket_id = any(${ids('ticket')}::uuid[])
    ),
    -- locked in one order, so that two transactions never wait for each other in a ring
    locked as (
      select m.id from mirror m join touched t on m.record_id = t.id
      where m.state in ('creating', 'live', 'paused') and m.id is distinct from ${except}::uuid order by m.id for update of m
    )
    update mirror m set
      dirty_seq = m.dirty_seq + 1,
      dirty_lane = case when m.dirty_seq > m.clean_seq then least(m.dirty_lane, ${lane}::smallint) else ${lane}::smallint end,
      dirty_at = case when m.dirty_seq > m.clean_seq then m.dirty_at else ${now}::timestamptz end,
      dirty_why = ${why}
    from locked l where m.id = l.id`.execute(tx)
}
