import { adoptItem } from '../commands/adopt-item.ts'
import { openCreates } from '../store/attempts.ts'
import { loadColleagues } from '../store/colleagues.ts'
import type { ClaimedMirror } from '../store/mirrors.ts'
import { deleteCandidate, finishMirror } from '../store/mirrors.ts'
import type { Snapshot } from '../sync/snapshot.ts'
import { contextOf } from './context.ts'
import type { WorkerDeps } from './deps.ts'
import type { OpenConnection } from './open-connection.ts'
import { peopleThere } from './people-there.ts'
import { NO_MAPPING, type RoundEnd } from './reconcile.ts'

/** How long a new item of our own account waits for the create it may be the answer to. */
const ECHO_WAIT_MS = 2_000

/**
 * An item that no record stands for. It becomes one when the mapping says so; otherwise it is forgotten, and a later
 * hint brings it back. One that may be the answer to a create of ours still under way is left alone until that is
 * known: the tool's own notice often comes before its answer.
 */
export const adoptCandidate = async (
  deps: WorkerDeps,
  connection: OpenConnection,
  mirror: ClaimedMirror,
): Promise<RoundEnd | 'adopted'> => {
  const shown = await connection.session.fetch({ id: mirror.remote_id ?? '' })
  deps.crashPoint('fetched')
  const { db } = deps.runner
  // answered with another item: this one was merged into it, which has its own hints
  if (shown === 'gone' || shown.ref.id !== mirror.remote_id || !isWanted(connection, shown)) {
    await db.transaction().execute((tx) => deleteCandidate(tx, mirror))
    return 'gone'
  }
  if (shown.createdByUs && (await openCreates(db, connection.row.id)).length > 0) {
    const retryAt = new Date(deps.clock.now().getTime() + ECHO_WAIT_MS)
    await db
      .transaction()
      .execute((tx) => finishMirror(tx, { id: mirror.id, fence: mirror.fence, cleanSeq: null, retryAt }))
    return 'more to do'
  }
  const mapping = connection.mapping ?? NO_MAPPING
  const people = await peopleThere(connection, mapping, await loadColleagues(db), shown, null)
  deps.crashPoint('before-adopt')
  const adopted = await db.transaction().execute((tx) =>
    adoptItem(tx, contextOf(deps, connection, mirror), {
      mirror,
      shown,
      mapping,
      people: people.inTexts,
      format: connection.capabilities.richText,
    }),
  )
  deps.crashPoint('adopted')
  deps.runner.signal.notify()
  return adopted
}

/** Whether a record may be made of an item there. */
export const isWanted = (connection: OpenConnection, shown: Snapshot): boolean => {
  const { mapping } = connection
  if (mapping === null) return false
  const inScope = mapping.containers.length === 0 || mapping.containers.includes(shown.container)
  if (shown.kind === 'release') return mapping.releases && (inScope || shown.container in mapping.products)
  const type = shown.fields.type
  return (
    mapping.adopt &&
    mapping.containers.length > 0 &&
    inScope &&
    (mapping.types.length === 0 || (typeof type === 'string' && mapping.types.includes(type)))
  )
}
