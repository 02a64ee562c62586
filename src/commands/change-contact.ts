import type { Language } from '../domain/settings.ts'
import { findContact, findCustomer, updateContact } from '../store/organisation.ts'
import { endWaysIn } from '../store/tokens.ts'
import { checkEmail } from './field-rules.ts'
import { archivedAt, checkName, columnChanges, type Named, taken } from './organisation-rules.ts'
import { done, unknown } from './outcome.ts'
import type { Command } from './run-command.ts'

export interface ChangeContact {
  /** Id or e-mail. */
  readonly contact: string
  readonly set: {
    readonly name?: string
    readonly email?: string | null
    /** Id or key. */
    readonly customer?: string | null
    /** Sees the tickets of the whole organisation. */
    readonly isAdmin?: boolean
    /** Is told of releases. */
    readonly takesNotices?: boolean
    /** Of messages to them; null: as their organisation. */
    readonly language?: Language | null
    readonly archived?: boolean
  }
}

/** Changes who a contact is, or archives them. */
export const changeContact: Command<ChangeContact, Named> = async (tx, context, input) => {
  const contact = await findContact(tx, input.contact)
  if (contact === null) return unknown('contact', input.contact, '/contact')
  const name = checkName(input.set.name)
  if (!name.ok) return name
  const email = input.set.email == null ? null : checkEmail(input.set.email, '/set/email')
  if (email?.ok === false) return email
  const holder = email === null ? null : await findContact(tx, email.value)
  if (holder !== null && holder.id !== contact.id) {
    return taken('contact', holder.email ?? '', '/set/email', {
      id: holder.id,
      key: holder.email ?? holder.id,
    })
  }
  const customer = input.set.customer == null ? null : await findCustomer(tx, input.set.customer)
  if (input.set.customer != null && customer === null) {
    return unknown('customer', input.set.customer, '/set/customer')
  }
  const patch = {
    ...name.value,
    ...(input.set.email === undefined ? {} : { email: email?.value ?? null }),
    ...(input.set.customer === undefined ? {} : { customer_id: customer?.id ?? null }),
    ...(input.set.isAdmin === undefined ? {} : { is_admin: input.set.isAdmin }),
    ...(input.set.takesNotices === undefined ? {} : { takes_notices: input.set.takesNotices }),
    ...(input.set.language === undefined ? {} : { language: input.set.language }),
    ...archivedAt(input.set.archived, contact.archived_at, context.now),
  }
  const changes = columnChanges(contact, patch)
  const named = { id: contact.id, key: contact.email ?? contact.id }
  if (Object.keys(changes).length === 0) return done(named)
  await updateContact(tx, contact.id, patch)
  if (patch.archived_at != null) await endWaysIn(tx, { contactId: contact.id }, context.now)
  return done(named, {
    events: [{ kind: 'contact.changed', record: { kind: 'contact', id: contact.id }, data: { changes } }],
    changed: [],
  })
}
