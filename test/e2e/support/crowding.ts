import { availableParallelism } from 'node:os'
import { processorTime } from './processor-time.ts'

const TICKS_A_SECOND = 100

const now = () => ({ at: performance.now(), time: processorTime() })
let since = now()

/** Limits are measured from here on. */
export const beginMeasuring = (): void => {
  since = now()
}

/**
 * How much longer things may take because strangers had this machine's cores while we measured: 1 on a machine that was
 * ours. What is promised to people is promised on a machine that is theirs; our own browsers and server are no excuse.
 */
export const crowding = (): number => {
  const { at, time } = now()
  if (time === null || since.time === null) return 1
  const ours = time.ours - since.time.ours
  const seconds = (at - since.at) / 1000
  const others = (time.all - since.time.all - ours) / TICKS_A_SECOND / seconds
  const factor = stretchFor(others, availableParallelism())
  if (factor > 1)
    process.stdout.write(
      `  Others had ${others.toFixed(1)} of ${availableParallelism()} cores: limits are ${factor.toFixed(1)} times longer.\n`,
    )
  return factor
}

/** What a quiet machine does beside us: the system itself, and the database that serves us. */
const QUIET = 0.25
/** Where others had everything, hardly anything can be said any more. */
const MOST = 10

/** `others`: cores that strangers kept busy. What they had is not ours to use; what they still wait for neither. */
export const stretchFor = (others: number, cores: number): number => {
  const share = others / cores
  if (share <= QUIET) return 1
  return Math.min(MOST, 1 / Math.max(0.05, 1 - share))
}
