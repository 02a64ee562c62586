import type { Refusal } from '../domain/refusal.ts'
import { decideTicket, type TicketCommand, type TicketDecision } from '../domain/ticket.ts'
import { err, ok, type Result } from '../lib/result.ts'
import type { Tx } from '../store/database.ts'
import {
  lockTicket,
  standingOfTicket,
  type Ticket,
  type TicketPatch,
  ticketColumns,
  updateTicket,
} from '../store/tickets.ts'
import { askAboutRegression } from './ask-about-regression.ts'
import { changedMeanwhile, type Effects, NO_EFFECTS, together, unknown } from './outcome.ts'
import type { CommandContext } from './run-command.ts'
import { waitWithWish } from './wait-with-wish.ts'

/** Finds and holds a ticket; with a version, only if it is still at it. */
export const heldTicket = async (
  tx: Tx,
  ref: string,
  version: number | undefined,
  field = '/ticket',
): Promise<Result<Ticket, Refusal>> => {
  const ticket = await lockTicket(tx, ref)
  if (ticket === null) return unknown('ticket', ref, field)
  return version !== undefined && version !== ticket.version
    ? changedMeanwhile('ticket', version, ticket.version)
    : ok(ticket)
}

/** What became of a ticket: the version it is at now, and everything that follows from it. */
export interface MovedTicket extends Effects {
  readonly version: number
  readonly decision: TicketDecision
}

/**
 * Applies one command of the ticket's life to a held ticket and writes it, with what follows (a reopened ticket whose
 * fix was out asks engineering about a regression, and one that asks for something waits for that). `also` goes into the same statement.
 */
export const moveTicket = async (
  tx: Tx,
  context: CommandContext,
  ticket: Ticket,
  command: TicketCommand,
  also: TicketPatch = {},
): Promise<Result<MovedTicket, Refusal>> => {
  const before = standingOfTicket(ticket)
  const decided = decideTicket(before, command, context.now)
  if (!decided.ok) return err(decided.error)
  const decision = decided.value
  const stays = decision.next === before && Object.keys(also).length === 0
  if (stays) return ok({ version: ticket.version, decision, ...NO_EFFECTS })
  const version = await updateTicket(tx, ticket.id, { ...also, ...ticketColumns(decision.next) }, context.now)
  const own: Effects = {
    events: decision.happened.map(({ kind, data }) => ({
      kind,
      record: { kind: 'ticket', id: ticket.id },
      data,
    })),
    changed: [{ kind: 'ticket', id: ticket.id }],
  }
  if (!decision.reopened) return ok({ version, decision, ...own })
  const asked = await askAboutRegression(tx, context, ticket)
  const waits = await waitWithWish(tx, context, ticket)
  return ok({ version, decision, ...together(own, asked, waits) })
}
