import { type RawBuilder, sql } from 'kysely'
import type { ToldHold } from '../../domain/hold-words.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { ok, type Result } from '../../lib/result.ts'
import { type Page, type PageRequest, pageOf, pageSize, readPlace } from '../cursor.ts'
import type { Tx } from '../database.ts'
import type { FaultRecord, MirrorState } from '../tables.ts'

/** A mirror with the record and the connection it stands between. */
export interface MirrorRow {
  readonly id: string
  readonly state: MirrorState
  readonly state_reason: string | null
  readonly connection_key: string
  readonly record_kind: string
  readonly record_id: string | null
  readonly record_key: string | null
  readonly record_title: string | null
  readonly remote_key: string | null
  readonly remote_url: string | null
  readonly container: string | null
  readonly waiting: boolean
  readonly waiting_why: string
  readonly retry_at: Date | null
  readonly failures: number
  readonly fault: FaultRecord | null
  readonly agreed_at: Date | null
  readonly created_at: Date
}

/** Joins of `mirror m` that name its connection and its record. */
export const namesOfMirror = sql`
  join connection c on c.id = m.connection_id
  left join ticket t on m.record_kind = 'ticket' and t.id = m.record_id
  left join work_item w on m.record_kind = 'work item' and w.id = m.record_id
  left join release r on m.record_kind = 'release' and r.id = m.record_id`

export const mirrorColumns = sql`m.id, m.state, m.state_reason, c.key as connection_key, m.record_kind, m.record_id,
  coalesce(t.key, w.key, r.name) as record_key, coalesce(t.title, w.title, r.name) as record_title,
  m.remote_key, m.remote_url, m.container, m.dirty_seq > m.clean_seq as waiting, m.dirty_why as waiting_why,
  m.retry_at, m.failures, m.fault, m.agreed_at, m.created_at`

export interface MirrorFilter {
  readonly connection?: string
  readonly state?: MirrorState
  readonly record?: string
}

/** Newest first. */
export const listMirrors = async (
  tx: Tx,
  filter: MirrorFilter,
  request: PageRequest,
): Promise<Result<Page<MirrorRow>, Refusal>> => {
  const place = readPlace(request.after, 'time')
  if (!place.ok) return place
  const limit = pageSize(request.limit)
  const after: RawBuilder<unknown> =
    place.value === null
      ? sql`true`
      : sql`(m.created_at, m.id) < (${place.value.at}::timestamptz, ${place.value.id}::uuid)`
  const result = await sql<MirrorRow>`
    select ${mirrorColumns} from mirror m ${namesOfMirror}
    where ${after} and (${filter.connection ?? null}::text is null or c.key = ${filter.connection ?? null}::text)
      and (${filter.state ?? null}::text is null or m.state = ${filter.state ?? null}::text)
      and (${filter.record ?? null}::uuid is null or m.record_id = ${filter.record ?? null}::uuid)
    order by m.created_at desc, m.id desc limit ${limit + 1}`.execute(tx)
  return ok(pageOf(result.rows, limit, (row) => ({ at: row.created_at.toISOString(), id: row.id })))
}

/** What a mirror did and waits for. Operations are told by kind only: their values are other people's words. */
export interface MirrorDetail {
  readonly mirror: MirrorRow
  readonly holds: readonly HoldRow[]
  readonly writes: readonly {
    readonly op: string
    readonly state: string
    readonly at: Date
    readonly fault: FaultRecord | null
  }[]
}

export interface HoldRow {
  readonly field: string
  readonly code: string
  readonly reason: string
  readonly next_step: string
  readonly told: ToldHold | null
  readonly since: Date
}

const LAST_WRITES = 20

export const mirrorDetail = async (tx: Tx, id: string): Promise<MirrorDetail | null> => {
  const found = await sql<MirrorRow>`
    select ${mirrorColumns} from mirror m ${namesOfMirror} where m.id = ${id}::uuid`.execute(tx)
  const mirror = found.rows[0]
  if (mirror === undefined) return null
  const holds = await sql<HoldRow>`
    select field, code, reason, next_step, told, since from hold where mirror_id = ${id}::uuid order by field`.execute(
    tx,
  )
  const writes = await sql<MirrorDetail['writes'][number]>`
    select operation->>'op' as op, state, started_at as at, fault from attempt where mirror_id = ${id}::uuid
    order by started_at desc, position desc limit ${LAST_WRITES}`.execute(tx)
  return { mirror, holds: holds.rows, writes: writes.rows }
}
