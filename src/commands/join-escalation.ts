import { stateWhenJoining } from '../domain/escalation.ts'
import { type Refusal, refuse } from '../domain/refusal.ts'
import { err, ok, type Result } from '../lib/result.ts'
import type { Tx } from '../store/database.ts'
import { insertEscalation, liveEscalationOf } from '../store/escalations.ts'
import { hasArrived } from '../store/outgoing-mirror.ts'
import { isReleased } from '../store/releases.ts'
import type { Ticket } from '../store/tickets.ts'
import { keepWithheld } from '../store/withheld-files.ts'
import { findWorkItem, type WorkItem } from '../store/work-items.ts'
import type { Escalated } from './escalate-ticket.ts'
import { heldTicket, moveTicket } from './move-ticket.ts'
import { done, type Effects } from './outcome.ts'
import { heldWorkItem } from './progress-work-item.ts'
import type { Command, CommandContext } from './run-command.ts'

/** The ticket is about something engineering knows already: it joins the others on that work item. */
export const joinEscalation: Command<
  { readonly ticket: string; readonly workItem: string },
  Escalated
> = async (tx, context, input) => {
  const item = await heldWorkItem(tx, input.workItem, undefined)
  if (!item.ok) return item
  const ticket = await heldTicket(tx, input.ticket, undefined)
  if (!ticket.ok) return ticket
  const live = await liveEscalationOf(tx, ticket.value.id)
  if (live !== null) {
    const existing = await findWorkItem(tx, live.work_item_id)
    const key = existing?.key ?? ''
    return err(
      refuse('already-done', `${ticket.value.key} is with engineering already, as ${key}.`, {
        existing: { kind: 'work item', id: live.work_item_id, key },
      }),
    )
  }
  const moved = await moveTicket(tx, context, ticket.value, { do: 'escalate' })
  if (!moved.ok) return moved
  const joined = await bond(tx, context, ticket.value, item.value)
  if (!joined.ok) return joined
  const { escalation, effects } = joined.value
  return done({ escalation, workItem: { id: item.value.id, key: item.value.key } }, moved.value, effects)
}

interface Bonded {
  readonly escalation: Escalated['escalation']
  readonly effects: Effects
}

/** Bonds a held ticket without a live escalation to a held work item; its state is as far as the work is. */
export const bond = async (
  tx: Tx,
  context: CommandContext,
  ticket: Ticket,
  item: WorkItem,
): Promise<Result<Bonded, Refusal>> => {
  const arrived = await hasArrived(tx, item.id)
  const released = item.state === 'done' && (await isReleased(tx, item.release_id))
  const state = stateWhenJoining({ state: item.state, released, declineReason: item.decline_reason }, arrived)
  if (state === null) {
    return err(
      refuse(
        'wrong-state',
        `${item.key} is ${item.state}: a ticket cannot wait for it. Escalate the ticket instead.`,
        {
          field: '/workItem',
        },
      ),
    )
  }
  const id = context.newId()
  await insertEscalation(tx, {
    id,
    ticket_id: ticket.id,
    work_item_id: item.id,
    state,
    sent_by: context.actor,
    created_at: context.now,
    sent_at: arrived ? context.now : null,
  })
  await keepWithheld(tx, { escalationId: id, ticketId: ticket.id })
  return ok({
    escalation: { id, state },
    effects: {
      events: [
        {
          kind: 'escalation.joined',
          record: { kind: 'escalation', id },
          data: { ticket: ticket.key, workItem: item.key, state },
        },
      ],
      changed: [
        { kind: 'ticket', id: ticket.id },
        { kind: 'work item', id: item.id },
      ],
    },
  })
}
