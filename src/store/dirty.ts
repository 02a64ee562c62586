import { sql } from 'kysely'
import type { Tx } from './database.ts'

/** Who waits: lower goes first. A person at a screen, a change somebody will see, a sweep's find, a first load. */
export const LANES = { person: 0, change: 1, sweep: 2, backfill: 3 } as const
export type Lane = (typeof LANES)[keyof typeof LANES]

export interface ChangedRecord {
  readonly kind: 'ticket' | 'work item' | 'release'
  readonly id: string
}

/** A changed record, and the mirror its change came from: that one shows it already. */
export interface DirtyMark extends ChangedRecord {
  readonly except: string | null
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
  except: string | null = null,
): Promise<void> =>
  markAllDirty(
    tx,
    records.map((record) => ({ ...record, except })),
    lane,
    why,
    now,
  )

/** As `markDirty`, for changes that came from several mirrors. */
export const markAllDirty = async (
  tx: Tx,
  marks: readonly DirtyMark[],
  lane: Lane,
  why: string,
  now: Date,
  /** Mirrors that this transaction changes besides: locked together with the others, in one order. */
  also: readonly string[] = [],
): Promise<void> => {
  if (marks.length === 0) return
  const of = (kind: ChangedRecord['kind']) => {
    const some = marks.filter((mark) => mark.kind === kind)
    return sql`unnest(${some.map((mark) => mark.id)}::uuid[], ${some.map((mark) => mark.except)}::uuid[]) as x(id, except_mirror)`
  }
  await sql`
    with released as (select x.id, x.except_mirror from ${of('release')}),
    tickets as (select x.id, x.except_mirror from ${of('ticket')}),
    touched_items as (
      select x.id, x.except_mirror from ${of('work item')}
      union select w.id, r.except_mirror from work_item w join released r on w.release_id = r.id
    ),
    touched as (
      select id, except_mirror from released
      union select id, except_mirror from touched_items
      union select id, except_mirror from tickets
      union select e.ticket_id, w.except_mirror from escalation e join touched_items w on e.work_item_id = w.id
      union select e.work_item_id, t.except_mirror from escalation e join tickets t on e.ticket_id = t.id
    ),
    marked as (
      select m.id from mirror m join touched t on m.record_id = t.id
      where m.state in ('creating', 'live', 'paused') and m.id is distinct from t.except_mirror
    ),
    -- locked in one order, so that two transactions never wait for each other in a ring
    locked as materialized (
      select m.id from mirror m join (select id from marked union select unnest(${[...also]}::uuid[])) w on w.id = m.id
      order by m.id for update of m
    )
    update mirror m set
      dirty_seq = m.dirty_seq + 1,
      dirty_lane = case when m.dirty_seq > m.clean_seq then least(m.dirty_lane, ${lane}::smallint) else ${lane}::smallint end,
      dirty_at = case when m.dirty_seq > m.clean_seq then m.dirty_at else ${now}::timestamptz end,
      dirty_why = ${why}
    from locked l where m.id = l.id and l.id in (select id from marked)`.execute(tx)
}

/** Why a mirror is dirty: somebody pressed “Look again now”. */
export const PERSON_ASKED = 'a person asked'
