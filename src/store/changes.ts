import { type Insertable, type Selectable, sql, type Updateable } from 'kysely'
import { isId } from '../lib/ids.ts'
import type { ChangeKeyTable, ChangeTable, ChangeWorkItemTable } from './change-tables.ts'
import type { Tx } from './database.ts'

export type Change = Selectable<ChangeTable>
export type ChangeKey = Selectable<ChangeKeyTable>
export type ChangePatch = Omit<Updateable<ChangeTable>, 'id' | 'number' | 'key' | 'version' | 'updated_at'>

const byRef = (tx: Tx, ref: string) =>
  tx
    .selectFrom('change')
    .selectAll()
    .where(isId(ref) ? 'id' : 'key', '=', isId(ref) ? ref : ref.toUpperCase())

/** By id or key. */
export const findChange = async (tx: Tx, ref: string): Promise<Change | null> =>
  (await byRef(tx, ref).executeTakeFirst()) ?? null

/** The same, held until the transaction ends: keys given at once are counted one after the other. */
export const lockChange = async (tx: Tx, ref: string): Promise<Change | null> =>
  (await byRef(tx, ref).forNoKeyUpdate().executeTakeFirst()) ?? null

/** Writes a new change and gives it the next number and key. */
export const insertChange = async (
  tx: Tx,
  row: Omit<Insertable<ChangeTable>, 'number' | 'key'>,
): Promise<{ readonly id: string; readonly key: string }> =>
  tx
    .with('next_number', (db) => db.selectNoFrom(sql<number>`nextval('change_number')`.as('n')))
    .insertInto('change')
    .values({
      ...row,
      number: sql<number>`(select n from next_number)`,
      key: sql<string>`'C-' || (select n from next_number)`,
    })
    .returning(['id', 'key'])
    .executeTakeFirstOrThrow()

export const updateChange = async (tx: Tx, id: string, patch: ChangePatch, now: Date): Promise<void> => {
  await tx
    .updateTable('change')
    .set({ ...patch, version: sql<number>`version + 1`, updated_at: now })
    .where('id', '=', id)
    .execute()
}

/** What a change is about besides its own columns. */
export interface ChangeParts {
  readonly componentIds: readonly string[]
  readonly environmentIds: readonly string[]
  readonly workItems: readonly Pick<ChangeWorkItemTable, 'work_item_id' | 'relation'>[]
}

export const readParts = async (tx: Tx, changeId: string): Promise<ChangeParts> => {
  const { rows } = await sql<ChangeParts>`
    select coalesce((select jsonb_agg(component_id order by component_id) from change_component where change_id = ${changeId}::uuid), '[]') as "componentIds",
      coalesce((select jsonb_agg(environment_id order by environment_id) from change_environment where change_id = ${changeId}::uuid), '[]') as "environmentIds",
      coalesce((select jsonb_agg(jsonb_build_object('work_item_id', work_item_id, 'relation', relation) order by work_item_id)
        from change_work_item where change_id = ${changeId}::uuid), '[]') as "workItems"`.execute(tx)
  return rows[0] ?? { componentIds: [], environmentIds: [], workItems: [] }
}

/** Puts these in the place of what was there. */
export const writeParts = async (tx: Tx, changeId: string, parts: ChangeParts): Promise<void> => {
  const of = { change_id: changeId }
  await tx.deleteFrom('change_component').where('change_id', '=', changeId).execute()
  await tx.deleteFrom('change_environment').where('change_id', '=', changeId).execute()
  await tx.deleteFrom('change_work_item').where('change_id', '=', changeId).execute()
  if (parts.componentIds.length > 0)
    await tx
      .insertInto('change_component')
      .values(parts.componentIds.map((component_id) => ({ ...of, component_id })))
      .execute()
  if (parts.environmentIds.length > 0)
    await tx
      .insertInto('change_environment')
      .values(parts.environmentIds.map((environment_id) => ({ ...of, environment_id })))
      .execute()
  if (parts.workItems.length > 0)
    await tx
      .insertInto('change_work_item')
      .values(parts.workItems.map((item) => ({ ...of, ...item })))
      .execute()
}

export const keysOf = (tx: Tx, changeId: string): Promise<readonly ChangeKey[]> =>
  tx.selectFrom('change_key').selectAll().where('change_id', '=', changeId).orderBy('at').execute()

export const insertKey = async (tx: Tx, row: Insertable<ChangeKeyTable>): Promise<void> => {
  await tx.insertInto('change_key').values(row).execute()
}
