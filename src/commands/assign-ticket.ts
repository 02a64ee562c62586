import { moving, type OfTicket, type TicketMoved } from './moving-ticket.ts'
import type { Command } from './run-command.ts'
import { personIdOf } from './ticket-references.ts'

export interface AssignTicket extends OfTicket {
  /** Id or e-mail; null: nobody. */
  readonly owner: string | null
}

/** Makes somebody the owner. */
export const assignTicket: Command<AssignTicket, TicketMoved> = async (tx, context, input) => {
  const owner = await personIdOf(tx, input.owner, '/owner')
  if (!owner.ok) return owner
  const ownerId = owner.value
  return moving<OfTicket>(() => ({ do: 'take', ownerId }))(tx, context, input)
}
