import { refuse } from '../domain/refusal.ts'
import { err } from '../lib/result.ts'
import { lockView, updateView } from '../store/saved-views.ts'
import { archivedAt, checkName } from './organisation-rules.ts'
import { done, unknown } from './outcome.ts'
import type { Command } from './run-command.ts'
import { personOf, type SharedWith, teamOfView } from './view-rules.ts'

export interface ChangeView {
  readonly view: string
  readonly set: {
    readonly name?: string
    readonly query?: string
    readonly sharedWith?: SharedWith
    readonly team?: string | null
    /** Deletes it; false brings it back. */
    readonly archived?: boolean
  }
}

/** Renames a view, shares it, deletes it or brings it back. Only who keeps it may. */
export const changeView: Command<ChangeView, { readonly id: string }> = async (
  tx,
  context,
  { view: id, set },
) => {
  const owner = personOf(context.actor)
  if (!owner.ok) return owner
  const view = await lockView(tx, id)
  if (view === null || (view.owner_id !== owner.value && view.shared_with === 'me'))
    return unknown('view', id, '/id')
  if (view.owner_id !== owner.value)
    return err(
      refuse('wrong-state', 'This view is somebody else’s. Save it under a name of your own to change it.'),
    )
  const name = checkName(set.name)
  if (!name.ok) return name
  const sharedWith = set.sharedWith ?? view.shared_with
  const team = await teamOfView(tx, sharedWith, set.team === undefined ? view.team_id : set.team)
  if (!team.ok) return team
  const patch = {
    ...name.value,
    ...(set.query === undefined ? {} : { query: set.query }),
    ...archivedAt(set.archived, view.archived_at, context.now),
    shared_with: sharedWith,
    team_id: team.value,
  }
  await updateView(tx, id, patch, context.now)
  const data = { name: name.value.name ?? view.name, sharedWith, archived: set.archived ?? false }
  return done({ id }, { events: [{ kind: 'view.changed', record: { kind: 'view', id }, data }], changed: [] })
}
