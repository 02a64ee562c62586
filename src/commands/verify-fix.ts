import { decideEscalation } from '../domain/escalation.ts'
import { refuse } from '../domain/refusal.ts'
import { err } from '../lib/result.ts'
import { said } from '../lib/said.ts'
import type { Tx } from '../store/database.ts'
import { liveEscalationOf, standingOfEscalation, updateEscalations } from '../store/escalations.ts'
import { answerNotices } from '../store/outreach.ts'
import { findWorkItem } from '../store/work-items.ts'
import { askAboutRegression } from './ask-about-regression.ts'
import { heldTicket, moveTicket } from './move-ticket.ts'
import type { TicketMoved } from './moving-ticket.ts'
import { done, type Effects, NO_EFFECTS, unknown } from './outcome.ts'
import { escalationEvent } from './reach-tickets.ts'
import type { Command, CommandContext } from './run-command.ts'

export interface VerifyFix {
  /** Id or key. */
  readonly ticket: string
  /** The customer's word: it works, or it is still broken. */
  readonly works: boolean
}

/**
 * The customer tried the fix. Works: the bond has ended well, and so has a ticket that waited for this answer. Still broken: this ticket is open again, and engineering
 * is asked about a regression; the other tickets stay as they are.
 */
export const verifyFix: Command<VerifyFix, TicketMoved> = async (tx, context, input) => {
  const held = await heldTicket(tx, input.ticket, undefined)
  if (!held.ok) return held
  const ticket = held.value
  const escalation = await liveEscalationOf(tx, ticket.id)
  if (escalation === null || (escalation.state !== 'released' && escalation.state !== 'fixed')) {
    return err(refuse('wrong-state', `There is no fix of ${ticket.key} to try yet.`))
  }
  if (input.works) {
    const command = { do: 'works' } as const
    const decided = decideEscalation(standingOfEscalation(escalation), command, context.now)
    if (!decided.ok) return decided
    const item = await findWorkItem(tx, escalation.work_item_id)
    if (item === null) return unknown('work item', escalation.work_item_id, '/ticket')
    await updateEscalations(tx, [{ id: escalation.id, standing: decided.value }], context.now)
    const answered = await answeredNotice(tx, context, ticket.id, 'works')
    // we asked whether it works, and that was the answer: nothing else is waited for
    const isAnswer = answered.events.length > 0 && ticket.waiting_for === 'customer'
    const moved = await moveTicket(tx, context, ticket, isAnswer ? { do: 'resolve' } : { do: 'note' })
    if (!moved.ok) return moved
    const { state, needs, waitingFor } = moved.value.decision.next
    return done(
      { id: ticket.id, key: ticket.key, version: moved.value.version, state, needs, waitingFor },
      {
        events: [escalationEvent(command, escalation, ticket.key, item.key)],
        changed: [{ kind: 'ticket', id: ticket.id }],
      },
      moved.value,
      answered,
    )
  }
  const isEnded = ticket.state === 'resolved' || ticket.state === 'closed'
  const moved = await moveTicket(
    tx,
    context,
    ticket,
    isEnded
      ? { do: 'reopen' }
      : { do: 'wake', because: said`The customer says that it is still broken`, need: 'investigating' },
  )
  if (!moved.ok) return moved
  const asked = isEnded ? NO_EFFECTS : await askAboutRegression(tx, context, ticket)
  const { state, needs, waitingFor } = moved.value.decision.next
  return done(
    { id: ticket.id, key: ticket.key, version: moved.value.version, state, needs, waitingFor },
    moved.value,
    asked,
    await answeredNotice(tx, context, ticket.id, 'still broken'),
  )
}

/** What we told of the fix has its answer. */
const answeredNotice = async (
  tx: Tx,
  { now }: CommandContext,
  ticketId: string,
  answer: 'works' | 'still broken',
): Promise<Effects> => {
  const answered = await answerNotices(tx, ticketId, answer, now)
  return {
    events: answered.map(({ noticeId }) => ({
      kind: 'notice.answered' as const,
      record: { kind: 'notice', id: noticeId },
      data: { ticket: ticketId, answer },
    })),
    changed: [],
  }
}
