import { refuse } from '../domain/refusal.ts'
import { err } from '../lib/result.ts'
import { findConnection } from '../store/connections.ts'
import { done, unknown } from './outcome.ts'
import type { Command } from './run-command.ts'

export interface PauseConnection {
  /** Key. */
  readonly connection: string
  /** Shown to whoever wonders why nothing moves. */
  readonly reason: string
}

/** Nothing is written to the tool or read from it any more; what it rings about is still kept. */
export const pauseConnection: Command<PauseConnection, null> = async (tx, context, input) => {
  const connection = await findConnection(tx, input.connection)
  if (connection === null) return unknown('connection', input.connection, '/connection')
  if (connection.state === 'paused')
    return err(refuse('already-done', `${connection.title} is paused already: ${connection.state_reason}`))
  await tx
    .updateTable('connection')
    .set({ state: 'paused', state_reason: input.reason, updated_at: context.now })
    .where('id', '=', connection.id)
    .execute()
  return done(null, {
    events: [
      {
        kind: 'connection.paused',
        record: { kind: 'connection', id: connection.id },
        data: { key: connection.key, reason: input.reason },
        connectionId: connection.id,
      },
    ],
    changed: [],
  })
}
