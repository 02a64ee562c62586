import type { Actor } from '../domain/actor.ts'
import { type Refusal, refuse } from '../domain/refusal.ts'
import { err, ok, type Result } from '../lib/result.ts'
import type { Tx } from '../store/database.ts'
import { findTeam } from '../store/organisation.ts'
import { unknown } from './outcome.ts'

/** Who else sees a saved view. */
export type SharedWith = 'me' | 'team' | 'everyone'

/** A view belongs to a person: a program has no list of its own. */
export const personOf = (actor: Actor): Result<string, Refusal> =>
  actor.kind === 'person'
    ? ok(actor.id)
    : err(refuse('invalid', 'A view belongs to a person. Sign in yourself to keep one.'))

/** The team a view is for; it has one exactly when it is shared with a team. */
export const teamOfView = async (
  tx: Tx,
  sharedWith: SharedWith,
  team: string | null,
): Promise<Result<string | null, Refusal>> => {
  if (sharedWith !== 'team') return ok(null)
  if (team === null) return err(refuse('invalid', 'Say which team the view is for.', { field: '/team' }))
  const found = await findTeam(tx, team)
  return found === null ? unknown('team', team, '/team') : ok(found.id)
}
