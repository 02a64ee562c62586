import { type RawBuilder, sql } from 'kysely'
import type { RecordKind } from '../domain/words.ts'
import type { Json } from '../lib/stable.ts'
import type { Element, MirrorBase } from '../sync/mirror-base.ts'
import type { Snapshot } from '../sync/snapshot.ts'
import type { ConnectionVersions } from './connections.ts'
import type { Database, Tx } from './database.ts'
import { type Lane, PERSON_ASKED } from './dirty.ts'
import { LEASE_SECONDS } from './lease.ts'
import type { FaultRecord, MirrorState } from './tables.ts'

/** A mirror as claimed by a worker: its lease is ours while `fence` is the highest. */
export interface ClaimedMirror {
  readonly id: string
  readonly connection_id: string
  readonly record_kind: RecordKind
  readonly record_id: string | null
  readonly container: string | null
  readonly remote_id: string | null
  readonly remote_key: string | null
  readonly remote_url: string | null
  readonly state: MirrorState
  readonly base: Partial<MirrorBase>
  readonly snapshot: Snapshot | null
  readonly mapping_version: number
  readonly dirty_seq: number
  readonly dirty_lane: Lane
  readonly dirty_at: Date
  readonly dirty_why: string
  readonly fence: number
  readonly failures: number
  readonly writes: readonly WriteMark[]
  readonly restore: Readonly<Record<string, Json>> | null
  /** Joined without writing to either tool: nothing that already differs crosses. */
  readonly quiet: boolean
  readonly created_at: Date
}

/** One recent write to the tool, for the breaker. */
export interface WriteMark {
  readonly field: string
  readonly at: string
  readonly value: string
}

/**
 * Claims dirty mirrors of one connection, best lane first, oldest first, at most `limit`. By the database's clock
 * alone, unless a simulation gives `now`. `SKIP LOCKED`: any number of workers may ask at once.
 */
export const claimMirrors = async (
  db: Database,
  options: {
    readonly connectionId: string
    readonly limit: number
    readonly worstLane: Lane
    readonly now: Date | null
    /** Default: `LEASE_SECONDS`. */
    readonly seconds?: number
    /** Claims nothing for who works by settings or a mapping that do not count any more. */
    readonly by?: ConnectionVersions
  },
): Promise<readonly ClaimedMirror[]> => {
  const counts =
    options.by === undefined
      ? sql`true`
      : sql`exists (select from connection c where c.id = ${options.connectionId} and c.version = ${options.by.version} and c.mapping_version = ${options.by.mapping_version})`
  const now = options.now === null ? sql`clock_timestamp()` : sql`${options.now}::timestamptz`
  const result = await sql<ClaimedMirror>`
    with due as (
      select id from mirror
      where connection_id = ${options.connectionId} and dirty_seq > clean_seq and dirty_lane <= ${options.worstLane}
        and state in ('candidate', 'creating', 'live')
        and (lease_until is null or lease_until < ${now}) and (retry_at is null or retry_at <= ${now}) and ${counts}
      order by dirty_lane, dirty_at limit ${options.limit} for update skip locked
    )
    update mirror m set fence = m.fence + 1, lease_until = ${now} + make_interval(secs => ${options.seconds ?? LEASE_SECONDS})
    from due where m.id = due.id
    returning m.id, m.connection_id, m.record_kind, m.record_id, m.container, m.remote_id, m.remote_key, m.remote_url, m.state,
      m.base, m.snapshot, m.mapping_version, m.dirty_seq, m.dirty_lane, m.dirty_at, m.dirty_why, m.fence, m.failures, m.writes, m.restore, m.quiet, m.created_at`.execute(
    db,
  )
  return result.rows
}

/** True while this worker still holds the mirror; locks the row until the transaction ends. */
export const holdsMirror = async (tx: Tx, id: string, fence: number): Promise<boolean> => {
  const result = await sql<{ fence: number }>`select fence from mirror where id = ${id} for update`.execute(
    tx,
  )
  return result.rows[0]?.fence === fence
}

/**
 * As `holdsMirror`, with what waits for a person at this mirror: null when it is not this worker's any more.
 * Whoever else opens or closes any of it raises the fence, so what is read here stays so until the transaction ends.
 */
