import { setPassword } from '../store/accounts.ts'
import { endSessions } from '../store/tokens.ts'
import { done } from './outcome.ts'
import type { Command } from './run-command.ts'

/** A new password, chosen by who knew the old one. Sessions elsewhere end: one of them may be why it is changed. */
export const changePassword: Command<
  { readonly accountId: string; readonly password: string; readonly session: string },
  { readonly endedSessions: number }
> = async (tx, context, { accountId, password, session }) => {
  await setPassword(tx, accountId, password, context.now)
  const endedSessions = await endSessions(tx, accountId, { but: session }, context.now)
  return done(
    { endedSessions },
    {
      events: [
        {
          kind: 'account.password-set',
          record: { kind: 'account', id: accountId },
          data: { by: 'themselves', endedSessions },
        },
      ],
      changed: [],
    },
  )
}
