import { refuse } from '../domain/refusal.ts'
import { err } from '../lib/result.ts'
import { liveEscalationOf } from '../store/escalations.ts'
import { findTicket } from '../store/tickets.ts'
import { checkText } from './field-rules.ts'
import { done, unknown } from './outcome.ts'
import { heldWorkItem } from './progress-work-item.ts'
import { moveEscalations } from './reach-tickets.ts'
import type { Command } from './run-command.ts'

export interface ReturnEscalation {
  /** The ticket handed back: id or key. */
  readonly ticket: string
  readonly reason: string
}

/** Engineering hands one ticket back (not theirs, or not this): the bond ends, its owner reads why. The work stays. */
export const returnEscalation: Command<
  ReturnEscalation,
  { readonly workItem: { readonly key: string } }
> = async (tx, context, input) => {
  const reason = checkText(input.reason.trim(), '/reason')
  if (!reason.ok) return reason
  if (reason.value === '') {
    return err(refuse('invalid', 'Say why, so that support knows what to do next.', { field: '/reason' }))
  }
  const ticket = await findTicket(tx, input.ticket)
  if (ticket === null) return unknown('ticket', input.ticket, '/ticket')
  const live = await liveEscalationOf(tx, ticket.id)
  if (live === null) return err(refuse('wrong-state', `${ticket.key} is not with engineering.`))
  const item = await heldWorkItem(tx, live.work_item_id, undefined)
  if (!item.ok) return item
  const moved = await moveEscalations(tx, context, item.value, (escalation) =>
    escalation.id === live.id ? { do: 'return', reason: reason.value } : null,
  )
  if (moved.events.length === 0) {
    return err(refuse('changed-meanwhile', 'The escalation ended meanwhile. Read it again.'))
  }
  return done({ workItem: { key: item.value.key } }, moved, {
    events: [],
    changed: [{ kind: 'work item', id: item.value.id }],
  })
}
