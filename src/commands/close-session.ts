import { refuse } from '../domain/refusal.ts'
import { err } from '../lib/result.ts'
import { endSessions } from '../store/tokens.ts'
import { done } from './outcome.ts'
import type { Command } from './run-command.ts'

/** Ends one session of an account: this one, or one on a device that was lost. */
export const closeSession: Command<{ readonly accountId: string; readonly session: string }, null> = async (
  tx,
  context,
  { accountId, session },
) => {
  const ended = await endSessions(tx, accountId, { only: session }, context.now)
  if (ended === 0) return err(refuse('not-found', 'There is no such session of yours; it may have ended.'))
  return done(null, {
    events: [{ kind: 'account.signed-out', record: { kind: 'account', id: accountId }, data: { session } }],
    changed: [],
  })
}
