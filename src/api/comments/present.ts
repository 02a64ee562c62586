import type { Actor } from '../../domain/actor.ts'
import type { Comment } from '../../store/comments.ts'
import type { Caller } from '../caller.ts'
import { iso, isoOrNull } from '../times.ts'
import { writeMarkdown } from '../words.ts'

/** A customer reads the name a person signs with, not which account or tool it came through. */
export const authorFor = (author: Actor, caller: Caller): { kind: string; id: string; name: string } =>
  caller.role !== 'customer' || author.kind === 'contact' || author.kind === 'person'
    ? author
    : { kind: 'staff', id: '', name: 'Support' }

export const presentComment = (caller: Caller) => (comment: Comment) => ({
  id: comment.id,
  author: authorFor(comment.author, caller),
  text: writeMarkdown(comment.body),
  audience: comment.audience,
  at: iso(comment.at),
  editedAt: isoOrNull(comment.edited_at),
  revision: comment.version,
})
