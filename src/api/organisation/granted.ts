import type { ChangePerson } from '../../commands/change-person.ts'
import type { CreatePerson } from '../../commands/create-person.ts'
import type { CreateTokenInput } from '../../commands/create-token.ts'
import type { Command } from '../../commands/run-command.ts'
import { grantFault, tokenFault } from '../../domain/grants.ts'
import { refuseGrant } from '../../domain/refusal.ts'
import { err } from '../../lib/result.ts'
import { findPerson } from '../../store/organisation.ts'
import type { Caller } from '../caller.ts'

/** Commands that give roles, refused where the caller may not give them. Checked in the command's own transaction. */

export const newPersonBy =
  <T>(caller: Caller, command: Command<CreatePerson, T>): Command<CreatePerson, T> =>
  async (tx, context, input) => {
    const fault = grantFault(caller.roles, { before: [], after: input.roles, isSelf: false })
    return fault === null ? command(tx, context, input) : err(refuseGrant(fault, '/roles'))
  }

/** All of a person is guarded, not only the roles: who sets an owner’s address can sign in as them. */
export const personBy =
  <T>(caller: Caller, command: Command<ChangePerson, T>): Command<ChangePerson, T> =>
  async (tx, context, input) => {
    const person = await findPerson(tx, input.person)
    const before = person?.roles ?? []
    const isSelf = person !== null && person.id === caller.personId
    const fault = grantFault(caller.roles, { before, after: input.set.roles ?? before, isSelf })
    return fault === null ? command(tx, context, input) : err(refuseGrant(fault, '/set/roles'))
  }

export const tokenBy =
  <T>(caller: Caller, command: Command<CreateTokenInput, T>): Command<CreateTokenInput, T> =>
  async (tx, context, input) => {
    const { personId = null, contactId = null, roles } = input
    const person = personId === null ? null : await findPerson(tx, personId)
    const fault =
      contactId !== null
        ? null
        : tokenFault(caller.roles, {
            roles,
            holder: person?.roles ?? null,
            isSelf: personId !== null && personId === caller.personId,
          })
    return fault === null ? command(tx, context, input) : err(refuseGrant(fault, '/roles'))
  }
