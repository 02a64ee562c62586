import type { Actor } from '../domain/actor.ts'
import { type Refusal, refuse } from '../domain/refusal.ts'
import { err, ok, type Result } from '../lib/result.ts'
import { latestWordsOfOthers } from '../store/comments.ts'
import type { Tx } from '../store/database.ts'

/** Whether somebody else spoke in public since the writer of a reply looked. */
export const wordsSince = async (
  tx: Tx,
  actor: Actor,
  record: { readonly id: string },
  reply: { readonly audience: string; readonly answering?: string | null },
): Promise<Result<null, Refusal>> => {
  if (reply.audience !== 'everyone' || reply.answering === undefined) return ok(null)
  const latest = await latestWordsOfOthers(tx, record.id, actor.id, reply.answering)
  return latest === null
    ? ok(null)
    : err(
        refuse(
          'changed-meanwhile',
          `${latest.name} wrote something here since you began. Read it, then send your reply or change it.`,
          { field: '/answering' },
        ),
      )
}
