import { refuse } from '../domain/refusal.ts'
import { err } from '../lib/result.ts'
import { insertComment } from '../store/comments.ts'
import type { RichText } from '../sync/rich-text/index.ts'
import type { OfWorkItem } from './change-work-item.ts'
import { done } from './outcome.ts'
import { heldWorkItem } from './progress-work-item.ts'
import { moveEscalations } from './reach-tickets.ts'
import type { Command } from './run-command.ts'

export interface AskInformation extends OfWorkItem {
  readonly question: RichText
}

export interface Asked {
  readonly comment: { readonly id: string }
  /** Bonds that now wait for an answer. */
  readonly asked: number
}

/** Engineering cannot go on without an answer: one question, in the thread for staff, wakes each ticket's owner. */
export const askInformation: Command<AskInformation, Asked> = async (tx, context, input) => {
  const held = await heldWorkItem(tx, input.workItem, input.version)
  if (!held.ok) return held
  const item = held.value
  const commentId = context.newId()
  const moved = await moveEscalations(tx, context, item, () => ({ do: 'ask', question: commentId }))
  const asked = moved.events.filter((event) => event.kind === 'escalation.information-asked').length
  if (asked === 0) {
    return err(
      refuse(
        'wrong-state',
        `No ticket waits for ${item.key}, so there is nobody to ask. Write a comment instead.`,
      ),
    )
  }
  const record = { kind: 'work item', id: item.id } as const
  await insertComment(tx, {
    id: commentId,
    record,
    author: context.actor,
    body: input.question,
    audience: 'staff',
    sourceConnection: null,
    at: context.now,
  })
  return done({ comment: { id: commentId }, asked }, moved, {
    events: [{ kind: 'comment.added', record, data: { comment: commentId, audience: 'staff' } }],
    changed: [record],
  })
}