export const holdWithQuestions = async (
  tx: Tx,
  id: string,
  fence: number,
): Promise<{ readonly hasHolds: boolean; readonly hasConflicts: boolean } | null> => {
  const result = await sql<{ fence: number; hasHolds: boolean; hasConflicts: boolean }>`
    select fence, exists (select from hold where mirror_id = ${id}) as "hasHolds",
      exists (select from conflict where mirror_id = ${id} and settled_at is null) as "hasConflicts"
    from mirror where id = ${id} for update`.execute(tx)
  const row = result.rows[0]
  return row?.fence === fence ? row : null
}

/** Goes on holding the mirror, if it is still this worker's: asked before a call that comes long after the claim. */
export const renewLease = async (
  db: Database,
  mirror: Pick<ClaimedMirror, 'id' | 'fence'>,
  now: Date | null,
  seconds: number = LEASE_SECONDS,
): Promise<boolean> => {
  const at = now === null ? sql`clock_timestamp()` : sql`${now}::timestamptz`
  const result = await sql`
    update mirror set lease_until = ${at} + make_interval(secs => ${seconds}) where id = ${mirror.id} and fence = ${mirror.fence}`.execute(
    db,
  )
  return (result.numAffectedRows ?? 0n) > 0n
}

/** Gives every lease back. Only where no other process can hold one: at the start of the one that holds the folder. */
export const releaseLeases = async (db: Database): Promise<void> => {
  await sql`update mirror set lease_until = null where lease_until is not null`.execute(db)
  await sql`update connection set lease_until = null where lease_until is not null`.execute(db)
}

export interface MirrorFinish {
  readonly id: string
  readonly fence: number
  /**
   * The dirty mark that was looked at; null leaves the mirror dirty. It stays dirty as well where the look was by a
   * mapping that does not count any more: the mark may be the new one's.
   */
  readonly cleanSeq: number | null
  readonly state?: MirrorState
  readonly stateReason?: string | null
  readonly recordId?: string
  /** Null: not read yet; what is known stays. */
  readonly remote?: { readonly id: string; readonly key: string | null; readonly url: string | null }
  readonly base?: MirrorBase
  readonly snapshot?: Snapshot
  readonly mappingVersion?: number
  readonly writes?: readonly WriteMark[]
  readonly clearRestore?: boolean
  readonly agreedAt?: Date
  /** A failure: tried again at this time. */
  readonly retryAt?: Date | null
  /** The dirty mark that failed. Somebody who asked for another look since then does not wait for `retryAt`. */
  readonly failedSeq?: number
  readonly failures?: number
  readonly fault?: FaultRecord | null
  readonly keepLease?: boolean
}

/** Of a row of `mirror`: `version` is the mapping it was looked at by. 0: by none yet. */
export const byMappingThatCounts = (version: RawBuilder<unknown>): RawBuilder<boolean> =>
  sql`(${version} in (0, (select c.mapping_version from connection c where c.id = mirror.connection_id)))`

/** Writes what a reconcile found, if the mirror is still ours. False: another worker took over, nothing was written. */
export const finishMirror = async (tx: Tx, finish: MirrorFinish): Promise<boolean> => {
  const json = (value: unknown): string | null =>
    value === undefined || value === null ? null : JSON.stringify(value)
  const result = await sql`
    update mirror set
      clean_seq = case when ${finish.state === undefined} and not ${byMappingThatCounts(sql`coalesce(${finish.mappingVersion ?? null}::int, mirror.mapping_version)`)}
        then clean_seq else coalesce(${finish.cleanSeq}::bigint, clean_seq) end,
      state = coalesce(${finish.state ?? null}::text, state),
      state_reason = ${finish.stateReason === undefined ? sql`state_reason` : sql`${finish.stateReason}::text`},
      record_id = coalesce(${finish.recordId ?? null}::uuid, record_id),
      remote_id = coalesce(${finish.remote?.id ?? null}::text, remote_id),
      remote_key = coalesce(${finish.remote?.key ?? null}::text, remote_key),
      remote_url = coalesce(${finish.remote?.url ?? null}::text, remote_url),
      base = coalesce(${json(finish.base)}::jsonb, base),
      -- what a listing showed before this change says nothing about now
      listed_hash = case when ${finish.snapshot === undefined} or snapshot->>'updatedAt' = ${finish.snapshot?.updatedAt ?? null}::text then listed_hash else null end,
      snapshot = coalesce(${json(finish.snapshot)}::jsonb, snapshot),
      container = coalesce(${finish.snapshot?.container ?? null}::text, container),
      mapping_version = coalesce(${finish.mappingVersion ?? null}::int, mapping_version),
      writes = coalesce(${json(finish.writes)}::jsonb, writes),
      restore = case when ${finish.clearRestore ?? false} then null else restore end,
      agreed_at = case when ${finish.agreedAt ?? null}::timestamptz is null then agreed_at else greatest(${finish.agreedAt ?? null}::timestamptz, created_at) end,
      retry_at = case when dirty_seq > ${finish.failedSeq ?? null}::bigint and dirty_why = ${PERSON_ASKED} then null else ${finish.retryAt ?? null}::timestamptz end,
      failures = coalesce(${finish.failures ?? null}::int, failures),
      fault = ${finish.fault === undefined ? sql`fault` : sql`${json(finish.fault)}::jsonb`},
      lease_until = ${finish.keepLease ? sql`lease_until` : sql`null`}
    where id = ${finish.id} and fence = ${finish.fence}`.execute(tx)
  return (result.numAffectedRows ?? 0n) > 0n
}

