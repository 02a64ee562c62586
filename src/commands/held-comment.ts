import type { Actor } from '../domain/actor.ts'
import { type Refusal, refuse } from '../domain/refusal.ts'
import { isId } from '../lib/ids.ts'
import { err, ok, type Result } from '../lib/result.ts'
import { type Comment, lockComment } from '../store/comments.ts'
import type { Tx } from '../store/database.ts'
import { changedMeanwhile, unknown } from './outcome.ts'

export interface OfComment {
  readonly comment: string
  /** The version the asker saw; absent: whatever it is now. */
  readonly version?: number
}

/** Finds and holds a comment that is not deleted. A contact reaches only their own: others do not exist for them. */
export const heldComment = async (tx: Tx, actor: Actor, of: OfComment): Promise<Result<Comment, Refusal>> => {
  const comment = isId(of.comment) ? await lockComment(tx, of.comment) : null
  const hidden =
    actor.kind === 'contact' && (comment?.author.kind !== 'contact' || comment.author.id !== actor.id)
  if (comment === null || hidden) return unknown('comment', of.comment, '/comment')
  if (comment.deleted_at !== null) return err(refuse('wrong-state', 'The comment was deleted.'))
  return of.version !== undefined && of.version !== comment.version
    ? changedMeanwhile('comment', of.version, comment.version)
    : ok(comment)
}
