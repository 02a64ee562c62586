import { sql } from 'kysely'
import type { RecordKind } from '../domain/words.ts'
import type { MirrorBase } from '../sync/mirror-base.ts'
import type { Snapshot } from '../sync/snapshot.ts'
import type { Tx } from './database.ts'
import type { MirrorState } from './tables.ts'

/** A mirror held by a person's command, not by a worker. */
export interface LockedMirror {
  readonly id: string
  readonly connection_id: string
  readonly record_kind: RecordKind
  readonly record_id: string | null
  readonly remote_key: string | null
  readonly state: MirrorState
  readonly base: Partial<MirrorBase>
  readonly snapshot: Snapshot | null
}

export const lockMirror = async (tx: Tx, id: string): Promise<LockedMirror | null> => {
  const result = await sql<LockedMirror>`
    select id, connection_id, record_kind, record_id, remote_key, state, base, snapshot from mirror where id = ${id} for update`.execute(
    tx,
  )
  return result.rows[0] ?? null
}

/**
 * Gives a mirror another base. Its fence is raised: a worker that has it in hand must not write the base it had in
 * mind over this one; what it has called meanwhile is found out by the next round.
 */
export const rebaseMirror = async (
  tx: Tx,
  mirror: Pick<LockedMirror, 'id'>,
  base: MirrorBase,
): Promise<void> => {
  await sql`update mirror set base = ${JSON.stringify(base)}::jsonb, fence = fence + 1, lease_until = null where id = ${mirror.id}`.execute(
    tx,
  )
}

export const rebaseElement = async (
  tx: Tx,
  mirrorId: string,
  elementId: string,
  base: { readonly baseHub?: string | null; readonly baseTool?: string },
): Promise<void> => {
  await sql`
    update mirror_element set
      base_hub = ${base.baseHub === undefined ? sql`base_hub` : sql`${base.baseHub}::text`},
      base_tool = ${base.baseTool === undefined ? sql`base_tool` : sql`${base.baseTool}::text`}
    where mirror_id = ${mirrorId} and element_id = ${elementId}`.execute(tx)
  await sql`update mirror set fence = fence + 1, lease_until = null where id = ${mirrorId}`.execute(tx)
}
