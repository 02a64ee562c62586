import { refuse } from '../domain/refusal.ts'
import { err } from '../lib/result.ts'
import { accountOf, accountWithIdentity, keepIdentity } from '../store/accounts.ts'
import type { Tx } from '../store/database.ts'
import { findContact, findPerson } from '../store/organisation.ts'
import { type OpenedSession, openSession } from './open-session.ts'
import { done } from './outcome.ts'
import { applyCommand, type Command } from './run-command.ts'

export interface SignInByIdentity {
  readonly issuer: string
  readonly subject: string
  readonly email: string | null
  readonly isEmailChecked: boolean
  /** Who is signed in already and wants to sign in this way from now on. */
  readonly linkTo: string | null
  readonly agent: string | null
  readonly address: string | null
}

/**
 * Somebody whom the provider vouches for: the account that has this identity, or else the one of the person or contact
 * with this address, if the provider has checked it. An address alone, that nobody checked, opens nothing.
 */
export const signInByIdentity: Command<SignInByIdentity, OpenedSession> = async (tx, context, input) => {
  const { issuer, subject } = input
  const known = await accountWithIdentity(tx, issuer, subject)
  if (known !== null && input.linkTo !== null && input.linkTo !== known)
    return err(refuse('in-use', 'This identity belongs to another account.'))
  const holder = known === null && input.linkTo === null ? await holderOf(tx, input) : null
  const account =
    known !== null || input.linkTo !== null
      ? { id: known ?? input.linkTo ?? '', isNew: false }
      : holder === null
        ? null
        : await accountOf(tx, holder, context.newId(), context.now)
  if (account === null)
    return err(
      refuse(
        'not-allowed',
        input.email === null || input.isEmailChecked
          ? 'Nobody here has this identity. Ask an admin to add you with the address your provider knows.'
          : 'The provider has not checked your e-mail address. Ask an admin for an invitation, sign in with it, and link this identity in your profile.',
      ),
    )
  if (known === null) await keepIdentity(tx, { issuer, subject, accountId: account.id }, context.now)
  const opened = await applyCommand(tx, context, openSession, {
    accountId: account.id,
    agent: input.agent,
    address: input.address,
    how: 'provider',
    secondFactor: null,
  })
  if (!opened.ok) return opened
  const record = { kind: 'account', id: account.id } as const
  return done(opened.value, {
    events: [
      ...(account.isNew && holder !== null
        ? [{ kind: 'account.created' as const, record, data: { ...holder } }]
        : []),
      ...(known === null ? [{ kind: 'account.linked' as const, record, data: { issuer } }] : []),
    ],
    changed: [],
  })
}

const holderOf = async (tx: Tx, { email, isEmailChecked }: SignInByIdentity) => {
  if (email === null || !isEmailChecked) return null
  const person = await findPerson(tx, email)
  if (person !== null) return person.archived_at === null ? { personId: person.id, contactId: null } : null
  const contact = await findContact(tx, email)
  return contact === null || contact.archived_at !== null ? null : { personId: null, contactId: contact.id }
}
