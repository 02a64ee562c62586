import { type RawBuilder, sql } from 'kysely'
import type { Database, Tx } from './database.ts'
import { LANES, type Lane } from './dirty.ts'

/**
 * Turns hints that were taken in into dirty marks, many at once; returns how many were turned. A hint about an item
 * nobody knows makes a candidate; one about an item that was gone revives its mirror.
 */
export const turnHints = async (db: Database, limit: number, now: Date): Promise<number> => {
  const result = await sql<{ n: number }>`
    with taken as (
      delete from hint where id in (select id from hint order by id limit ${limit} for update skip locked) returning connection_id, remote_id, why, lane
    ), items as (
      select connection_id, remote_id, min(lane) as lane, min(why) as why, count(*) as n from taken group by connection_id, remote_id order by connection_id, remote_id
    ),
    -- locked in one order, by id as everywhere, so that two transactions never wait for each other in a ring
    held as materialized (
      select m.id from mirror m join items i on i.connection_id = m.connection_id and i.remote_id = m.remote_id order by m.id for update of m
    ), marked as (
      insert into mirror (id, connection_id, record_kind, remote_id, state, dirty_lane, dirty_at, dirty_why, created_at)
      select gen_random_uuid(), connection_id, 'ticket', remote_id, 'candidate', lane, ${now}::timestamptz, why, ${now}::timestamptz from items
      where (select count(*) from held) >= 0
      on conflict (connection_id, remote_id) where remote_id is not null do update set ${MARK}
      returning 1
    )
    select count(*)::int as n from taken where (select count(*) from marked) >= 0`.execute(db)
  return result.rows[0]?.n ?? 0
}

/** A record that was given another item meanwhile keeps that one; the one that came back stays apart. */
const NO_OTHER = (mirror: string): string =>
  `not exists (select 1 from mirror other where other.connection_id = ${mirror}.connection_id and other.record_id = ${mirror}.record_id and other.state not in ('gone', 'unlinked'))`

const MARK = sql.raw(`
  dirty_seq = mirror.dirty_seq + 1,
  dirty_lane = case when mirror.dirty_seq > mirror.clean_seq then least(mirror.dirty_lane, excluded.dirty_lane) else excluded.dirty_lane end,
  dirty_at = case when mirror.dirty_seq > mirror.clean_seq then mirror.dirty_at else excluded.dirty_at end,
  dirty_why = excluded.dirty_why,
  state = case when mirror.state = 'gone' and ${NO_OTHER('mirror')} then 'live' else mirror.state end`)

/** Items that a tool named as taken away: each live mirror of one is looked at, which finds out. */
export const noteGone = async (
  tx: Tx,
  connectionId: string,
  remoteIds: readonly string[],
  now: Date,
): Promise<void> => {
  if (remoteIds.length === 0) return
  await lookAt(
    tx,
    sql`select id from mirror where connection_id = ${connectionId}::uuid and remote_id = any(${[...remoteIds]}::text[]) and state = 'live'
      order by id for update`,
    now,
  )
}

/** Items on which something was said: each live mirror of one is looked at whose last look showed no words as late. */
export const noteSaid = async (
  tx: Tx,
  connectionId: string,
  said: readonly { readonly id: string; readonly at: string }[],
  now: Date,
): Promise<void> => {
  if (said.length === 0) return
  await lookAt(
    tx,
    sql`select m.id from mirror m join jsonb_to_recordset(${JSON.stringify(said)}::jsonb) as s (id text, at timestamptz) on s.id = m.remote_id
      where m.connection_id = ${connectionId}::uuid and m.state = 'live' and not exists (
        select from jsonb_array_elements(case jsonb_typeof(m.snapshot->'comments') when 'array' then m.snapshot->'comments' else '[]' end) c
        where coalesce(c->>'editedAt', c->>'at')::timestamptz >= s.at)
      order by m.id for update of m`,
    now,
  )
}

/** Marks mirrors that a page of changes named; `ids` locks them in their order. */
const lookAt = async (tx: Tx, ids: RawBuilder<unknown>, now: Date): Promise<void> => {
  await sql`
    update mirror set dirty_seq = dirty_seq + 1, dirty_at = case when dirty_seq > clean_seq then dirty_at else ${now}::timestamptz end,
      dirty_lane = case when dirty_seq > clean_seq then least(dirty_lane, ${LANES.change}::smallint) else ${LANES.change}::smallint end, dirty_why = 'poll'
    where id in (${ids})`.execute(tx)
}

export interface ListedItem {
  readonly id: string
  readonly kind: 'item' | 'release'
  /** Fingerprint of the item as listed. */
  readonly hash: string
  /** ISO 8601, the tool's clock. */
  readonly updatedAt: string | null
  /** A record may be made of it. */
  readonly wanted: boolean
}

