import { findTeam, insertTeam, setTeamMembers } from '../store/organisation.ts'
import { checkKey, checkLine } from './field-rules.ts'
import { type Named, taken } from './organisation-rules.ts'
import { done } from './outcome.ts'
import type { Command } from './run-command.ts'
import { memberIdsOf } from './team-members.ts'

export interface CreateTeam {
  readonly key: string
  readonly name: string
  /** Ids or e-mails. */
  readonly members?: readonly string[]
}

/** The people who own something together. */
export const createTeam: Command<CreateTeam, Named> = async (tx, context, input) => {
  const key = checkKey(input.key)
  if (!key.ok) return key
  const name = checkLine(input.name, '/name')
  if (!name.ok) return name
  const members = await memberIdsOf(tx, input.members ?? [], '/members')
  if (!members.ok) return members
  const id = context.newId()
  if (!(await insertTeam(tx, { id, key: key.value, name: name.value, created_at: context.now }))) {
    return taken('team', key.value, '/key', await findTeam(tx, key.value))
  }
  await setTeamMembers(tx, id, members.value)
  return done(
    { id, key: key.value },
    {
      events: [
        {
          kind: 'team.created',
          record: { kind: 'team', id },
          data: { key: key.value, members: members.value },
        },
      ],
      changed: [],
    },
  )
}
