import { type Insertable, type Selectable, sql, type Updateable } from 'kysely'
import type { Tx } from './database.ts'
import type { MacroTable } from './desk-tables.ts'

export type Macro = Selectable<MacroTable>

export const findMacro = async (tx: Tx, id: string): Promise<Macro | null> =>
  (await tx.selectFrom('macro').selectAll().where('id', '=', id).executeTakeFirst()) ?? null

export const insertMacro = async (tx: Tx, row: Insertable<MacroTable>): Promise<void> => {
  await tx.insertInto('macro').values(row).execute()
}

export const updateMacro = async (
  tx: Tx,
  id: string,
  patch: Omit<Updateable<MacroTable>, 'id' | 'version' | 'updated_at'>,
  now: Date,
): Promise<void> => {
  await tx
    .updateTable('macro')
    .set({ ...patch, version: sql<number>`version + 1`, updated_at: now })
    .where('id', '=', id)
    .execute()
}
