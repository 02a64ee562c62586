import { refuse } from '../domain/refusal.ts'
import { err } from '../lib/result.ts'
import { countViewsOf, insertView } from '../store/saved-views.ts'
import { checkLine } from './field-rules.ts'
import { done } from './outcome.ts'
import type { Command } from './run-command.ts'
import { personOf, type SharedWith, teamOfView } from './view-rules.ts'

export interface CreateView {
  readonly list: 'tickets' | 'work-items' | 'search'
  readonly name: string
  readonly query: string
  readonly sharedWith: SharedWith
  /** Id or key. */
  readonly team?: string | null
}

const MAX_OF_ONE = 100

/** Keeps a list with its filters under a name. */
export const createView: Command<CreateView, { readonly id: string }> = async (tx, context, input) => {
  const owner = personOf(context.actor)
  if (!owner.ok) return owner
  const name = checkLine(input.name, '/name')
  if (!name.ok) return name
  const team = await teamOfView(tx, input.sharedWith, input.team ?? null)
  if (!team.ok) return team
  if ((await countViewsOf(tx, owner.value)) >= MAX_OF_ONE)
    return err(
      refuse('wrong-state', `You keep ${MAX_OF_ONE} views already. Delete one that you no longer need.`),
    )
  const id = context.newId()
  await insertView(tx, {
    id,
    list: input.list,
    name: name.value,
    query: input.query,
    owner_id: owner.value,
    shared_with: input.sharedWith,
    team_id: team.value,
    created_at: context.now,
    updated_at: context.now,
  })
  const data = { name: name.value, list: input.list, sharedWith: input.sharedWith }
  return done({ id }, { events: [{ kind: 'view.created', record: { kind: 'view', id }, data }], changed: [] })
}
