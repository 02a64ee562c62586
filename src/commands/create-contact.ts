import type { Language } from '../domain/settings.ts'
import { findContact, findCustomer, insertContact } from '../store/organisation.ts'
import { checkEmail, checkLine } from './field-rules.ts'
import { type Named, taken } from './organisation-rules.ts'
import { done, unknown } from './outcome.ts'
import type { Command } from './run-command.ts'

export interface CreateContact {
  /** Id or key; null: not known yet. */
  readonly customer: string | null
  readonly name: string
  readonly email: string | null
  /** Sees the tickets of the whole organisation. */
  readonly isAdmin?: boolean
  /** Of messages to them; null: as their organisation. */
  readonly language?: Language | null
}

/** A person in a customer's organisation. The key answered is the e-mail. */
export const createContact: Command<CreateContact, Named> = async (tx, context, input) => {
  const name = checkLine(input.name, '/name')
  if (!name.ok) return name
  const email = input.email === null ? null : checkEmail(input.email)
  if (email?.ok === false) return email
  const customer = input.customer === null ? null : await findCustomer(tx, input.customer)
  if (input.customer !== null && customer === null) return unknown('customer', input.customer, '/customer')
  const id = context.newId()
  const address = email?.value ?? null
  const isNew = await insertContact(tx, {
    id,
    customer_id: customer?.id ?? null,
    name: name.value,
    email: address,
    is_admin: input.isAdmin ?? false,
    language: input.language ?? null,
    created_at: context.now,
  })
  if (!isNew && address !== null) {
    const existing = await findContact(tx, address)
    return taken('contact', address, '/email', existing && { id: existing.id, key: address })
  }
  return done(
    { id, key: address ?? id },
    {
      events: [
        {
          kind: 'contact.created',
          record: { kind: 'contact', id },
          data: { customer: customer?.key ?? null },
        },
      ],
      changed: [],
    },
  )
}