export interface StoredElement extends Element {
  readonly id: string
  readonly mirrorId: string
}

/** Elements of many mirrors in one query. */
export const loadElements = async (
  db: Database | Tx,
  mirrorIds: readonly string[],
): Promise<ReadonlyMap<string, readonly StoredElement[]>> => {
  const result = await sql<StoredElement>`
    select id, mirror_id as "mirrorId", kind, element_id as "elementId", remote_id as "remoteId", remote_extra as "remoteExtra", origin,
           base_hub as "baseHub", base_tool as "baseTool", visibility, state
    from mirror_element where mirror_id = any(${[...mirrorIds]}::uuid[])`.execute(db)
  return Map.groupBy(result.rows, (row) => row.mirrorId)
}

/** Writes elements, new or changed, in one statement. */
export const saveElements = async (
  tx: Tx,
  mirrorId: string,
  elements: readonly (Element & { readonly id: string })[],
): Promise<void> => {
  if (elements.length === 0) return
  await sql`
    insert into mirror_element (id, mirror_id, kind, element_id, remote_id, remote_extra, origin, base_hub, base_tool, visibility, state)
    select r.id, ${mirrorId}::uuid, r.kind, r."elementId", r."remoteId", r."remoteExtra", r.origin, r."baseHub", r."baseTool", r.visibility, r.state
    from jsonb_to_recordset(${JSON.stringify(elements)}::jsonb) as r(id uuid, kind text, "elementId" uuid, "remoteId" text, "remoteExtra" text[],
      origin text, "baseHub" text, "baseTool" text, visibility text, state text)
    on conflict (mirror_id, element_id) do update set
      remote_id = excluded.remote_id, remote_extra = excluded.remote_extra, base_hub = excluded.base_hub, base_tool = excluded.base_tool,
      visibility = excluded.visibility, state = excluded.state`.execute(tx)
}

/** The live mirror of a record on a connection. */
export const insertMirror = async (
  tx: Tx,
  mirror: {
    readonly id: string
    readonly connectionId: string
    readonly kind: RecordKind
    readonly recordId: string | null
    readonly container: string | null
    readonly remoteId: string | null
    readonly state: MirrorState
    readonly lane: Lane
    readonly why: string
    readonly now: Date
  },
): Promise<boolean> => {
  const result = await sql`
    insert into mirror (id, connection_id, record_kind, record_id, container, remote_id, state, dirty_lane, dirty_at, dirty_why, created_at)
    values (${mirror.id}, ${mirror.connectionId}, ${mirror.kind}, ${mirror.recordId}, ${mirror.container}, ${mirror.remoteId}, ${mirror.state},
            ${mirror.lane}, ${mirror.now}, ${mirror.why}, ${mirror.now})
    on conflict do nothing`.execute(tx)
  return (result.numAffectedRows ?? 0n) > 0n
}

/** Forgets an item that was seen before we knew that it is one of ours. */
export const dropCandidate = async (tx: Tx, connectionId: string, remoteId: string): Promise<void> => {
  await sql`delete from mirror where connection_id = ${connectionId} and remote_id = ${remoteId} and record_id is null`.execute(
    tx,
  )
}

/** Forgets a candidate this worker holds. */
export const deleteCandidate = async (tx: Tx, mirror: Pick<ClaimedMirror, 'id' | 'fence'>): Promise<void> => {
  await sql`delete from mirror where id = ${mirror.id} and fence = ${mirror.fence} and record_id is null`.execute(
    tx,
  )
}
