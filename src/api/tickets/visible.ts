import { unknown } from '../../commands/outcome.ts'
import type { Command } from '../../commands/run-command.ts'
import { isId } from '../../lib/ids.ts'
import type { Tx } from '../../store/database.ts'
import type { Caller } from '../caller.ts'

/**
 * For a customer, tickets out of their reach do not exist: the answer is the one for a ticket that is not there.
 * Checked in the command's own transaction, for whatever ticket the command is about.
 */
export const onVisibleTicket =
  <I, T>(caller: Caller, ref: string, command: Command<I, T>): Command<I, T> =>
  async (tx, context, input) =>
    (await isVisibleTicket(tx, caller, ref)) ? command(tx, context, input) : unknown('ticket', ref, '/ref')

export const isVisibleTicket = async (tx: Tx, caller: Caller, ref: string): Promise<boolean> => {
  const found = await tx
    .selectFrom('ticket')
    .select(['customer_id', 'contact_id'])
    .where(isId(ref) ? 'id' : 'key', '=', isId(ref) ? ref : ref.toUpperCase())
    .executeTakeFirst()
  if (found === undefined) return false
  const { reach } = caller
  return (
    reach === null ||
    (reach.customerId !== null &&
      found.customer_id === reach.customerId &&
      (reach.contactId === null || found.contact_id === reach.contactId))
  )
}
