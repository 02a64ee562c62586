import { sql } from 'kysely'
import type { Operation, Receipt } from '../sync/connector.ts'
import type { PlannedOperation } from '../sync/plan.ts'
import type { Database, Tx } from './database.ts'
import type { FaultRecord } from './tables.ts'

/**
 * One line per call that changes a tool, written and committed before the call. A line still `sending` when nobody
 * holds its mirror any more is a call with an unknown outcome: it is read back, never just repeated.
 */
export interface Attempt {
  readonly id: string
  readonly mirrorId: string
  readonly fence: number
  readonly planned: PlannedOperation
  readonly elementId: string | null
  readonly state: 'sending' | 'unknown'
  readonly startedAt: Date
  readonly misses: number
}

/** Attempts of many mirrors whose outcome is not known, oldest first, in one query. */
export const loadOpenAttempts = async (
  db: Database | Tx,
  mirrorIds: readonly string[],
): Promise<ReadonlyMap<string, readonly Attempt[]>> => {
  const result = await sql<Attempt>`
    select id, mirror_id as "mirrorId", fence, operation as planned, element_id as "elementId", state, started_at as "startedAt", misses
    from attempt where mirror_id = any(${[...mirrorIds]}::uuid[]) and state in ('sending', 'unknown')
    order by started_at, position`.execute(db)
  return Map.groupBy(result.rows, (row) => row.mirrorId)
}

export interface NewAttempt {
  readonly id: string
  readonly planned: PlannedOperation
}

/** Writes the intents of one mirror, in order. */
export const insertAttempts = async (
  tx: Tx,
  mirror: { readonly id: string; readonly connection_id: string; readonly fence: number },
  attempts: readonly NewAttempt[],
  now: Date,
): Promise<void> => {
  if (attempts.length === 0) return
  const rows = attempts.map((attempt, position) => ({
    id: attempt.id,
    position,
    operation: attempt.planned,
    element_id: attempt.planned.element?.id ?? null,
  }))
  await sql`
    insert into attempt (id, mirror_id, connection_id, fence, position, operation, element_id, state, started_at)
    select r.id, ${mirror.id}::uuid, ${mirror.connection_id}::uuid, ${mirror.fence}, r.position, r.operation, r.element_id, 'sending', ${now}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, position int, operation jsonb, element_id uuid)`.execute(
    tx,
  )
}

export interface AttemptEnd {
  readonly id: string
  readonly state: 'done' | 'failed' | 'unknown' | 'abandoned'
  readonly receipt: Receipt | null
  readonly fault: FaultRecord | null
}

/** Closes attempts; `unknown` stays open and counts one more miss when `missed` says so. */
export const endAttempts = async (tx: Tx, ends: readonly AttemptEnd[], now: Date): Promise<void> => {
  if (ends.length === 0) return
  const rows = ends.map((end) => ({
    ...end,
    receipt: end.receipt === null ? null : { ref: end.receipt.ref, elementId: end.receipt.elementId },
  }))
  await sql`
    update attempt a set state = r.state, receipt = r.receipt, fault = r.fault,
      ended_at = case when r.state = 'unknown' then null else greatest(${now}::timestamptz, a.started_at) end
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, state text, receipt jsonb, fault jsonb)
    where a.id = r.id`.execute(tx)
}

/** One more look that did not find the effect of a lost call. */
export const countMisses = async (tx: Tx, ids: readonly string[]): Promise<void> => {
  if (ids.length === 0) return
  await sql`update attempt set state = 'unknown', misses = misses + 1 where id = any(${[...ids]}::uuid[])`.execute(
    tx,
  )
}

/** Creates on this connection whose outcome nobody knows yet: a new item there may be one of them. */
export const openCreates = async (
  db: Database | Tx,
  connectionId: string,
): Promise<readonly { readonly mirrorId: string; readonly startedAt: Date; readonly marker: string }[]> => {
  const result = await sql<{ mirrorId: string; startedAt: Date; marker: string }>`
    select mirror_id as "mirrorId", started_at as "startedAt", operation->'operation'->>'marker' as marker from attempt
    where connection_id = ${connectionId} and state in ('sending', 'unknown') and operation->'operation'->>'op' = 'create'`.execute(
    db,
  )
  return result.rows
}

export const operationOf = (attempt: Attempt): Operation => attempt.planned.operation
