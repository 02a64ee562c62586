import { grantFault } from '../domain/grants.ts'
import { refuse, refuseGrant } from '../domain/refusal.ts'
import type { Role } from '../domain/words.ts'
import { err } from '../lib/result.ts'
import { accountOfHolder, forgetTotp } from '../store/accounts.ts'
import { type OutgoingMail, type PublicSealed, queueMail, type SealedLetter } from '../store/outgoing-mail.ts'
import { endSessions } from '../store/tokens.ts'
import { done } from './outcome.ts'
import type { Command } from './run-command.ts'

type Seal<L> = ((mailId: string, letter: { readonly name: string }) => L) | null

/** Whose: of a colleague or of a customer's contact, by id, with the letter that tells them (null: no mails are sent here). */
export type Told =
  | {
      readonly reader: 'staff'
      readonly holder: { readonly personId: string }
      readonly seal: Seal<SealedLetter<string>>
    }
  | {
      readonly reader: 'customer'
      readonly holder: { readonly contactId: string }
      readonly seal: Seal<PublicSealed>
    }

export type ResetSecondFactor = Told & {
  /** Why, for the log. */
  readonly reason: string
  readonly by: { readonly roles: readonly Role[]; readonly accountId: string | null }
}

const NOTHING_ON = err(
  refuse('wrong-state', 'They have no second factor that is on.', { reason: { code: 'no-second-factor' } }),
)

/**
 * For the day somebody lost the phone and the recovery codes: another one turns the second factor off. They are signed
 * out everywhere and told by mail, so that nobody does this behind their back.
 */
export const resetSecondFactor: Command<ResetSecondFactor, { readonly told: boolean }> = async (
  tx,
  context,
  input,
) => {
  const { holder, reason, by } = input
  const account = await accountOfHolder(tx, holder)
  // who never set a password has none to turn off: for whoever asks that is the same
  if (account === null) return NOTHING_ON
  if (account.id === by.accountId)
    return err(
      refuse('wrong-state', 'Turn your own second factor off in your profile, with your password.', {
        reason: { code: 'own-second-factor' },
      }),
    )
  const fault = grantFault(by.roles, { before: account.roles, after: account.roles, isSelf: false })
  if (fault !== null) return err(refuseGrant(fault, '/ref'))
  if (!(await forgetTotp(tx, account.id))) return NOTHING_ON
  const endedSessions = await endSessions(tx, account.id, { but: null }, context.now)
  const told = letterTo(input, context.newId(), account)
  if (told !== null) await queueMail(tx, told, context.now)
  return done(
    { told: told !== null },
    {
      events: [
        {
          kind: 'account.second-factor-reset',
          record: { kind: 'account', id: account.id },
          data: { name: account.name, reason, endedSessions, told: told !== null },
        },
      ],
      changed: [],
    },
  )
}

const letterTo = (
  told: Told,
  id: string,
  { email, name }: { readonly email: string; readonly name: string },
): OutgoingMail | null => {
  const mail = { id, purpose: 'second-factor-reset', to: email } as const
  if (told.reader === 'customer')
    return told.seal && { ...mail, reader: 'customer', letter: told.seal(id, { name }) }
  return told.seal && { ...mail, reader: 'staff', letter: told.seal(id, { name }) }
}
