import { refuse } from '../domain/refusal.ts'
import { err } from '../lib/result.ts'
import { liveEscalationOf } from '../store/escalations.ts'
import { findWorkItem } from '../store/work-items.ts'
import { bond } from './bond-ticket.ts'
import type { Escalated } from './escalate-ticket.ts'
import { heldTicket, moveTicket } from './move-ticket.ts'
import { done } from './outcome.ts'
import { heldWorkItem } from './progress-work-item.ts'
import type { Command } from './run-command.ts'

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
