import type { Role } from '../domain/words.ts'
import { findPerson, insertPerson } from '../store/organisation.ts'
import { checkEmail, checkLine } from './field-rules.ts'
import { type Named, taken } from './organisation-rules.ts'
import { done } from './outcome.ts'
import type { Command } from './run-command.ts'

export interface CreatePerson {
  readonly name: string
  readonly email: string
  readonly roles: readonly Role[]
}

/** Someone on our staff. The key answered is the e-mail. */
export const createPerson: Command<CreatePerson, Named> = async (tx, context, input) => {
  const name = checkLine(input.name, '/name')
  if (!name.ok) return name
  const email = checkEmail(input.email)
  if (!email.ok) return email
  const id = context.newId()
  const row = { id, name: name.value, email: email.value, roles: input.roles, created_at: context.now }
  if (!(await insertPerson(tx, row))) {
    const existing = await findPerson(tx, email.value)
    return taken('person', email.value, '/email', existing && { id: existing.id, key: existing.email })
  }
  return done(
    { id, key: email.value },
    {
      events: [{ kind: 'person.created', record: { kind: 'person', id }, data: { roles: input.roles } }],
      changed: [],
    },
  )
}
