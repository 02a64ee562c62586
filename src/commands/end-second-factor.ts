import { forgetTotp } from '../store/accounts.ts'
import { done } from './outcome.ts'
import type { Command } from './run-command.ts'

export const endSecondFactor: Command<{ readonly accountId: string }, null> = async (
  tx,
  _context,
  { accountId },
) => {
  const was = await forgetTotp(tx, accountId)
  return done(null, {
    events: was
      ? [{ kind: 'account.second-factor-off', record: { kind: 'account', id: accountId }, data: {} }]
      : [],
    changed: [],
  })
}
