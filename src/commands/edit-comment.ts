import { refuse } from '../domain/refusal.ts'
import { err } from '../lib/result.ts'
import { sameValue } from '../lib/stable.ts'
import { editComment as writeBody } from '../store/comments.ts'
import { callingAsBefore, type RichText } from '../sync/rich-text/index.ts'
import { heldComment, type OfComment } from './held-comment.ts'
import { done } from './outcome.ts'
import type { Command } from './run-command.ts'

/** Changes the words of a comment; copies elsewhere follow. */
export const editComment: Command<
  OfComment & { readonly body: RichText },
  { readonly version: number }
> = async (tx, context, input) => {
  if (input.body.children.length === 0) {
    return err(
      refuse('invalid', 'A comment needs some words; delete it if nothing of it should stay.', {
        field: '/body',
      }),
    )
  }
  const held = await heldComment(tx, context.actor, input)
  if (!held.ok) return held
  const comment = held.value
  const body = callingAsBefore(input.body, comment.body)
  if (sameValue(comment.body, body)) return done({ version: comment.version })
  await writeBody(tx, comment, body, context.now)
  const record = { kind: comment.record_kind, id: comment.record_id }
  return done(
    { version: comment.version + 1 },
    {
      events: [
        {
          kind: 'comment.edited',
          record,
          data: { comment: comment.id, audience: comment.audience, was: comment.body },
        },
      ],
      changed: [record],
    },
  )
}
