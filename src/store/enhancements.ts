import { type Insertable, type Selectable, sql, type Updateable } from 'kysely'
import { isId } from '../lib/ids.ts'
import type { Tx } from './database.ts'
import type { EnhancementAskTable, EnhancementTable } from './enhancement-tables.ts'

export type Enhancement = Selectable<EnhancementTable>
export type EnhancementAsk = Selectable<EnhancementAskTable>

/** By id or key. */
export const findEnhancement = async (tx: Tx, ref: string): Promise<Enhancement | null> =>
  (await tx
    .selectFrom('enhancement')
    .selectAll()
    .where(isId(ref) ? 'id' : 'key', '=', ref)
    .executeTakeFirst()) ?? null

/** By id or key, held until the transaction ends; before its tickets and its work. */
export const lockEnhancement = async (tx: Tx, ref: string): Promise<Enhancement | null> =>
  (await tx
    .selectFrom('enhancement')
    .selectAll()
    .where(isId(ref) ? 'id' : 'key', '=', ref)
    .forNoKeyUpdate()
    .executeTakeFirst()) ?? null

/** Writes a new one and gives it the next number and key. */
export const insertEnhancement = async (
  tx: Tx,
  row: Omit<Insertable<EnhancementTable>, 'number' | 'key'>,
): Promise<Enhancement> =>
  tx
    .with('next_number', (db) => db.selectNoFrom(sql<number>`nextval('enhancement_number')`.as('n')))
    .insertInto('enhancement')
    .values({
      ...row,
      number: sql<number>`(select n from next_number)`,
      key: sql<string>`'R-' || (select n from next_number)`,
    })
    .returningAll()
    .executeTakeFirstOrThrow()

export const updateEnhancement = async (
  tx: Tx,
  id: string,
  patch: Omit<Updateable<EnhancementTable>, 'id' | 'number' | 'key' | 'version' | 'updated_at'>,
  now: Date,
): Promise<Enhancement> =>
  tx
    .updateTable('enhancement')
    .set({ ...patch, version: sql<number>`version + 1`, updated_at: now })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()

export const findAsk = async (tx: Tx, id: string): Promise<EnhancementAsk | null> =>
  isId(id)
    ? ((await tx.selectFrom('enhancement_ask').selectAll().where('id', '=', id).executeTakeFirst()) ?? null)
    : null

export const findAskOfTicket = async (tx: Tx, ticketId: string): Promise<EnhancementAsk | null> =>
  (await tx.selectFrom('enhancement_ask').selectAll().where('ticket_id', '=', ticketId).executeTakeFirst()) ??
  null

/** False when the ticket asks for something already. */
export const insertAsk = async (tx: Tx, row: Insertable<EnhancementAskTable>): Promise<boolean> =>
  (await tx
    .insertInto('enhancement_ask')
    .values(row)
    .onConflict((conflict) => conflict.column('ticket_id').doNothing())
    .returning('id')
    .executeTakeFirst()) !== undefined

export const updateAsk = async (
  tx: Tx,
  id: string,
  patch: Updateable<EnhancementAskTable>,
): Promise<void> => {
  await tx.updateTable('enhancement_ask').set(patch).where('id', '=', id).execute()
}

export const deleteAsk = async (tx: Tx, id: string): Promise<void> => {
  await tx.deleteFrom('enhancement_ask').where('id', '=', id).execute()
}

/** Of it and of all that were merged into it, in the order of locks. */
export const asksFor = (tx: Tx, enhancementId: string): Promise<readonly EnhancementAsk[]> =>
  tx
    .selectFrom('enhancement_ask as a')
    .innerJoin('enhancement as e', 'e.id', 'a.enhancement_id')
    .selectAll('a')
    .where((is) => is.or([is('e.id', '=', enhancementId), is('e.merged_into', '=', enhancementId)]))
    .orderBy('a.ticket_id')
    .execute()

/** What was merged into the first goes with it into the other. */
export const takeAlong = async (tx: Tx, fromId: string, intoId: string, now: Date): Promise<void> => {
  await tx
    .updateTable('enhancement')
    .set({ merged_into: intoId, version: sql<number>`version + 1`, updated_at: now })
    .where('merged_into', '=', fromId)
    .execute()
}

const OF_PLACE = 200

/** Worth comparing with a ticket: the latest of its product, or just the latest. */
export const candidateEnhancements = (
  tx: Tx,
  productId: string | null,
): Promise<readonly (Enhancement & { readonly tickets: number })[]> =>
  tx
    .selectFrom('enhancement as e')
    .selectAll('e')
    .select((is) =>
      is
        .selectFrom('enhancement_ask as a')
        .select(sql<number>`count(*)::int`.as('n'))
        .whereRef('a.enhancement_id', '=', 'e.id')
        .as('tickets'),
    )
    .where('e.merged_into', 'is', null)
    .$if(productId !== null, (query) => query.where('e.product_id', '=', productId ?? ''))
    .orderBy('e.number', 'desc')
    .limit(OF_PLACE)
    .$castTo<Enhancement & { readonly tickets: number }>()
    .execute()
