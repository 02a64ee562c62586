import type { Lane } from '../store/dirty.ts'
import type { Session } from '../sync/connector.ts'
import type { Budget } from './budget.ts'

/**
 * A session whose calls wait their turn in the connection's budget, in the lane of what they serve. All but `push`:
 * who writes waits first (`OpenConnection.turn`) and then sees whether the mirror is still its own.
 */
export const budgetedSession = (session: Session, budget: Budget, lane: Lane): Session => ({
  check: async () => {
    await budget.take(lane)
    return session.check()
  },
  describe: async () => {
    await budget.take(lane)
    return session.describe()
  },
  pull: async (cursor, scope) => {
    await budget.take(lane)
    return session.pull(cursor, scope)
  },
  fetch: async (ref) => {
    await budget.take(lane)
    return session.fetch(ref)
  },
  find: async (marker, since) => {
    await budget.take(lane)
    return session.find(marker, since)
  },
  push: session.push,
  ...(session.overwritten === undefined ? {} : { overwritten: waiting(session.overwritten, budget, lane) }),
  ...(session.keepHook === undefined ? {} : { keepHook: waiting(session.keepHook, budget, lane) }),
  ...(session.dropHook === undefined ? {} : { dropHook: waiting(session.dropHook, budget, lane) }),
  download: async (ref, id) => {
    await budget.take(lane)
    return session.download(ref, id)
  },
})

const waiting =
  <I, O>(ask: (input: I) => Promise<O>, budget: Budget, lane: Lane): ((input: I) => Promise<O>) =>
  async (input) => {
    await budget.take(lane)
    return ask(input)
  }
