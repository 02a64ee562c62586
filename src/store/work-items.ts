import { type Selectable, sql, type Updateable } from 'kysely'
import type { WorkItemStanding } from '../domain/work-item.ts'
import { isId } from '../lib/ids.ts'
import type { Tx } from './database.ts'
import type { WorkItemTable } from './tables.ts'

export type WorkItem = Selectable<WorkItemTable>
export type WorkItemPatch = Omit<
  Updateable<WorkItemTable>,
  'id' | 'number' | 'key' | 'version' | 'updated_at' | 'severity_rank'
>

/** A work item by id or key (`W-7`). */
export const findWorkItem = async (tx: Tx, ref: string): Promise<WorkItem | null> =>
  (await byRef(tx, ref).executeTakeFirst()) ?? null

/** The same, held until the transaction ends (for the order of locks see tickets.ts). */
export const lockWorkItem = async (tx: Tx, ref: string): Promise<WorkItem | null> =>
  (await byRef(tx, ref).forNoKeyUpdate().executeTakeFirst()) ?? null

const byRef = (tx: Tx, ref: string) =>
  isId(ref)
    ? tx.selectFrom('work_item').selectAll().where('id', '=', ref)
    : tx.selectFrom('work_item').selectAll().where('key', '=', ref.toUpperCase())

export const lockWorkItems = async (tx: Tx, ids: readonly string[]): Promise<readonly WorkItem[]> =>
  ids.length === 0
    ? []
    : tx.selectFrom('work_item').selectAll().where('id', 'in', ids).orderBy('id').forNoKeyUpdate().execute()

export type NewWorkItem = Omit<
  WorkItem,
  | 'number'
  | 'key'
  | 'version'
  | 'updated_at'
  | 'status_moved_at'
  | 'done_at'
  | 'expedite'
  | 'snoozed_at'
  | 'snoozed_until'
  | 'severity_rank'
>

/** Writes a new work item and gives it the next number and key. */
export const insertWorkItem = async (tx: Tx, item: NewWorkItem): Promise<WorkItem> =>
  tx
    .with('next_number', (db) => db.selectNoFrom(sql<number>`nextval('work_item_number')`.as('n')))
    .insertInto('work_item')
    .values({
      ...item,
      description: JSON.stringify(item.description),
      custom: JSON.stringify(item.custom),
      number: sql<number>`(select n from next_number)`,
      key: sql<string>`'W-' || (select n from next_number)`,
      status_moved_at: item.created_at,
      done_at: item.state === 'done' ? item.created_at : null,
      updated_at: item.created_at,
    })
    .returningAll()
    .executeTakeFirstOrThrow()

/** Changes columns and counts the version up; returns the new version. */
export const updateWorkItem = async (
  tx: Tx,
  id: string,
  patch: WorkItemPatch,
  now: Date,
): Promise<number> => {
  const row = await tx
    .updateTable('work_item')
    .set({ ...patch, version: sql<number>`version + 1`, updated_at: now })
    .where('id', '=', id)
    .returning('version')
    .executeTakeFirstOrThrow()
  return row.version
}

export const standingOfWorkItem = (item: WorkItem): WorkItemStanding => ({
  state: item.state,
  statusMovedAt: item.status_moved_at,
  doneAt: item.done_at,
})

export const workItemColumns = (standing: WorkItemStanding) =>
  ({
    state: standing.state,
    status_moved_at: standing.statusMovedAt,
    done_at: standing.doneAt,
  }) satisfies WorkItemPatch

export interface CandidateRow {
  readonly id: string
  readonly key: string
  readonly state: WorkItem['state']
  readonly title: string
  readonly description: WorkItem['description']
  readonly product_id: string | null
  readonly component_id: string | null
  readonly release_version: string | null
  readonly tickets: number
}

const MAX_CANDIDATES = 300

/** Work items worth comparing with a ticket: the same component first, then the product; the latest of each. */
export const candidateWorkItems = async (
  tx: Tx,
  place: { readonly productId: string | null; readonly componentId: string | null },
): Promise<readonly CandidateRow[]> => {
  const result = await sql<CandidateRow>`
    with near as materialized (
      select w.id from work_item w
      where w.state <> 'duplicate' ${place.productId === null ? sql`` : sql`and (w.product_id = ${place.productId}::uuid or w.product_id is null)`}
      order by (w.component_id is not distinct from ${place.componentId}::uuid) desc,
        (w.state not in ('done', 'declined')) desc, w.updated_at desc
      limit ${sql.lit(MAX_CANDIDATES)}
    )
    select w.id, w.key, w.state, w.title, w.description, w.product_id, w.component_id, w.release_version,
      (select count(*)::int from escalation e where e.work_item_id = w.id) as tickets
    from near join work_item w on w.id = near.id
    order by (w.component_id is not distinct from ${place.componentId}::uuid) desc,
      (w.state not in ('done', 'declined')) desc, w.updated_at desc`.execute(tx)
  return result.rows
}
