import { countFailure } from '../store/accounts.ts'
import { done } from './outcome.ts'
import type { Command } from './run-command.ts'

/** A wrong password: counted, so that guessing gets slower, and told in the log. */
export const refuseSignIn: Command<
  { readonly accountId: string; readonly address: string | null },
  null
> = async (tx, context, { accountId, address }) => {
  await countFailure(tx, accountId, context.now)
  return done(null, {
    events: [{ kind: 'account.refused', record: { kind: 'account', id: accountId }, data: { address } }],
    changed: [],
  })
}
