import type { Tx } from './database.ts'
import { LANES } from './dirty.ts'

/**
 * A work item on its way to a tool: the mirror is written in the transaction of the escalation, so that no crash can
 * lose it; the reconcile loop makes the item there. Until then the escalation is `sending`.
 */
export const insertOutgoingMirror = async (
  tx: Tx,
  mirror: {
    readonly id: string
    readonly connectionId: string
    readonly container: string
    readonly workItemId: string
    readonly at: Date
  },
): Promise<void> => {
  await tx
    .insertInto('mirror')
    .values({
      id: mirror.id,
      connection_id: mirror.connectionId,
      record_kind: 'work item',
      record_id: mirror.workItemId,
      container: mirror.container,
      state: 'creating',
      dirty_lane: LANES.person,
      dirty_at: mirror.at,
      dirty_why: 'escalation',
      created_at: mirror.at,
    })
    .execute()
}

/** Whether engineering can see it: no mirror of it is still being made. A work item without mirrors is native. */
export const hasArrived = async (tx: Tx, workItemId: string): Promise<boolean> => {
  const rows = await tx
    .selectFrom('mirror')
    .select('state')
    .where('record_id', '=', workItemId)
    .where('state', 'not in', ['gone', 'unlinked'])
    .execute()
  return rows.length === 0 || rows.some((row) => row.state !== 'creating')
}
