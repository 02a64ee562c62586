import { readStanding } from '../domain/ticket.ts'
import { lastMergeOf } from '../store/ticket-links.ts'
import { heldTicket, moveTicket } from './move-ticket.ts'
import type { OfTicket, TicketMoved } from './moving-ticket.ts'
import { done } from './outcome.ts'
import type { Command } from './run-command.ts'

/** Takes a wrong merge back: the ticket is again what the log says it was. A snooze it had is over. */
export const unmergeTicket: Command<OfTicket, TicketMoved> = async (tx, context, input) => {
  const held = await heldTicket(tx, input.ticket, input.version)
  if (!held.ok) return held
  const ticket = held.value
  const before = readStanding((await lastMergeOf(tx, ticket.id)) ?? '')
  // a merge that a tool told us of may have left no trace of what was before
  const back = before ?? ({ state: 'open', needs: 'investigating', waitingFor: null } as const)
  const moved = await moveTicket(tx, context, ticket, { do: 'unmerge', back })
  if (!moved.ok) return moved
  const { state, needs, waitingFor } = moved.value.decision.next
  return done(
    { id: ticket.id, key: ticket.key, version: moved.value.version, state, needs, waitingFor },
    moved.value,
    { events: [], changed: ticket.merged_into === null ? [] : [{ kind: 'ticket', id: ticket.merged_into }] },
  )
}
