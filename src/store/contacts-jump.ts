import type { Insertable, Selectable } from 'kysely'
import type { Actor } from '../domain/actor.ts'
import { isId } from '../lib/ids.ts'
import type { Tx } from './database.ts'
import type { ContactsJumpTable } from './go-live-tables.ts'

/** Once for each component of a release: the index sees to that. */
export const insertJump = async (tx: Tx, row: Insertable<ContactsJumpTable>): Promise<void> => {
  await tx.insertInto('contacts_jump').values(row).execute()
}

export const noteIncident = async (tx: Tx, id: string, ticketId: string): Promise<void> => {
  await tx.updateTable('contacts_jump').set({ ticket_id: ticketId }).where('id', '=', id).execute()
}

/** Held until the transaction ends. */
export const lockJump = async (
  tx: Tx,
  releaseId: string,
  id: string,
): Promise<Selectable<ContactsJumpTable> | null> =>
  isId(id)
    ? ((await tx
        .selectFrom('contacts_jump')
        .selectAll()
        .where('id', '=', id)
        .where('release_id', '=', releaseId)
        .forNoKeyUpdate()
        .executeTakeFirst()) ?? null)
    : null

export const setDismissed = async (
  tx: Tx,
  id: string,
  dismissed: { readonly by: Actor; readonly at: Date } | null,
): Promise<void> => {
  await tx
    .updateTable('contacts_jump')
    .set({
      dismissed_at: dismissed?.at ?? null,
      dismissed_by: dismissed === null ? null : JSON.stringify(dismissed.by),
    })
    .where('id', '=', id)
    .execute()
}
