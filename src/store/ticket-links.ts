import { type Insertable, type Selectable, sql } from 'kysely'
import type { Tx } from './database.ts'
import type { TicketLinkTable } from './desk-tables.ts'

export type TicketLink = Selectable<TicketLinkTable>

/** False: the two are linked already, whichever of them it was said on. */
export const insertTicketLink = async (tx: Tx, row: Insertable<TicketLinkTable>): Promise<boolean> => {
  const made = await tx
    .insertInto('ticket_link')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return (made.numInsertedOrUpdatedRows ?? 0n) > 0n
}

/** A link as seen from either of its ends. */
export const findTicketLink = async (tx: Tx, id: string, ticketId: string): Promise<TicketLink | null> =>
  (await tx
    .selectFrom('ticket_link')
    .selectAll()
    .where('id', '=', id)
    .where((its) => its.or([its('ticket_id', '=', ticketId), its('other_id', '=', ticketId)]))
    .executeTakeFirst()) ?? null

export const deleteTicketLink = async (tx: Tx, id: string): Promise<void> => {
  await tx.deleteFrom('ticket_link').where('id', '=', id).execute()
}

export const countTicketLinks = async (tx: Tx, ticketId: string): Promise<number> => {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from ticket_link where ticket_id = ${ticketId}::uuid or other_id = ${ticketId}::uuid`.execute(
    tx,
  )
  return rows[0]?.n ?? 0
}

/** Where a ticket stood before it was merged last, in the words of the log. */
export const lastMergeOf = async (tx: Tx, ticketId: string): Promise<string | null> => {
  const { rows } = await sql<{ from: string | null }>`
    select data->>'from' as from from event where record_id = ${ticketId}::uuid and kind = 'ticket.merged'
    order by seq desc limit 1`.execute(tx)
  return rows[0]?.from ?? null
}
