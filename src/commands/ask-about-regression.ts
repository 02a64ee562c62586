import { SYSTEM } from '../domain/actor.ts'
import { canEscalationMove, decideEscalation } from '../domain/escalation.ts'
import { insertComment } from '../store/comments.ts'
import type { Tx } from '../store/database.ts'
import { lockLastEscalationOf, standingOfEscalation, updateEscalations } from '../store/escalations.ts'
import type { Ticket } from '../store/tickets.ts'
import { findWorkItem } from '../store/work-items.ts'
import { plainText } from '../sync/rich-text/plain.ts'
import type { RichText } from '../sync/rich-text/tree.ts'
import { type Effects, NO_EFFECTS } from './outcome.ts'
import { escalationEvent } from './reach-tickets.ts'
import type { CommandContext } from './run-command.ts'

const question = (ticketKey: string, workItemKey: string): RichText =>
  plainText(
    `${ticketKey} was reopened after the fix in ${workItemKey}. Is this a regression, or something else?`,
  )

/**
 * A customer says that it is still broken after the fix: engineering is asked, on the work item, for staff only. The
 * other tickets on it stay as they are, and so does the work item: whether it is a regression is engineering's word.
 * Call it with the ticket locked.
 */
export const askAboutRegression = async (
  tx: Tx,
  context: CommandContext,
  ticket: Ticket,
): Promise<Effects> => {
  const escalation = await lockLastEscalationOf(tx, ticket.id)
  if (escalation === null || !canEscalationMove(escalation.state, 'still broken')) return NO_EFFECTS
  const item = await findWorkItem(tx, escalation.work_item_id)
  if (item === null) return NO_EFFECTS
  const command = { do: 'still broken' } as const
  const decided = decideEscalation(standingOfEscalation(escalation), command, context.now)
  if (!decided.ok) return NO_EFFECTS
  await updateEscalations(tx, [{ id: escalation.id, standing: decided.value }], context.now)
  const commentId = context.newId()
  await insertComment(tx, {
    id: commentId,
    record: { kind: 'work item', id: item.id },
    // the words are ours: the customer said only that it is still broken
    author: SYSTEM,
    body: question(ticket.key, item.key),
    audience: 'staff',
    sourceConnection: null,
    at: context.now,
  })
  const record = { kind: 'work item', id: item.id } as const
  return {
    events: [
      escalationEvent(command, escalation, ticket.key, item.key),
      { kind: 'work-item.regression-asked', record, data: { ticket: ticket.key, comment: commentId } },
      { kind: 'comment.added', record, data: { comment: commentId, audience: 'staff' } },
    ],
    changed: [{ kind: 'work item', id: item.id }],
  }
}
