import { refuse } from '../domain/refusal.ts'
import { err, ok } from '../lib/result.ts'
import { revokeToken as revoke } from '../store/tokens.ts'
import type { Command } from './run-command.ts'

/** Ends a token at once. */
export const revokeToken: Command<{ readonly id: string }, null> = async (tx, context, { id }) => {
  if (!(await revoke(tx, id, context.now)))
    return err(refuse('not-found', 'There is no such token, or it was revoked before.'))
  return ok({
    value: null,
    events: [{ kind: 'token.archived', record: { kind: 'token', id }, data: {} }],
    changed: [],
  })
}
