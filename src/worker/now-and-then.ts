import type { WorkerDeps } from './deps.ts'

/** Work beside the connections, begun at most every so often, and never twice at once. `track` is told of each run. */
export const nowAndThen = (
  deps: Pick<WorkerDeps, 'clock' | 'log'>,
  everyMs: number,
  track: (work: Promise<void>) => Promise<void>,
  work: { readonly run: () => Promise<void> /** Said where it failed. */; readonly ifNot: string },
): (() => void) => {
  let begunAt = Number.NEGATIVE_INFINITY
  let running: Promise<void> | null = null
  return () => {
    const now = deps.clock.now().getTime()
    if (running !== null || (now - begunAt < everyMs && now >= begunAt)) return
    begunAt = now
    const begun = work.run().catch((error: unknown) => deps.log('warn', work.ifNot, { error: String(error) }))
    running = track(begun).finally(() => {
      running = null
    })
  }
}
