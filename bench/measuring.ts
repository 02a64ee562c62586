import { setTimeout as sleep } from 'node:timers/promises'
import type { Engine } from './causeway.ts'
import type { Figure } from './figure.ts'
import { cpuSeconds, machineSeconds } from './process-usage.ts'

/** What each measurement is given. */
export interface Bench {
  readonly engine: Engine
  /** About a quarter of the work: to see that it runs, not to believe the figures. */
  readonly quick: boolean
  readonly say: (line: string) => void
}

export interface Measurement {
  readonly name: string
  /** What it shows, for `--help`. */
  readonly title: string
  /** Makes no sense on the embedded engine: one process, one connection's worth of work. */
  readonly postgresOnly: boolean
  readonly measure: (bench: Bench) => Promise<readonly Figure[]>
}

export const scaled = (bench: Bench, count: number): number => (bench.quick ? Math.ceil(count / 4) : count)

/** CPU seconds of trees while `work` ran, and the share of the machine that others took meanwhile. */
export const usage = async <T>(
  pids: {
    readonly ours: readonly number[]
    readonly database: number | null
    readonly others: readonly number[]
  },
  work: () => Promise<T>,
): Promise<{
  readonly result: T
  readonly ours: number
  readonly database: number
  readonly foreignShare: number
  readonly seconds: number
}> => {
  const all = [...pids.ours, ...pids.others, process.pid, ...(pids.database === null ? [] : [pids.database])]
  const read = () => ({
    ours: cpuSeconds(...pids.ours),
    database: pids.database === null ? 0 : cpuSeconds(pids.database),
    all: cpuSeconds(...new Set(all)),
    machine: machineSeconds(),
    at: performance.now(),
  })
  const before = read()
  const result = await work()
  const after = read()
  const busy = after.machine.busy - before.machine.busy
  return {
    result,
    ours: after.ours - before.ours,
    database: after.database - before.database,
    foreignShare:
      Math.max(0, busy - (after.all - before.all)) / Math.max(0.01, after.machine.all - before.machine.all),
    seconds: (after.at - before.at) / 1000,
  }
}

/** Waits for a moment in which others leave the machine alone, at most this long. */
export const calm = async (seconds = 15): Promise<void> => {
  for (let waited = 0; waited < seconds; waited += 1) {
    const before = machineSeconds()
    await sleep(1_000)
    const after = machineSeconds()
    if ((after.busy - before.busy) / (after.all - before.all) < 0.3) return
  }
}

export const until = async (done: () => Promise<boolean>, seconds: number, everyMs = 50): Promise<void> => {
  for (const end = performance.now() + seconds * 1000; !(await done()); ) {
    if (performance.now() > end) throw new Error(`not done within ${seconds} s`)
    await sleep(everyMs)
  }
}
