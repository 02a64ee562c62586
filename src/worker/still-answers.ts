import { isFault } from '../sync/fault.ts'
import type { OpenConnection } from './open-connection.ts'

const asked = new WeakMap<OpenConnection['health'], Promise<boolean>>()

/**
 * Whether the tool answers anything at all. A call for one item that ended as if the tool were away may be that item's
 * own doing: a page of the tool that breaks on it, an answer nobody can read. Then the others must not wait with it.
 * Rounds that fail side by side share one question.
 */
export const stillAnswers = (connection: OpenConnection): Promise<boolean> => {
  const known = asked.get(connection.health)
  if (known !== undefined) return known
  const asking = connection.session
    .check()
    .then(() => true)
    // who asks us to wait is there
    .catch((thrown: unknown) => isFault(thrown) && thrown.kind === 'rate')
    .finally(() => asked.delete(connection.health))
  asked.set(connection.health, asking)
  return asking
}
