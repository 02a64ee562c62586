import type { Session } from '../sync/connector.ts'
import { isFault, RemoteFault } from '../sync/fault.ts'
import type { Budget } from './budget.ts'

/** How long a tool that says 429 and no more is left alone. */
const WAIT_MS = 30_000

/**
 * A session that hears a Retry-After: once the tool has asked us to wait, no call is made before, not even by those
 * that were under way beside the one that was told.
 */
export const patientSession = (session: Session, budget: Budget, now: () => Date): Session => {
  const call = async <T>(make: () => Promise<T>): Promise<T> => {
    const until = budget.blockedUntil()
    if (until !== null) throw new RemoteFault('rate', 'The tool asked us to wait.', { retryAt: until })
    try {
      return await make()
    } catch (thrown) {
      if (isFault(thrown) && thrown.kind === 'rate')
        budget.block(thrown.retryAt ?? new Date(now().getTime() + WAIT_MS))
      throw thrown
    }
  }
  const { overwritten, keepHook, dropHook } = session
  return {
    check: () => call(() => session.check()),
    describe: () => call(() => session.describe()),
    pull: (cursor, scope) => call(() => session.pull(cursor, scope)),
    fetch: (ref) => call(() => session.fetch(ref)),
    find: (marker, since) => call(() => session.find(marker, since)),
    push: (operation, key, content) => call(() => session.push(operation, key, content)),
    ...(overwritten === undefined ? {} : { overwritten: (operation) => call(() => overwritten(operation)) }),
    ...(keepHook === undefined ? {} : { keepHook: (address) => call(() => keepHook(address)) }),
    ...(dropHook === undefined ? {} : { dropHook: (address) => call(() => dropHook(address)) }),
    download: (ref, id) => call(() => session.download(ref, id)),
  }
}
