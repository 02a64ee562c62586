import { grantFault } from '../domain/grants.ts'
import { refuse, refuseGrant } from '../domain/refusal.ts'
import type { Role } from '../domain/words.ts'
import { err } from '../lib/result.ts'
import { accountOfHolder, forgetTotp } from '../store/accounts.ts'
import { queueMail } from '../store/outgoing-mail.ts'
import { endSessions } from '../store/tokens.ts'
import { done, unknown } from './outcome.ts'
import type { Command } from './run-command.ts'

export interface ResetSecondFactor {
  /** Whose: of a colleague or of a customer's contact, by id. */
  readonly holder: { readonly personId: string } | { readonly contactId: string }
  /** Why, for the log. */
  readonly reason: string
  readonly by: { readonly roles: readonly Role[]; readonly accountId: string | null }
  /** The letter that tells them, sealed; null: no mails are sent here. */
  readonly seal: ((mailId: string, letter: { readonly name: string }) => string) | null
}

/**
 * For the day somebody lost the phone and the recovery codes: another one turns the second factor off. They are signed
 * out everywhere and told by mail, so that nobody does this behind their back.
 */
export const resetSecondFactor: Command<ResetSecondFactor, { readonly told: boolean }> = async (
  tx,
  context,
  { holder, reason, by, seal },
) => {
  const account = await accountOfHolder(tx, holder)
  if (account === null)
    return unknown('account', 'personId' in holder ? holder.personId : holder.contactId, '/ref')
  if (account.id === by.accountId)
    return err(
      refuse('wrong-state', 'Turn your own second factor off in your profile, with your password.', {
        reason: { code: 'own-second-factor' },
      }),
    )
  const fault = grantFault(by.roles, { before: account.roles, after: account.roles, isSelf: false })
  if (fault !== null) return err(refuseGrant(fault, '/ref'))
  if (!(await forgetTotp(tx, account.id)))
    return err(
      refuse('wrong-state', 'They have no second factor that is on.', {
        reason: { code: 'no-second-factor' },
      }),
    )
  const endedSessions = await endSessions(tx, account.id, { but: null }, context.now)
  if (seal !== null) {
    const id = context.newId()
    await queueMail(
      tx,
      {
        id,
        purpose: 'second-factor-reset',
        to: account.email,
        subject: 'Your second factor was turned off',
        body: seal(id, { name: account.name }),
      },
      context.now,
    )
  }
  return done(
    { told: seal !== null },
    {
      events: [
        {
          kind: 'account.second-factor-reset',
          record: { kind: 'account', id: account.id },
          data: { name: account.name, reason, endedSessions, told: seal !== null },
        },
      ],
      changed: [],
    },
  )
}
