import { type Refusal, refuse } from '../domain/refusal.ts'
import { err, ok, type Result } from '../lib/result.ts'
import { accountOf, setPassword } from '../store/accounts.ts'
import type { Tx } from '../store/database.ts'
import { findPerson } from '../store/organisation.ts'
import { endSessions, type Redeemed, redeemOneTimeToken } from '../store/tokens.ts'
import { changePerson } from './change-person.ts'
import { createPerson } from './create-person.ts'
import { done } from './outcome.ts'
import { applyCommand, type Command, type CommandContext } from './run-command.ts'

export interface SetUpAccount {
  readonly oneTimeToken: string
  /** As `hashPassword` made it. */
  readonly password: string
  /** Of whoever sets the product up; a token made for somebody names them already. */
  readonly name: string | null
  readonly email: string | null
}

/**
 * Uses up a one-time token to choose a password: whoever sets the product up, somebody invited, somebody who forgot
 * theirs. Sessions that were open before end.
 */
export const setUpAccount: Command<SetUpAccount, { readonly accountId: string }> = async (
  tx,
  context,
  input,
) => {
  const redeemed = await redeemOneTimeToken(tx, input.oneTimeToken, context.now)
  if (redeemed === null)
    return err(
      refuse('not-allowed', 'This token is unknown, used or too old. Ask for a new one.', {
        field: '/oneTimeToken',
        reason: { code: 'spent-token' },
      }),
    )
  const who = await holderOf(tx, context, redeemed, input)
  if (!who.ok) return who
  const account = await accountOf(tx, who.value, context.newId(), context.now)
  await setPassword(tx, account.id, input.password, context.now)
  const ended = await endSessions(tx, account.id, { but: null }, context.now)
  const record = { kind: 'account', id: account.id } as const
  return done(
    { accountId: account.id },
    {
      events: [
        ...(account.isNew ? [{ kind: 'account.created' as const, record, data: { ...who.value } }] : []),
        { kind: 'account.password-set', record, data: { by: 'one-time token', endedSessions: ended } },
      ],
      changed: [],
    },
  )
}

interface Holder {
  readonly personId: string | null
  readonly contactId: string | null
}

const holderOf = async (
  tx: Tx,
  context: CommandContext,
  redeemed: Redeemed,
  input: SetUpAccount,
): Promise<Result<Holder, Refusal>> => {
  const { personId, contactId } = redeemed
  if (personId !== null || contactId !== null) return ok({ personId, contactId })
  if (!redeemed.roles.includes('owner'))
    return err(
      refuse('not-allowed', 'This token was made for nobody in particular. Ask for one made for you.', {
        field: '/oneTimeToken',
      }),
    )
  if (input.name === null || input.email === null)
    return err(
      refuse('invalid', 'Give your name and your e-mail address.', {
        field: input.name === null ? '/name' : '/email',
      }),
    )
  const known = await findPerson(tx, input.email)
  if (known === null || known === undefined) {
    const made = await applyCommand(tx, context, createPerson, {
      name: input.name,
      email: input.email,
      roles: ['owner'],
    })
    return made.ok ? ok({ personId: made.value.id, contactId: null }) : made
  }
  // who holds this token may do everything anyway
  const changed = await applyCommand(tx, context, changePerson, {
    person: known.id,
    set: { roles: ['owner', ...known.roles.filter((role) => role !== 'owner')] },
  })
  return changed.ok ? ok({ personId: known.id, contactId: null }) : changed
}
