import type { Tx } from '../store/database.ts'
import { findContact, findPerson } from '../store/organisation.ts'
import { countMailsTo, type PublicSealed, queueMail } from '../store/outgoing-mail.ts'
import { insertToken } from '../store/tokens.ts'
import { done } from './outcome.ts'
import type { Command } from './run-command.ts'

export interface ForgetPassword {
  readonly email: string
  /** The letter, sealed, for whoever the token is made for. */
  readonly seal: (mailId: string, letter: { readonly name: string; readonly token: string }) => PublicSealed
}

const HOUR_MS = 3_600_000
const MOST_AN_HOUR = 3
const PURPOSE = 'password'

/**
 * A letter with a one-time token to whoever has this address here. That nobody has it, or that they were sent enough,
 * is told to nobody: the answer is the same.
 */
export const forgetPassword: Command<ForgetPassword, null> = async (tx, context, { email, seal }) => {
  const who = await whoHas(tx, email)
  const since = new Date(context.now.getTime() - HOUR_MS)
  if (who === null || (await countMailsTo(tx, who.email, PURPOSE, since)) >= MOST_AN_HOUR) return done(null)
  const id = context.newId()
  const token = await insertToken(
    tx,
    {
      id: context.newId(),
      name: 'forgotten password',
      roles: who.roles,
      personId: who.personId,
      contactId: who.contactId,
      oneTime: true,
      expiresAt: new Date(context.now.getTime() + HOUR_MS),
    },
    context.now,
  )
  const letter = seal(id, { name: who.name, token })
  const reader = who.contactId === null ? 'staff' : 'customer'
  await queueMail(tx, { id, reader, purpose: PURPOSE, to: who.email, letter }, context.now)
  return done(null)
}

const whoHas = async (tx: Tx, email: string) => {
  const person = await findPerson(tx, email)
  if (person !== null && person.archived_at === null)
    return {
      personId: person.id,
      contactId: null,
      name: person.name,
      email: person.email,
      roles: person.roles,
    }
  const contact = person === null ? await findContact(tx, email) : null
  return contact === null || contact.archived_at !== null || contact.email === null
    ? null
    : {
        personId: null,
        contactId: contact.id,
        name: contact.name,
        email: contact.email,
        roles: [contact.is_admin ? ('customer admin' as const) : ('customer' as const)],
      }
}
