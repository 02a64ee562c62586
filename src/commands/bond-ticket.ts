import { stateWhenJoining } from '../domain/escalation.ts'
import { type Refusal, refuse } from '../domain/refusal.ts'
import { err, ok, type Result } from '../lib/result.ts'
import type { Tx } from '../store/database.ts'
import { insertEscalation } from '../store/escalations.ts'
import { hasArrived } from '../store/outgoing-mirror.ts'
import { isReleased } from '../store/releases.ts'
import type { Ticket } from '../store/tickets.ts'
import { keepWithheld } from '../store/withheld-files.ts'
import type { WorkItem } from '../store/work-items.ts'
import type { Escalated } from './escalate-ticket.ts'
import type { Effects } from './outcome.ts'
import type { CommandContext } from './run-command.ts'

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
