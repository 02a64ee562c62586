import { renewLease } from '../store/mirrors.ts'
import { leaseNow, leaseSeconds, type WorkerDeps } from './deps.ts'
import type { LoadedMirror } from './load-mirrors.ts'

/** Whether a call may still be made for a mirror; the lease is renewed on the way. */
export type StillHeld = () => Promise<boolean>

/** A fresh claim needs no second look: this part of a lease and a call's time-out still fit into it. */
const FRESH_PART = 1 / 6

/**
 * A tool cannot check a fence, so it is checked here, before each call that comes long after the claim: a file that
 * took minutes, a process that was stopped and woke up. What another worker has by now, this one leaves alone.
 */
export const stillHeld = (deps: WorkerDeps, loaded: Pick<LoadedMirror, 'mirror' | 'loadedAt'>): StillHeld => {
  const seconds = leaseSeconds(deps)
  const freshMs = seconds * 1000 * FRESH_PART
  let checkedAt = loaded.loadedAt
  return async () => {
    const now = deps.clock.now().getTime()
    if (Math.abs(now - checkedAt) < freshMs) return true
    if (!(await renewLease(deps.runner.db, loaded.mirror, leaseNow(deps), seconds))) return false
    checkedAt = now
    return true
  }
}
