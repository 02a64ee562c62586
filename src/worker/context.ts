import type { CommandContext } from '../commands/run-command.ts'
import type { Actor } from '../domain/actor.ts'
import type { ClaimedMirror } from '../store/mirrors.ts'
import type { WorkerDeps } from './deps.ts'
import type { OpenConnection } from './open-connection.ts'

/** What a reconcile does, it does as the connection, in the lane of the mark that led to it. */
export const contextOf = (
  deps: WorkerDeps,
  connection: OpenConnection,
  mirror: ClaimedMirror,
): CommandContext => {
  const actor: Actor = { kind: 'connection', id: connection.row.id, name: connection.row.title }
  return {
    actor,
    now: deps.clock.now(),
    newId: deps.runner.newId,
    cause: 'reconcile',
    lane: mirror.dirty_lane,
  }
}

/** What the worker notes of a connection, it notes in nobody's name. */
export const systemContext = (deps: WorkerDeps) => ({
  actor: { kind: 'system', id: 'system', name: 'Causeway' } as const,
  now: deps.clock.now(),
  newId: deps.runner.newId,
  cause: 'reconcile',
})
