import { findComponent, findTeam, updateComponent } from '../store/organisation.ts'
import { archivedAt, checkName, columnChanges, type Named } from './organisation-rules.ts'
import { done, unknown } from './outcome.ts'
import type { Command } from './run-command.ts'

export interface ChangeComponent {
  /** Id, or a key that only one component has. */
  readonly component: string
  readonly set: {
    readonly name?: string
    /** Id or key. */
    readonly team?: string
    readonly archived?: boolean
  }
}

/** Renames a component, gives it to another team, archives it or brings it back. */
export const changeComponent: Command<ChangeComponent, Named> = async (tx, context, input) => {
  const component = await findComponent(tx, null, input.component)
  if (component === null) return unknown('component', input.component, '/component')
  const name = checkName(input.set.name)
  if (!name.ok) return name
  const team = input.set.team == null ? null : await findTeam(tx, input.set.team)
  if (input.set.team != null && team === null) return unknown('team', input.set.team, '/set/team')
  const patch = {
    ...name.value,
    ...(team === null ? {} : { team_id: team.id }),
    ...archivedAt(input.set.archived, component.archived_at, context.now),
  }
  const changes = columnChanges(component, patch)
  const named = { id: component.id, key: component.key }
  if (Object.keys(changes).length === 0) return done(named)
  await updateComponent(tx, component.id, patch)
  return done(named, {
    events: [
      { kind: 'component.changed', record: { kind: 'component', id: component.id }, data: { changes } },
    ],
    changed: [],
  })
}
