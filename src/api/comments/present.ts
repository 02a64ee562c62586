import type { Comment } from '../../store/comments.ts'
import { iso, isoOrNull } from '../times.ts'
import { writeMarkdown } from '../words.ts'

export const presentComment = (comment: Comment) => ({
  id: comment.id,
  author: comment.author,
  text: writeMarkdown(comment.body),
  audience: comment.audience,
  at: iso(comment.at),
  editedAt: isoOrNull(comment.edited_at),
  revision: comment.version,
})
