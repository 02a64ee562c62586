import type { Actor } from '../domain/actor.ts'
import type { Tx } from '../store/database.ts'
import { findContact } from '../store/organisation.ts'
import type { Ticket } from '../store/tickets.ts'

/**
 * Whether a ticket exists for whoever asks. For a contact only their own and their organisation's do; the edges ask
 * this too, and a command that a customer can reach asks again, because one forgotten check must not open the wall.
 */
export const isWithinReach = async (tx: Tx, actor: Actor, ticket: Ticket): Promise<boolean> => {
  if (actor.kind !== 'contact' || ticket.contact_id === actor.id) return true
  const contact = await findContact(tx, actor.id)
  return contact !== null && contact.customer_id !== null && contact.customer_id === ticket.customer_id
}
