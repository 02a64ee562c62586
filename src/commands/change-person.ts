import type { Role } from '../domain/words.ts'
import { findPerson, updatePerson } from '../store/organisation.ts'
import { endWaysIn } from '../store/tokens.ts'
import { checkEmail } from './field-rules.ts'
import { archivedAt, checkName, columnChanges, type Named, taken } from './organisation-rules.ts'
import { done, unknown } from './outcome.ts'
import type { Command } from './run-command.ts'

export interface ChangePerson {
  /** Id or e-mail. */
  readonly person: string
  readonly set: {
    readonly name?: string
    readonly email?: string
    readonly roles?: readonly Role[]
    readonly archived?: boolean
  }
}

/** Changes who a person is and may do, or archives them. */
export const changePerson: Command<ChangePerson, Named> = async (tx, context, input) => {
  const person = await findPerson(tx, input.person)
  if (person === null) return unknown('person', input.person, '/person')
  const name = checkName(input.set.name)
  if (!name.ok) return name
  const email = input.set.email == null ? null : checkEmail(input.set.email, '/set/email')
  if (email?.ok === false) return email
  const holder = email === null ? null : await findPerson(tx, email.value)
  if (holder !== null && holder.id !== person.id) {
    return taken('person', holder.email ?? '', '/set/email', {
      id: holder.id,
      key: holder.email ?? holder.id,
    })
  }
  const patch = {
    ...name.value,
    ...(email === null ? {} : { email: email.value }),
    ...(input.set.roles === undefined ? {} : { roles: input.set.roles }),
    ...archivedAt(input.set.archived, person.archived_at, context.now),
  }
  const changes = columnChanges(person, patch)
  const named = { id: person.id, key: patch.email ?? person.email }
  if (Object.keys(changes).length === 0) return done(named)
  await updatePerson(tx, person.id, patch)
  if (patch.archived_at != null) await endWaysIn(tx, { personId: person.id }, context.now)
  return done(named, {
    events: [{ kind: 'person.changed', record: { kind: 'person', id: person.id }, data: { changes } }],
    changed: [],
  })
}
