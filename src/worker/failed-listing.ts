import type { ConnectionRow } from '../store/connections.ts'
import { isFault } from '../sync/fault.ts'
import type { WorkerDeps } from './deps.ts'
import { onceBack } from './once-back.ts'

const SOONEST_MS = 1_000
const LATEST_MS = 60_000

/** When a listing that failed is tried again: with the next poll, and not before the tool wants to be asked. */
export const listAgainAt = (row: Pick<ConnectionRow, 'poll_every_s'>, asked: Date | null, now: Date): Date =>
  new Date(
    Math.max(
      now.getTime() + Math.max(SOONEST_MS, Math.min(row.poll_every_s * 1000, LATEST_MS)),
      asked?.getTime() ?? 0,
    ),
  )

/**
 * Runs a listing; one that fails gives its lease back, if it still has it: of a process that was stopped and woke up,
 * another worker may be listing by now.
 */
export const orGivenBack = async (
  deps: WorkerDeps,
  row: ConnectionRow,
  task: 'poll' | 'sweep',
  list: () => Promise<void>,
): Promise<void> => {
  try {
    await list()
  } catch (thrown) {
    const again = listAgainAt(row, isFault(thrown) ? thrown.retryAt : null, deps.clock.now())
    await onceBack(deps, async () => {
      await deps.runner.db
        .updateTable('connection')
        .set({ lease_until: null, ...(task === 'poll' ? { next_poll_at: again } : { next_sweep_at: again }) })
        .where('id', '=', row.id)
        .where('fence', '=', row.fence)
        .execute()
    })
    throw thrown
  }
}
