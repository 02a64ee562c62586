import { refuse } from '../domain/refusal.ts'
import { err } from '../lib/result.ts'
import { assignTicket } from './assign-ticket.ts'
import type { OfTicket, TicketMoved } from './moving-ticket.ts'
import type { Command } from './run-command.ts'

/** The asker takes the ticket. */
export const takeTicket: Command<OfTicket, TicketMoved> = async (tx, context, input) =>
  context.actor.kind === 'person'
    ? assignTicket(tx, context, { ...input, owner: context.actor.id })
    : err(refuse('wrong-state', 'Only a person can take a ticket: sign in as one, or assign it to somebody.'))
