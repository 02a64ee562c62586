import { refuse } from '../domain/refusal.ts'
import { err } from '../lib/result.ts'
import { findConnection } from '../store/connections.ts'
import { done, unknown } from './outcome.ts'
import type { Command } from './run-command.ts'

/** Asks a tool now what changed, and looks at everything in it once: somebody knows that something is missing here. */
export const lookAtConnection: Command<{ readonly connection: string }, null> = async (
  tx,
  context,
  input,
) => {
  const connection = await findConnection(tx, input.connection)
  if (connection === null) return unknown('connection', input.connection, '/connection')
  if (connection.state === 'paused')
    return err(
      refuse('wrong-state', `${connection.title} is paused. Resume it, and it is looked at at once.`),
    )
  await tx
    .updateTable('connection')
    .set({
      next_poll_at: context.now,
      next_sweep_at: context.now,
      next_hook_at: context.now,
      updated_at: context.now,
    })
    .where('id', '=', connection.id)
    .execute()
  return done(null)
}
