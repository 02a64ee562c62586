import { refuse } from '../domain/refusal.ts'
import { err } from '../lib/result.ts'
import { findConnection } from '../store/connections.ts'
import { done, unknown } from './outcome.ts'
import type { Command } from './run-command.ts'

/** Goes on after a pause or a failure: the tool is asked at once what changed meanwhile. */
export const resumeConnection: Command<{ readonly connection: string }, null> = async (
  tx,
  context,
  input,
) => {
  const connection = await findConnection(tx, input.connection)
  if (connection === null) return unknown('connection', input.connection, '/connection')
  if (connection.state === 'active')
    return err(refuse('already-done', `${connection.title} is active: there is nothing to resume.`))
  await tx
    .updateTable('connection')
    .set({
      state: 'active',
      state_reason: null,
      fault: null,
      down_since: null,
      blocked_until: null,
      next_poll_at: context.now,
      // whoever resumes what was stopped as a mass change has read the reason: the rest of it may go on
      ...(connection.mass_change_stopped
        ? { mass_change_stopped: false, mass_change_until: new Date(context.now.getTime() + 60 * 60_000) }
        : {}),
      updated_at: context.now,
    })
    .where('id', '=', connection.id)
    .execute()
  return done(null, {
    events: [
      {
        kind: 'connection.resumed',
        record: { kind: 'connection', id: connection.id },
        data: { key: connection.key },
        connectionId: connection.id,
      },
    ],
    changed: [],
  })
}
