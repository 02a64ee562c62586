import { type Selectable, sql } from 'kysely'
import type { Mapping } from '../sync/mapping.ts'
import type { Database, Tx } from './database.ts'
import { LEASE_SECONDS } from './lease.ts'
import type { ConnectionTable, FaultRecord } from './tables.ts'

export type ConnectionRow = Selectable<ConnectionTable>

/** Every connection; there are few. */
export const listConnections = (db: Database | Tx): Promise<readonly ConnectionRow[]> =>
  db.selectFrom('connection').selectAll().orderBy('key').execute()

export const findConnection = async (db: Database | Tx, key: string): Promise<ConnectionRow | null> =>
  (await db.selectFrom('connection').selectAll().where('key', '=', key).executeTakeFirst()) ?? null

/** A version of a mapping; null when the connection has none yet. */
export const loadMapping = async (
  db: Database | Tx,
  connectionId: string,
  version: number,
): Promise<Mapping | null> => {
  const row = await db
    .selectFrom('mapping')
    .select('document')
    .where('connection_id', '=', connectionId)
    .where('version', '=', version)
    .executeTakeFirst()
  return (row?.document as Mapping | undefined) ?? null
}

/** The mapping a connection works by now. */
export const mappingNow = async (db: Database | Tx, connectionId: string): Promise<Mapping | null> => {
  const { mapping_version } = await db
    .selectFrom('connection')
    .select('mapping_version')
    .where('id', '=', connectionId)
    .executeTakeFirstOrThrow()
  return loadMapping(db, connectionId, mapping_version)
}

/** More than this many waiting are not counted: whoever asks wants to know whether there are any. */
const COUNTED = 64

/** What an open connection was made by: its settings, and its mapping. */
export interface ConnectionVersions {
  readonly version: number
  readonly mapping_version: number
}

export interface WaitingWork extends ConnectionVersions {
  readonly id: string
  readonly bestLane: number
  readonly waiting: number
}

/** Connections with something to reconcile now, and the best lane that waits. One query a tick. */
export const connectionsWithWork = async (
  db: Database,
  now: Date | null,
): Promise<readonly WaitingWork[]> => {
  const at = now === null ? sql`clock_timestamp()` : sql`${now}::timestamptz`
  const result = await sql<WaitingWork>`
    select c.id, c.version, c.mapping_version, w.lane as "bestLane", w.n as waiting from connection c
    cross join lateral (
      select min(dirty_lane) as lane, count(*)::int as n from (
        select dirty_lane from mirror m where m.connection_id = c.id and m.dirty_seq > m.clean_seq and m.state in ('candidate', 'creating', 'live')
          and (m.lease_until is null or m.lease_until < ${at}) and (m.retry_at is null or m.retry_at <= ${at})
        order by dirty_lane, dirty_at limit ${COUNTED}) d
    ) w
    where c.state = 'active' and w.n > 0 and (c.blocked_until is null or c.blocked_until <= ${at})`.execute(
    db,
  )
  return result.rows
}

/**
 * Takes the poll or sweep of a connection for this worker alone; null when it is not due or another has it. The lease
 * is for one page and renewed with each: so long a tool is not listed when the worker dies in the middle.
 */
export const claimConnection = async (
  db: Database,
  id: string,
  task: 'poll' | 'sweep',
  now: Date | null,
  seconds: number = LEASE_SECONDS,
): Promise<ConnectionRow | null> => {
  const at = now === null ? sql`clock_timestamp()` : sql`${now}::timestamptz`
  const due = task === 'poll' ? sql`next_poll_at` : sql`next_sweep_at`
  const result = await sql<ConnectionRow>`
    update connection set fence = fence + 1, lease_until = ${at} + make_interval(secs => ${seconds})
    where id = (select id from connection where id = ${id} and state = 'active' and (${due} is null or ${due} <= ${at})
      and (lease_until is null or lease_until < ${at}) and (blocked_until is null or blocked_until <= ${at}) for update skip locked)
    returning *`.execute(db)
  return result.rows[0] ?? null
}

/** Takes the look at a connection's webhook for this worker; null when it is not due. A look that fails waits for the next. */
export const claimHook = async (
  db: Database,
  id: string,
  now: Date | null,
  everySeconds: number,
): Promise<ConnectionRow | null> => {
  const at = now === null ? sql`clock_timestamp()` : sql`${now}::timestamptz`
  const result = await sql<ConnectionRow>`
    update connection set next_hook_at = ${at} + make_interval(secs => ${everySeconds})
    where id = ${id} and state = 'active' and (next_hook_at is null or next_hook_at <= ${at})
      and (blocked_until is null or blocked_until <= ${at})
    returning *`.execute(db)
  return result.rows[0] ?? null
}

/** `pollNow`: it did not ring for a while, so what it did not tell is listed at once. */
export const noteHook = async (
  tx: Tx,
  id: string,
  hook: {
    readonly at: Date
    readonly until: Date | null
    readonly problem: string | null
    readonly pollNow: boolean
  },
): Promise<void> => {
  await sql`
    update connection set hook_at = ${hook.at}::timestamptz, hook_until = ${hook.until}::timestamptz, hook_problem = ${hook.problem},
      next_poll_at = case when ${hook.pollNow} then least(next_poll_at, ${hook.at}::timestamptz) else next_poll_at end
    where id = ${id}`.execute(tx)
}

/**
 * A person says that it is worth a try: the tools of these mirrors that were away are asked at once, not when the worker
 * would. A tool that asked us to wait is left in peace.
 */
export const knockAgain = async (tx: Tx, mirrorIds: readonly string[]): Promise<void> => {
  await sql`
    update connection set blocked_until = null where blocked_until is not null and down_since is not null
      and id in (select connection_id from mirror where id = any(${[...mirrorIds]}::uuid[]))`.execute(tx)
}

/** Nothing is sent to this tool before `until`. Never moved earlier: two workers may hear of it in any order. */
export const blockConnection = async (db: Database | Tx, id: string, until: Date): Promise<void> => {
  await sql`update connection set blocked_until = greatest(blocked_until, ${until}::timestamptz) where id = ${id}`.execute(
    db,
  )
}

/** The tool answers (null) or does not; true when that is news, so that a person is told once. */
export const noteHealth = async (
  db: Database | Tx,
  id: string,
  fault: FaultRecord | null,
  now: Date,
): Promise<boolean> => {
  const result =
    fault === null
      ? await sql`update connection set down_since = null, fault = null where id = ${id} and down_since is not null`.execute(
          db,
        )
      : await sql`update connection set down_since = ${now}::timestamptz, fault = ${JSON.stringify(fault)}::jsonb where id = ${id} and down_since is null`.execute(
          db,
        )
  return (result.numAffectedRows ?? 0n) > 0n
}
