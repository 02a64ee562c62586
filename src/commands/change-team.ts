import { findTeam, setTeamMembers, updateTeam } from '../store/organisation.ts'
import { archivedAt, checkName, columnChanges, type Named } from './organisation-rules.ts'
import { done, unknown } from './outcome.ts'
import type { Command } from './run-command.ts'
import { memberIdsOf } from './team-members.ts'

export interface ChangeTeam {
  /** Id or key. */
  readonly team: string
  readonly set: {
    readonly name?: string
    /** Ids or e-mails; exactly these become the members. */
    readonly members?: readonly string[]
    readonly archived?: boolean
  }
}

/** Renames a team, changes its members, archives it or brings it back. */
export const changeTeam: Command<ChangeTeam, Named> = async (tx, context, input) => {
  const team = await findTeam(tx, input.team)
  if (team === null) return unknown('team', input.team, '/team')
  const name = checkName(input.set.name)
  if (!name.ok) return name
  const members = await memberIdsOf(tx, input.set.members ?? [], '/set/members')
  if (!members.ok) return members
  const patch = {
    ...name.value,
    ...archivedAt(input.set.archived, team.archived_at, context.now),
  }
  const changes = columnChanges(team, patch)
  const named = { id: team.id, key: team.key }
  const isRegrouped = input.set.members !== undefined
  if (Object.keys(changes).length === 0 && !isRegrouped) return done(named)
  if (Object.keys(changes).length > 0) await updateTeam(tx, team.id, patch)
  if (isRegrouped) await setTeamMembers(tx, team.id, members.value)
  return done(named, {
    events: [
      {
        kind: 'team.changed',
        record: { kind: 'team', id: team.id },
        data: { changes, ...(isRegrouped ? { members: members.value } : {}) },
      },
    ],
    changed: [],
  })
}
