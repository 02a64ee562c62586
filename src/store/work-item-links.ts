import { type Selectable, sql } from 'kysely'
import type { Actor } from '../domain/actor.ts'
import type { WorkItemLinkKind } from '../domain/words.ts'
import type { Tx } from './database.ts'
import type { WorkItemLinkTable } from './tables.ts'

export type WorkItemLink = Selectable<WorkItemLinkTable>

export interface NewWorkItemLink {
  readonly id: string
  readonly from_id: string
  readonly kind: WorkItemLinkKind
  readonly to_id: string | null
  readonly url: string | null
  readonly title: string | null
  readonly made_at: Date
  readonly made_by: Actor
}

export const insertWorkItemLink = async (tx: Tx, link: NewWorkItemLink): Promise<void> => {
  await tx
    .insertInto('work_item_link')
    .values({ ...link, made_by: JSON.stringify(link.made_by) })
    .execute()
}

/** All links of a work item, from either end. */
export const linksOf = async (tx: Tx, workItemId: string): Promise<readonly WorkItemLink[]> =>
  tx
    .selectFrom('work_item_link')
    .selectAll()
    .where((where) => where.or([where('from_id', '=', workItemId), where('to_id', '=', workItemId)]))
    .execute()

export const deleteWorkItemLink = async (tx: Tx, id: string): Promise<void> => {
  await tx.deleteFrom('work_item_link').where('id', '=', id).execute()
}

const DEEPEST = 100

/** Whether links of this kind lead from one work item to another: one more the other way round would close a ring. */
export const leadsTo = async (
  tx: Tx,
  kind: WorkItemLinkKind,
  fromId: string,
  toId: string,
): Promise<boolean> => {
  const result = await sql<{ readonly found: boolean }>`
    with recursive reached(id, depth) as (
      select ${fromId}::uuid, 0
      union
      select l.to_id, r.depth + 1 from reached r join work_item_link l on l.from_id = r.id
      where l.kind = ${kind} and l.to_id is not null and r.depth < ${DEEPEST}
    ) select exists (select from reached where id = ${toId}::uuid) as found`.execute(tx)
  return result.rows[0]?.found === true
}
