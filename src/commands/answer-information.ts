import { decideEscalation } from '../domain/escalation.ts'
import { refuse } from '../domain/refusal.ts'
import { err } from '../lib/result.ts'
import { insertComment } from '../store/comments.ts'
import { liveEscalationOf, standingOfEscalation, updateEscalations } from '../store/escalations.ts'
import { findWorkItem } from '../store/work-items.ts'
import type { RichText } from '../sync/rich-text/index.ts'
import { heldTicket } from './move-ticket.ts'
import { done, unknown } from './outcome.ts'
import { escalationEvent } from './reach-tickets.ts'
import type { Command } from './run-command.ts'

export interface AnswerInformation {
  /** The ticket whose owner answers: id or key. */
  readonly ticket: string
  readonly answer: RichText
}

/** Support answers engineering's question, in the work item's thread; it is engineering's move again. */
export const answerInformation: Command<
  AnswerInformation,
  { readonly comment: { readonly id: string } }
> = async (tx, context, input) => {
  const ticket = await heldTicket(tx, input.ticket, undefined)
  if (!ticket.ok) return ticket
  const escalation = await liveEscalationOf(tx, ticket.value.id)
  if (escalation === null) {
    return err(refuse('wrong-state', `${ticket.value.key} is not with engineering: nobody asks anything.`))
  }
  const command = { do: 'answer' } as const
  const decided = decideEscalation(standingOfEscalation(escalation), command, context.now)
  if (!decided.ok) {
    return err(refuse('wrong-state', 'Engineering asks nothing about it now. Write a comment instead.'))
  }
  const item = await findWorkItem(tx, escalation.work_item_id)
  if (item === null) return unknown('work item', escalation.work_item_id, '/ticket')
  await updateEscalations(tx, [{ id: escalation.id, standing: decided.value }], context.now)
  const id = context.newId()
  const record = { kind: 'work item', id: item.id } as const
  await insertComment(tx, {
    id,
    record,
    author: context.actor,
    body: input.answer,
    audience: 'staff',
    sourceConnection: null,
    at: context.now,
  })
  return done(
    { comment: { id } },
    {
      events: [
        escalationEvent(command, escalation, ticket.value.key, item.key),
        { kind: 'comment.added', record, data: { comment: id, audience: 'staff' } },
      ],
      changed: [record],
    },
  )
}