/**
 * Compares a page of a listing with what we know, in one statement: items that changed become dirty, unknown ones that
 * are wanted become candidates, the rest costs nothing. `settled` is false for a listing younger than the tool's clock
 * can tell apart: then the fingerprint is not kept, so that a second change in the same second is not missed.
 */
export const noteListed = async (
  tx: Tx,
  page: {
    readonly connectionId: string
    readonly items: readonly (ListedItem & { readonly settled: boolean })[]
    readonly lane: Lane
    readonly why: string
    readonly now: Date
    /** Set in a sweep: when it began. */
    readonly sweep: Date | null
  },
): Promise<{ readonly changed: number; readonly unannounced: number }> => {
  if (page.items.length === 0) return { changed: 0, unannounced: 0 }
  const result = await sql<{ changed: number; unannounced: number }>`
    with listed as (
      select * from jsonb_to_recordset(${JSON.stringify(page.items)}::jsonb) as r(id text, kind text, hash text, "updatedAt" timestamptz, wanted boolean, settled boolean)
    ), known as (
      select m.id, m.remote_id, m.listed_hash, m.state, m.dirty_seq > m.clean_seq as dirty, l.hash, l.settled,
        -- an item older than we saw it: the tool went back in time
        coalesce(l."updatedAt" < (m.snapshot->>'updatedAt')::timestamptz, false) as older,
        -- one that was gone is looked at, even if it is back as it was: our side went on meanwhile
        m.listed_hash is distinct from l.hash or m.state = 'gone' as changed
      from mirror m join listed l on l.id = m.remote_id where m.connection_id = ${page.connectionId} and m.state <> 'unlinked'
      order by m.id for update of m
    ), marked as (
      update mirror m set
        listed_hash = case when k.settled then k.hash else null end,
        seen_in_sweep = coalesce(${page.sweep}::timestamptz, m.seen_in_sweep),
        dirty_seq = case when k.changed then m.dirty_seq + 1 else m.dirty_seq end,
        dirty_lane = case when not k.changed then m.dirty_lane when k.dirty then least(m.dirty_lane, ${page.lane}::smallint) else ${page.lane}::smallint end,
        dirty_at = case when k.dirty or not k.changed then m.dirty_at else ${page.now}::timestamptz end,
        dirty_why = case when k.changed then ${page.why} else m.dirty_why end,
        state = case when m.state = 'gone' and ${sql.raw(NO_OTHER('m'))} then 'live' else m.state end
      from known k where m.id = k.id and (k.changed or ${page.sweep}::timestamptz is not null)
      returning k.changed, not k.dirty and (k.older or (k.listed_hash is not null and k.listed_hash is distinct from k.hash)) as unannounced
    ), found as (
      insert into mirror (id, connection_id, record_kind, remote_id, state, dirty_lane, dirty_at, dirty_why, listed_hash, seen_in_sweep, created_at)
      select gen_random_uuid(), ${page.connectionId}::uuid, case kind when 'release' then 'release' else 'ticket' end, id, 'candidate', ${page.lane}::smallint,
        ${page.now}::timestamptz, ${page.why}, null, ${page.sweep}::timestamptz, ${page.now}::timestamptz
      from listed l where wanted and not exists (select 1 from mirror m where m.connection_id = ${page.connectionId} and m.remote_id = l.id)
      on conflict do nothing returning 1
    )
    select (count(*) filter (where changed))::int + (select count(*) from found)::int as changed, (count(*) filter (where unannounced))::int as unannounced from marked`.execute(
    tx,
  )
  return result.rows[0] ?? { changed: 0, unannounced: 0 }
}

/** Live mirrors that a finished sweep did not see: each is looked at by itself before anything is believed of it. */
export const markUnseen = async (
  tx: Tx,
  connectionId: string,
  since: Date,
  lane: Lane,
  now: Date,
): Promise<number> => {
  const result = await sql`
    update mirror m set dirty_seq = dirty_seq + 1, dirty_lane = ${lane}, dirty_at = ${now}::timestamptz, dirty_why = 'not seen in a sweep'
    from (
      select id from mirror
      where connection_id = ${connectionId} and state = 'live' and remote_id is not null and dirty_seq = clean_seq
        and created_at < ${since}::timestamptz and (seen_in_sweep is null or seen_in_sweep < ${since}::timestamptz)
      order by id for update
    ) unseen where m.id = unseen.id`.execute(tx)
  return Number(result.numAffectedRows ?? 0n)
}

/** Mirrors with something that waits are looked at again now and then: what was wrong may have been put right there. */
export const markHeld = async (db: Database, connectionId: string, lane: Lane, now: Date): Promise<void> => {
  await sql`
    update mirror m set dirty_seq = dirty_seq + 1, dirty_lane = ${lane}, dirty_at = ${now}::timestamptz, dirty_why = 'holds are tried again'
    from (
      select id from mirror
      where connection_id = ${connectionId} and dirty_seq = clean_seq and state = 'live' and id in (select mirror_id from hold)
      order by id for update
    ) held where m.id = held.id`.execute(db)
}
