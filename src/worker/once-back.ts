import { isDatabaseLost } from '../store/database-lost.ts'
import type { WorkerDeps } from './deps.ts'

const TRIES = 15
const AGAIN_MS = 1_000

/**
 * Does what gives something back, also when the database is away for a moment: left alone, what this worker had in hand
 * would wait for a lease that nobody uses. Longer than that it is not waited for; then the lease runs out by itself.
 */
export const onceBack = async (deps: Pick<WorkerDeps, 'clock'>, give: () => Promise<void>): Promise<void> => {
  for (let tries = 1; ; tries += 1) {
    try {
      return await give()
    } catch (error) {
      if (!isDatabaseLost(error) || tries >= TRIES) throw error
      await deps.clock.sleep(AGAIN_MS)
    }
  }
}
