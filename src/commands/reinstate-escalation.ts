import { decideEscalation, stateWhenReinstated } from '../domain/escalation.ts'
import { type Refusal, refuse } from '../domain/refusal.ts'
import { err, ok, type Result } from '../lib/result.ts'
import type { Tx } from '../store/database.ts'
import {
  type Escalation,
  lastEscalationOf,
  lastWithdrawalOf,
  lockLastEscalationOf,
  standingOfEscalation,
  updateEscalations,
} from '../store/escalations.ts'
import { hasArrived } from '../store/outgoing-mirror.ts'
import { isReleased } from '../store/releases.ts'
import { findTicket, type Ticket } from '../store/tickets.ts'
import { heldTicket, moveTicket } from './move-ticket.ts'
import type { OfTicket } from './moving-ticket.ts'
import { done, type Effects, NO_EFFECTS, unknown } from './outcome.ts'
import { heldWorkItem } from './progress-work-item.ts'
import { escalationEvent } from './reach-tickets.ts'
import type { Command, CommandContext } from './run-command.ts'
import { type OnWorkItem, tellEngineering, type WithdrawnData } from './withdraw-escalation.ts'

/** Takes a withdrawal back: the ticket stands behind the same work item again, as far as the work is now. */
export const reinstateEscalation: Command<OfTicket, OnWorkItem> = async (tx, context, input) => {
  const found = await findTicket(tx, input.ticket)
  if (found === null) return unknown('ticket', input.ticket, '/ticket')
  const last = await lastEscalationOf(tx, found.id)
  if (last === null || last.state !== 'withdrawn') return err(notWithdrawn(found))
  // the work item before its tickets, as everywhere
  const item = await heldWorkItem(tx, last.work_item_id, undefined)
  if (!item.ok) return item
  const held = await heldTicket(tx, found.id, input.version)
  if (!held.ok) return held
  const ticket = held.value
  if (ticket.state === 'merged')
    return err(refuse('wrong-state', `${ticket.key} was merged into another ticket meanwhile: use that one.`))
  const escalation = await lockLastEscalationOf(tx, ticket.id)
  if (escalation?.id !== last.id || escalation.state !== 'withdrawn') return err(notWithdrawn(ticket))
  const kept = (await lastWithdrawalOf(tx, escalation.id)) as WithdrawnData | null
  const { state, release_id, decline_reason, key } = item.value
  const released = state === 'done' && (await isReleased(tx, release_id))
  const back = stateWhenReinstated(
    kept?.was ?? null,
    { state, released, declineReason: decline_reason },
    await hasArrived(tx, item.value.id),
  )
  if (back === null)
    return err(
      refuse(
        'wrong-state',
        `${key} is ${state} by now: a ticket cannot wait for it. Escalate the ticket again.`,
      ),
    )
  const command = { do: 'reinstate', ...back } as const
  const decided = decideEscalation(standingOfEscalation(escalation), command, context.now)
  if (!decided.ok) return decided
  await updateEscalations(tx, [{ id: escalation.id, standing: decided.value }], context.now)
  const waits = await waitAgain(tx, context, ticket, escalation, kept?.waited ?? null)
  if (!waits.ok) return waits
  const told = await tellEngineering(
    tx,
    context,
    item.value,
    `${ticket.key} is back: the withdrawal is undone.`,
  )
  return done({ workItem: { key } }, waits.value, told, {
    events: [escalationEvent(command, escalation, ticket.key, key)],
    changed: [{ kind: 'ticket', id: ticket.id }],
  })
}

const notWithdrawn = ({ key }: Pick<Ticket, 'key'>): Refusal =>
  refuse('wrong-state', `Nothing of ${key} is withdrawn now, so there is nothing to take back.`)

/** What the withdrawal woke sleeps again, where nothing happened to it since. */
const waitAgain = async (
  tx: Tx,
  context: CommandContext,
  ticket: Ticket,
  escalation: Escalation,
  waited: WithdrawnData['waited'],
): Promise<Result<Effects, Refusal>> => {
  const isUntouched = ticket.state === 'open' && ticket.woken_at?.getTime() === escalation.ended_at?.getTime()
  const until = waited === null || waited.until === null ? null : new Date(waited.until)
  if (waited === null || !isUntouched || (until !== null && until <= context.now)) return ok(NO_EFFECTS)
  return moveTicket(tx, context, ticket, { do: 'wait', waitingFor: waited.for, until })
}
