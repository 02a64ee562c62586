import type { WorkerDeps } from './deps.ts'
import { followRepositories } from './follow-repositories.ts'
import { nowAndThen } from './now-and-then.ts'
import { readCiAgain } from './read-ci-again.ts'
import { ringPartners } from './ring-partners.ts'
import { watchReleases } from './watch-releases.ts'

const RING_EVERY_MS = 2_000
const FOLLOW_EVERY_MS = 1_000
const READ_EVERY_MS = 3_000
/** Contacts come by the hour. */
const WATCH_EVERY_MS = 60_000

/** What the worker does beside its connections; called as often as it looks for work, each begins when it is due. */
export const sideWork = (
  deps: WorkerDeps,
  track: (work: Promise<void>) => Promise<void>,
  stopping: AbortSignal,
): (() => void) => {
  const beside = (everyMs: number, run: () => Promise<void>, ifNot: string) =>
    nowAndThen(deps, everyMs, track, { run, ifNot })
  const all = [
    beside(
      RING_EVERY_MS,
      () => ringPartners(deps),
      'partners could not be told of changes; they are told later',
    ),
    beside(
      FOLLOW_EVERY_MS,
      () => followRepositories(deps, stopping),
      'repositories could not be read; they are read later',
    ),
    beside(
      READ_EVERY_MS,
      () => readCiAgain(deps, stopping),
      'what CI systems told could not be looked at again; it is looked at later',
    ),
    beside(
      WATCH_EVERY_MS,
      () => watchReleases(deps),
      'contacts after releases could not be counted; they are counted later',
    ),
  ]
  return () => {
    for (const begin of all) begin()
  }
}
