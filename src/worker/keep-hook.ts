import type { NewEvent } from '../domain/event.ts'
import { type ConnectionRow, claimHook, noteHook } from '../store/connections.ts'
import { LANES } from '../store/dirty.ts'
import { appendEvents } from '../store/events.ts'
import type { HookState } from '../sync/connector.ts'
import { isFault } from '../sync/fault.ts'
import { budgetedSession } from './budgeted-session.ts'
import { systemContext } from './context.ts'
import { leaseNow, type WorkerDeps } from './deps.ts'
import type { OpenConnection } from './open-connection.ts'

/**
 * Vendors forget webhooks (Jira after thirty days) and switch them off (GitLab, Zendesk and Linear after a few failures),
 * and say it to nobody. So every few minutes the tool is asked whether it still rings here, and mended where not. What
 * was missed meanwhile is listed at once.
 */
const LOOK_EVERY_MS = 3 * 60_000

/** Looks at the webhook if that is due; true when the tool was asked and answered. */
export const keepHook = async (deps: WorkerDeps, connection: OpenConnection): Promise<boolean> => {
  if (connection.session.keepHook === undefined || deps.callbackUrl === null) return false
  const row = await claimHook(deps.runner.db, connection.row.id, leaseNow(deps), LOOK_EVERY_MS / 1000)
  if (row === null) return false
  const session = budgetedSession(connection.session, connection.budget, LANES.change)
  const address = addressFor(deps.callbackUrl, row.key)
  try {
    const state = await session.keepHook?.(address)
    if (state !== undefined) await note(deps, row, state)
    return true
  } catch (thrown) {
    // a right that is missing is about the webhook alone: the connection goes on by asking
    if (!isFault(thrown) || (thrown.kind !== 'auth' && thrown.kind !== 'invalid' && thrown.kind !== 'gone'))
      throw thrown
    await note(deps, row, { did: 'nothing', until: null, problem: thrown.detail })
    return true
  }
}

/** Of a connection that was taken away: the tool need not ring here any more. What it does not take back stays harmless. */
export const dropHook = async (deps: WorkerDeps, { row, session }: OpenConnection): Promise<void> => {
  if (session.dropHook === undefined || deps.callbackUrl === null) return
  try {
    await session.dropHook(addressFor(deps.callbackUrl, row.key))
  } catch (error) {
    deps.log('warn', 'the webhook of a connection that was taken away could not be removed there', {
      connection: row.key,
      error: String(error),
    })
  }
}

const addressFor = (callbackUrl: string, key: string): string =>
  `${callbackUrl}/hooks/${encodeURIComponent(key)}`

const note = async (deps: WorkerDeps, row: ConnectionRow, state: HookState): Promise<void> => {
  const now = deps.clock.now()
  const wasLost = row.hook_at !== null && (state.did === 'registered' || state.did === 'enabled')
  const data = { connection: row.key }
  const events: NewEvent[] = []
  if (wasLost)
    events.push({
      kind: 'connection.hook-mended',
      record: null,
      data: { ...data, did: state.did },
      connectionId: row.id,
    })
  if (state.problem !== null && state.problem !== row.hook_problem)
    events.push({
      kind: 'connection.hook-refused',
      record: null,
      data: { ...data, problem: state.problem },
      connectionId: row.id,
    })
  await deps.runner.db.transaction().execute(async (tx) => {
    await noteHook(tx, row.id, { at: now, until: state.until, problem: state.problem, pollNow: wasLost })
    await appendEvents(tx, systemContext(deps), events)
  })
  if (wasLost) {
    deps.log('warn', 'a tool did not ring here any more; its webhook was mended', { ...data, did: state.did })
    deps.runner.signal.notify()
  }
}
