import { isId } from '../lib/ids.ts'
import { seeMentions } from '../store/mentions.ts'
import { done, unknown } from './outcome.ts'
import type { Command } from './run-command.ts'

/** Somebody has seen what they were called for. Seen twice is seen. */
export const seeMention: Command<{ readonly mention: string }, null> = async (tx, context, { mention }) => {
  const { actor, now } = context
  if (actor.kind !== 'person' || !isId(mention)) return unknown('mention', mention, '/id')
  await seeMentions(tx, actor.id, { id: mention }, now)
  return done(null)
}
