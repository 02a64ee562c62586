import { type Insertable, type Selectable, sql, type Updateable } from 'kysely'
import { isId } from '../lib/ids.ts'
import type { Tx } from './database.ts'
import type { ReleaseNoteTable } from './go-live-tables.ts'

export type ReleaseNote = Selectable<ReleaseNoteTable>

/** Held until the transaction ends. */
export const lockReleaseNote = async (tx: Tx, id: string): Promise<ReleaseNote | null> =>
  isId(id)
    ? ((await tx
        .selectFrom('release_note')
        .selectAll()
        .where('id', '=', id)
        .forNoKeyUpdate()
        .executeTakeFirst()) ?? null)
    : null

/** False when the work item has a note in this release already. */
export const insertReleaseNote = async (tx: Tx, row: Insertable<ReleaseNoteTable>): Promise<boolean> =>
  (await tx
    .insertInto('release_note')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()) !== undefined

export const updateReleaseNote = async (
  tx: Tx,
  id: string,
  patch: Omit<Updateable<ReleaseNoteTable>, 'id' | 'version' | 'updated_at'>,
  now: Date,
): Promise<void> => {
  await tx
    .updateTable('release_note')
    .set({ ...patch, version: sql<number>`version + 1`, updated_at: now })
    .where('id', '=', id)
    .execute()
}

/** The note that a work item has in a release, but for this one. */
export const noteOfWork = async (
  tx: Tx,
  releaseId: string,
  workItemId: string,
  but: string | null,
): Promise<ReleaseNote | null> =>
  (await tx
    .selectFrom('release_note')
    .selectAll()
    .where('release_id', '=', releaseId)
    .where('work_item_id', '=', workItemId)
    .where('removed_at', 'is', null)
    .$if(but !== null, (query) => query.where('id', '<>', but))
    .executeTakeFirst()) ?? null
