import { renewLease } from '../store/mirrors.ts'
import { leaseNow, type WorkerDeps } from './deps.ts'
import type { LoadedMirror } from './load-mirrors.ts'

/** Whether a call may still be made for a mirror; the lease is renewed on the way. */
export type StillHeld = () => Promise<boolean>

/** A fresh claim needs no second look: this, a call's time-out and what may be under way still fit into a lease. */
const FRESH_MS = 10_000

/**
 * A tool cannot check a fence, so it is checked here, before each call that comes long after the claim: a file that
 * took minutes, a process that was stopped and woke up. What another worker has by now, this one leaves alone.
 */
export const stillHeld = (deps: WorkerDeps, loaded: Pick<LoadedMirror, 'mirror' | 'loadedAt'>): StillHeld => {
  let checkedAt = loaded.loadedAt
  return async () => {
    const now = deps.clock.now().getTime()
    if (Math.abs(now - checkedAt) < FRESH_MS) return true
    checkedAt = now
    return renewLease(deps.runner.db, loaded.mirror, leaseNow(deps))
  }
}
