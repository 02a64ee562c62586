import { type Insertable, type Selectable, sql, type Updateable } from 'kysely'
import type { Tx } from './database.ts'
import type { SavedViewTable } from './tables.ts'

/** Lists with their filters, by name: one's own, those of one's teams, those of everyone. */
export type SavedView = Selectable<SavedViewTable>

export interface ShownView extends Pick<SavedView, 'id' | 'list' | 'name' | 'query' | 'shared_with'> {
  readonly owner: { readonly id: string; readonly name: string }
  readonly team: { readonly id: string; readonly name: string } | null
  readonly version: number
  /** Where it stands among those the reader keeps in sight; null: it is not one of them. */
  readonly position: number | null
}

/** More nobody finds anything in; the oldest are left out. */
const MAX_SHOWN = 200

/** All that a person may see; `id`: only this one. */
export const viewsFor = async (
  tx: Tx,
  personId: string | null,
  id: string | null = null,
): Promise<readonly ShownView[]> => {
  const result = await sql<ShownView>`
    select v.id, v.list, v.name, v.query, v.shared_with, v.version, pin.position, jsonb_build_object('id', p.id, 'name', p.name) as owner,
      case when m.id is null then null else jsonb_build_object('id', m.id, 'name', m.name) end as team
    from saved_view v join person p on p.id = v.owner_id left join team m on m.id = v.team_id
      left join pinned_view pin on pin.view_id = v.id and pin.person_id = ${personId}::uuid
    where (v.archived_at is null or v.id = ${id}::uuid) and (${id}::uuid is null or v.id = ${id}::uuid)
      and (v.owner_id = ${personId}::uuid or v.shared_with = 'everyone' or (v.shared_with = 'team' and exists (
        select from team_member t where t.team_id = v.team_id and t.person_id = ${personId}::uuid)))
    order by pin.position, lower(v.name), v.id limit ${MAX_SHOWN}`.execute(tx)
  return result.rows
}

/** Held until the transaction ends; archived ones too, so that they can be brought back. */
export const lockView = async (tx: Tx, id: string): Promise<SavedView | null> =>
  (await tx.selectFrom('saved_view').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()) ?? null

export const countViewsOf = async (tx: Tx, personId: string): Promise<number> =>
  (
    await tx
      .selectFrom('saved_view')
      .select((of) => of.fn.countAll<number>().as('n'))
      .where('owner_id', '=', personId)
      .where('archived_at', 'is', null)
      .executeTakeFirstOrThrow()
  ).n

export const insertView = async (tx: Tx, view: Insertable<SavedViewTable>): Promise<void> => {
  await tx.insertInto('saved_view').values(view).execute()
}

export const updateView = async (
  tx: Tx,
  id: string,
  patch: Updateable<SavedViewTable>,
  now: Date,
): Promise<void> => {
  await tx
    .updateTable('saved_view')
    .set({ ...patch, updated_at: now, version: sql<number>`version + 1` })
    .where('id', '=', id)
    .execute()
}

/** These and no others are kept in sight by this person, in this order. */
export const pinViews = async (tx: Tx, personId: string, ids: readonly string[]): Promise<void> => {
  // one order after the other: two at once would each write all of theirs
  await tx.selectFrom('person').select('id').where('id', '=', personId).forNoKeyUpdate().execute()
  await tx.deleteFrom('pinned_view').where('person_id', '=', personId).execute()
  if (ids.length === 0) return
  await tx
    .insertInto('pinned_view')
    .values(ids.map((view_id, position) => ({ person_id: personId, view_id, position })))
    .execute()
}
