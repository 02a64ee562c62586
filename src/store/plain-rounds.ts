import { sql } from 'kysely'
import type { Actor } from '../domain/actor.ts'
import type { NewEvent } from '../domain/event.ts'
import type { MirrorBase } from '../sync/mirror-base.ts'
import type { Snapshot } from '../sync/snapshot.ts'
import type { AttemptEnd, NewAttempt } from './attempts.ts'
import type { Database, Tx } from './database.ts'
import { byMappingThatCounts, type ClaimedMirror, type WriteMark } from './mirrors.ts'

/**
 * One half of a round in which nothing changes here and nothing waits for a person: the usual case. Its record touches
 * the mirror, its attempts and the log alone, so many of them go into one statement, and that is one commit.
 */
export interface PlainRound {
  readonly mirror: Pick<ClaimedMirror, 'id' | 'fence' | 'connection_id' | 'dirty_seq'>
  /** False: calls follow; the mirror stays dirty and ours. */
  readonly clean: boolean
  readonly base: MirrorBase
  readonly snapshot: Snapshot
  readonly mappingVersion: number | null
  readonly writes: readonly WriteMark[] | null
  readonly attempts: readonly NewAttempt[]
  readonly ends: readonly AttemptEnd[]
  readonly actor: Actor
  readonly cause: string | null
  readonly events: readonly (NewEvent & { readonly id: string })[]
  readonly now: Date
}

/**
 * Records what may be recorded this way, in the order given: false for a mirror another worker has by now, and for one
 * with open holds or conflicts. Of those nothing was written.
 */
export const recordPlainRounds = async (
  db: Database | Tx,
  rounds: readonly PlainRound[],
): Promise<readonly boolean[]> => {
  if (rounds.length === 0) return []
  const lines = rounds.map(lineOf)
  const attempts = rounds.flatMap(({ mirror, attempts: made, now }) =>
    made.map(({ id, planned }, position) => ({
      id,
      mirror_id: mirror.id,
      position,
      operation: planned,
      element_id: planned.element?.id ?? null,
      at: now,
    })),
  )
  const ends = rounds.flatMap(({ mirror, ends: ended, now }) =>
    ended.map(({ receipt, ...end }) => ({
      ...end,
      mirror_id: mirror.id,
      receipt: receipt === null ? null : { ref: receipt.ref, elementId: receipt.elementId },
      at: now,
    })),
  )
  const events = rounds.flatMap(({ mirror, actor, cause, events: told, now }) =>
    told.map((event) => ({
      id: event.id,
      mirror_id: mirror.id,
      at: now,
      actor,
      cause,
      kind: event.kind,
      record_kind: event.record?.kind ?? null,
      record_id: event.record?.id ?? null,
      connection_id: event.connectionId ?? null,
      data: event.data,
    })),
  )
  const result = await sql<{ id: string }>`
    with r as (
      select * from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) as r(id uuid, fence bigint, connection_id uuid, clean_seq bigint, remote_id text,
        remote_key text, remote_url text, container text, base jsonb, snapshot jsonb, mapping_version int, writes jsonb, agreed_at timestamptz)
    ),
    -- locked in one order, so that two transactions never wait for each other in a ring
    held as materialized (
      select m.id from mirror m join r on r.id = m.id
      where m.fence = r.fence and not exists (select from hold h where h.mirror_id = m.id)
        and not exists (select from conflict c where c.mirror_id = m.id and c.settled_at is null)
      order by m.id for update of m
    ),
    finished as (
      update mirror set
        clean_seq = case when ${byMappingThatCounts(sql`coalesce(r.mapping_version, mirror.mapping_version)`)} then coalesce(r.clean_seq, mirror.clean_seq) else mirror.clean_seq end,
        lease_until = case when r.clean_seq is null then mirror.lease_until end,
        remote_id = r.remote_id, remote_key = coalesce(r.remote_key, mirror.remote_key), remote_url = coalesce(r.remote_url, mirror.remote_url),
        container = r.container, base = r.base,
        -- what a listing showed before this change says nothing about now; a sweep would take our own write for news
        listed_hash = case when mirror.snapshot->>'updatedAt' = r.snapshot->>'updatedAt' then mirror.listed_hash end, snapshot = r.snapshot,
        mapping_version = coalesce(r.mapping_version, mirror.mapping_version), writes = coalesce(r.writes, mirror.writes),
        agreed_at = case when r.agreed_at is null then mirror.agreed_at else greatest(r.agreed_at, mirror.created_at) end, retry_at = null, failures = 0, fault = null
      from r join held h on h.id = r.id where mirror.id = r.id
    ),
    begun as (
      insert into attempt (id, mirror_id, connection_id, fence, position, operation, element_id, state, started_at)
      select a.id, r.id, r.connection_id, r.fence, a.position, a.operation, a.element_id, 'sending', a.at
      from jsonb_to_recordset(${JSON.stringify(attempts)}::jsonb) as a(id uuid, mirror_id uuid, position int, operation jsonb, element_id uuid, at timestamptz)
      join r on r.id = a.mirror_id join held h on h.id = r.id
    ),
    ended as (
      update attempt a set state = e.state, receipt = e.receipt, fault = e.fault, ended_at = case when e.state <> 'unknown' then greatest(e.at, a.started_at) end
      from jsonb_to_recordset(${JSON.stringify(ends)}::jsonb) as e(id uuid, mirror_id uuid, state text, receipt jsonb, fault jsonb, at timestamptz)
      join held h on h.id = e.mirror_id where a.id = e.id
    ),
    told as (
      insert into event (id, at, actor, kind, record_kind, record_id, connection_id, cause, data)
      select e.id, e.at, e.actor, e.kind, e.record_kind, e.record_id, e.connection_id, e.cause, e.data
      from jsonb_to_recordset(${JSON.stringify(events)}::jsonb) as e(id uuid, mirror_id uuid, at timestamptz, actor jsonb, kind text, record_kind text,
        record_id uuid, connection_id uuid, cause text, data jsonb)
      join held h on h.id = e.mirror_id
    )
    select id from held`.execute(db)
  const recorded = new Set(result.rows.map((row) => row.id))
  return rounds.map((round) => recorded.has(round.mirror.id))
}

const lineOf = ({ mirror, clean, base, snapshot, mappingVersion, writes, now }: PlainRound) => ({
  id: mirror.id,
  fence: mirror.fence,
  connection_id: mirror.connection_id,
  clean_seq: clean ? mirror.dirty_seq : null,
  remote_id: snapshot.ref.id,
  remote_key: snapshot.key,
  remote_url: snapshot.url,
  container: snapshot.container,
  base,
  snapshot,
  mapping_version: mappingVersion,
  writes,
  agreed_at: clean ? now : null,
})
