import { refuse } from '../domain/refusal.ts'
import { err } from '../lib/result.ts'
import { liveEscalationOf } from '../store/escalations.ts'
import { findTicket, lockTickets } from '../store/tickets.ts'
import { findWorkItem } from '../store/work-items.ts'
import { moveTicket } from './move-ticket.ts'
import type { OfTicket, TicketMoved } from './moving-ticket.ts'
import { changedMeanwhile, done, unknown } from './outcome.ts'
import type { Command } from './run-command.ts'

/** Two tickets of one request become one: this one ends and points at the other, which keeps its own life. */
export const mergeTicket: Command<OfTicket & { readonly into: string }, TicketMoved> = async (
  tx,
  context,
  input,
) => {
  const from = await findTicket(tx, input.ticket)
  if (from === null) return unknown('ticket', input.ticket, '/ticket')
  const into = await findTicket(tx, input.into)
  if (into === null) return unknown('ticket', input.into, '/into')
  if (from.id === into.id) {
    return err(refuse('invalid', 'A ticket cannot be merged into itself.', { field: '/into' }))
  }
  const held = await lockTickets(tx, [from.id, into.id])
  const [ticket, target] = [from.id, into.id].map((id) => held.find((one) => one.id === id))
  if (ticket === undefined || target === undefined) return unknown('ticket', input.ticket, '/ticket')
  if (input.version !== undefined && input.version !== ticket.version) {
    return changedMeanwhile('ticket', input.version, ticket.version)
  }
  if (target.state === 'merged' || target.state === 'cancelled') {
    return err(
      refuse('wrong-state', `${target.key} is ${target.state}: choose another ticket.`, { field: '/into' }),
    )
  }
  if (target.customer_id !== ticket.customer_id) {
    // one customer would read the other's words
    return err(
      refuse(
        'not-allowed',
        'The two are of different customers: let the ticket join the same work item instead.',
        {
          field: '/into',
        },
      ),
    )
  }
  const live = await liveEscalationOf(tx, ticket.id)
  if (live !== null) {
    const item = await findWorkItem(tx, live.work_item_id)
    return err(
      refuse(
        'in-use',
        `${ticket.key} is with engineering (${item?.key}): merge the other one into it instead.`,
        {
          existing: { kind: 'work item', id: live.work_item_id, key: item?.key ?? '' },
        },
      ),
    )
  }
  const moved = await moveTicket(tx, context, ticket, { do: 'merge', into: target.id })
  if (!moved.ok) return moved
  return done(
    {
      id: ticket.id,
      key: ticket.key,
      version: moved.value.version,
      state: 'merged',
      needs: null,
      waitingFor: null,
    },
    moved.value,
    { events: [], changed: [{ kind: 'ticket', id: target.id }] },
  )
}
