import type { Audience } from '../domain/audience.ts'
import { refuse } from '../domain/refusal.ts'
import { err } from '../lib/result.ts'
import { changeCommentAudience as moveComment } from '../store/comments.ts'
import { heldComment, type OfComment } from './held-comment.ts'
import { done } from './outcome.ts'
import type { Command } from './run-command.ts'

/**
 * Changes who may see a comment. Narrowed, its copies are withdrawn where they must not be; widened, it goes where it
 * may. Internal words that become public are still no reply: the ticket's state stays.
 */
export const changeCommentAudience: Command<
  OfComment & { readonly audience: Audience },
  { readonly version: number }
> = async (tx, context, input) => {
  if (context.actor.kind === 'contact') {
    return err(refuse('not-allowed', 'Customers write for everyone.', { field: '/audience' }))
  }
  const held = await heldComment(tx, context.actor, input)
  if (!held.ok) return held
  const comment = held.value
  if (comment.audience === input.audience) return done({ version: comment.version })
  await moveComment(tx, comment, input.audience)
  const record = { kind: comment.record_kind, id: comment.record_id }
  return done(
    { version: comment.version + 1 },
    {
      events: [
        {
          kind: 'comment.audience-changed',
          record,
          data: { comment: comment.id, from: comment.audience, to: input.audience },
        },
      ],
      changed: [record],
    },
  )
}
