import { type RawBuilder, sql } from 'kysely'
import type { Tx } from './database.ts'

/** Files that a person left out when they escalated a ticket: they cross to nobody until somebody shares them. */

/** All files a ticket has but these stay with this bond's ticket. */
export const withholdAllBut = async (
  tx: Tx,
  bond: { readonly escalationId: string; readonly ticketId: string },
  shared: readonly string[],
): Promise<void> => {
  await sql`
    insert into escalation_withheld (escalation_id, attachment_id)
    select ${bond.escalationId}::uuid, a.id from attachment a
    where a.record_kind = 'ticket' and a.record_id = ${bond.ticketId}::uuid and a.state <> 'deleted'
      and a.id <> all(${[...shared]}::uuid[])`.execute(tx)
}

/** What was left out of an earlier bond of the ticket stays out of this one too: nobody was asked anew. */
export const keepWithheld = async (
  tx: Tx,
  bond: { readonly escalationId: string; readonly ticketId: string },
): Promise<void> => {
  await sql`
    insert into escalation_withheld (escalation_id, attachment_id)
    select distinct ${bond.escalationId}::uuid, x.attachment_id
    from escalation e join escalation_withheld x on x.escalation_id = e.id
    where e.ticket_id = ${bond.ticketId}::uuid and e.id <> ${bond.escalationId}::uuid`.execute(tx)
}

/** Lets a file go, of every bond the ticket ever had. False: it was not left out. */
export const releaseWithheld = async (tx: Tx, ticketId: string, attachmentId: string): Promise<boolean> => {
  const result = await sql`
    delete from escalation_withheld x using escalation e
    where e.id = x.escalation_id and e.ticket_id = ${ticketId}::uuid and x.attachment_id = ${attachmentId}::uuid`.execute(
    tx,
  )
  return (result.numAffectedRows ?? 0n) > 0n
}

/** Is this file left out of this bond? Both as SQL. */
export const isWithheld = (bond: RawBuilder<unknown>, attachment: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`exists (select from escalation_withheld x where x.escalation_id = ${bond} and x.attachment_id = ${attachment})`
