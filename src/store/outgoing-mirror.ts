import type { Database, Tx } from './database.ts'
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

/** Its readers are in a tool: what crosses there crosses by the mapping. */
export const isKeptElsewhere = async (tx: Tx, workItemId: string): Promise<boolean> =>
  (await tx
    .selectFrom('mirror')
    .select('id')
    .where('record_id', '=', workItemId)
    .where('state', 'not in', ['gone', 'unlinked'])
    .executeTakeFirst()) !== undefined

/** What the route of a work item says beside the container: the tool's item type and its component there. */
export const loadRouteDefaults = async (
  db: Database,
  workItemId: string,
  connectionId: string,
): Promise<{ readonly type?: string; readonly component?: string }> => {
  const row = await db
    .selectFrom('route as r')
    .innerJoin('work_item as w', (join) => join.on('w.id', '=', workItemId))
    .select(['r.item_type', 'r.component_there'])
    .where('r.connection_id', '=', connectionId)
    .where((is) =>
      is.or([is('r.component_id', 'is', null), is('r.component_id', '=', is.ref('w.component_id'))]),
    )
    .where((is) => is.or([is('r.product_id', 'is', null), is('r.product_id', '=', is.ref('w.product_id'))]))
    .orderBy((is) => is('r.component_id', 'is', null))
    .orderBy((is) => is('r.product_id', 'is', null))
    .orderBy('r.position')
    .limit(1)
    .executeTakeFirst()
  return {
    ...(row?.item_type == null ? {} : { type: row.item_type }),
    ...(row?.component_there == null ? {} : { component: row.component_there }),
  }
}
