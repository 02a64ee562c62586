import { type Insertable, type Selectable, sql, type Updateable } from 'kysely'
import { isId } from '../lib/ids.ts'
import type { ChangeModelTable } from './change-tables.ts'
import type { Tx } from './database.ts'

export type ChangeModel = Selectable<ChangeModelTable>

export const lockChangeModel = async (tx: Tx, id: string): Promise<ChangeModel | null> =>
  isId(id)
    ? ((await tx
        .selectFrom('change_model')
        .selectAll()
        .where('id', '=', id)
        .forNoKeyUpdate()
        .executeTakeFirst()) ?? null)
    : null

export const insertChangeModel = async (tx: Tx, row: Insertable<ChangeModelTable>): Promise<void> => {
  await tx.insertInto('change_model').values(row).execute()
}

export const updateChangeModel = async (
  tx: Tx,
  id: string,
  patch: Omit<Updateable<ChangeModelTable>, 'id' | 'version' | 'updated_at'>,
  now: Date,
): Promise<void> => {
  await tx
    .updateTable('change_model')
    .set({ ...patch, version: sql<number>`version + 1`, updated_at: now })
    .where('id', '=', id)
    .execute()
}
