import { deleteComment as markDeleted } from '../store/comments.ts'
import { heldComment, type OfComment } from './held-comment.ts'
import { done } from './outcome.ts'
import type { Command } from './run-command.ts'

/** Takes a comment back; copies elsewhere are withdrawn. */
export const deleteComment: Command<OfComment, { readonly version: number }> = async (tx, context, input) => {
  const held = await heldComment(tx, context.actor, input)
  if (!held.ok) return held
  const comment = held.value
  await markDeleted(tx, comment, context.now)
  const record = { kind: comment.record_kind, id: comment.record_id }
  return done(
    { version: comment.version + 1 },
    {
      events: [
        { kind: 'comment.deleted', record, data: { comment: comment.id, audience: comment.audience } },
      ],
      changed: [record],
    },
  )
}
