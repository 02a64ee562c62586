import { type Insertable, type Selectable, sql, type Updateable } from 'kysely'
import { isId } from '../lib/ids.ts'
import type { Tx } from './database.ts'
import type { EnhancementAskTable, EnhancementTable } from './enhancement-tables.ts'
import { findTicket } from './tickets.ts'

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

/** Held; of a merged one, the one it went into. */
export const lockRoot = async (tx: Tx, ref: string): Promise<Enhancement | null> => {
  const found = await findEnhancement(tx, ref)
  const held = found === null ? null : await lockEnhancement(tx, found.merged_into ?? found.id)
  // merged at this very moment
  return held === null || held.merged_into === null ? held : lockEnhancement(tx, held.merged_into)
}

/** What a ticket (id or key) asks for, held; null: nothing. Before the ticket. */
export const lockWishOf = async (tx: Tx, ticketRef: string): Promise<Enhancement | null> => {
  const ticket = await findTicket(tx, ticketRef)
  const ask = ticket === null ? null : await findAskOfTicket(tx, ticket.id)
  return ask === null ? null : lockRoot(tx, ask.enhancement_id)
}

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

/** One for each decision there ever was, whatever it was about: two requests that are merged are told apart by it. */
export const nextDecisionNumber = async (tx: Tx): Promise<number> => {
  await sql`select pg_advisory_xact_lock(hashtextextended('enhancement decisions', 4601))`.execute(tx)
  const { rows } = await sql<{ readonly next: number }>`
    select coalesce(max(decision_number), 0)::int + 1 as next from enhancement`.execute(tx)
  return rows[0]?.next ?? 1
}

/** The ticket that what this one asks is answered on: itself, or the one that it went into in the end. */
export const answeredOn = async (tx: Tx, ticketId: string): Promise<string> => {
  const { rows } = await sql<{ readonly id: string }>`
    with recursive way as (
      select id, merged_into from ticket where id = ${ticketId}::uuid
      union select t.id, t.merged_into from way w join ticket t on t.id = w.merged_into
    ) select id from way where merged_into is null`.execute(tx)
  return rows[0]?.id ?? ticketId
}

/** Whether it was said there already, on this ticket or on another that went into it. */
export const wasDecisionToldOn = async (tx: Tx, ticketId: string, decision: number): Promise<boolean> => {
  const { rows } = await sql<{ readonly found: boolean }>`
    with recursive way as (
      select id from ticket where id = ${ticketId}::uuid
      union select t.id from way w join ticket t on t.merged_into = w.id
    ) select exists (
      select from way w join enhancement_telling x on x.ticket_id = w.id and x.decision_number = ${decision}::int
    ) as found`.execute(tx)
  return rows[0]?.found ?? false
}

export const insertTelling = async (
  tx: Tx,
  telling: { readonly ticket_id: string; readonly decision_number: number; readonly at: Date },
): Promise<void> => {
  await tx
    .insertInto('enhancement_telling')
    .values(telling)
    .onConflict((known) => known.doNothing())
    .execute()
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

/** What went along with it, and what with those, is with it again. */
export const takeBackAlong = async (tx: Tx, id: string, now: Date): Promise<void> => {
  await sql`
    with recursive along as (
      select e.id from enhancement e where e.merged_directly = ${id}::uuid
      union select e.id from along a join enhancement e on e.merged_directly = a.id
    ) update enhancement e set merged_into = ${id}::uuid, version = e.version + 1, updated_at = ${now}::timestamptz
    from along where e.id = along.id`.execute(tx)
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
