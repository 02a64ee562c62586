import { holdEvents, STUCK_FIELD } from '../commands/hold-events.ts'
import { recordGone } from '../commands/record-gone.ts'
import { sayHold } from '../domain/hold-words.ts'
import { said } from '../lib/said.ts'
import { blockConnection, type ConnectionRow, noteHealth } from '../store/connections.ts'
import { isDatabaseLost } from '../store/database-lost.ts'
import { appendEvents } from '../store/events.ts'
import { type ClaimedMirror, finishMirror } from '../store/mirrors.ts'
import { settleCallHolds } from '../store/questions.ts'
import { endQuiet } from '../store/quiet-mirrors.ts'
import type { RemoteFault } from '../sync/fault.ts'
import type { Snapshot } from '../sync/snapshot.ts'
import { adoptCandidate } from './adopt.ts'
import { asFault, faultForLog, faultRecord, isOurs } from './as-fault.ts'
import { contextOf, systemContext } from './context.ts'
import { createThere } from './create-there.ts'
import type { WorkerDeps } from './deps.ts'
import { listAgainAt } from './failed-listing.ts'
import { type LoadedMirror, loadMirrors } from './load-mirrors.ts'
import { onceBack } from './once-back.ts'
import type { OpenConnection } from './open-connection.ts'
import { reconcileLive } from './reconcile.ts'
import { stillAnswers } from './still-answers.ts'

/**
 * Reconciles claimed mirrors of one connection side by side. They are loaded together and then go their own ways: one
 * that fails or is slow holds up none of the others.
 */
export const reconcileBatch = async (
  deps: WorkerDeps,
  connection: OpenConnection,
  mirrors: readonly ClaimedMirror[],
  onDone: () => void,
): Promise<void> => {
  let loaded: ReadonlyMap<string, LoadedMirror> | null = null
  try {
    loaded = new Map(
      (
        await loadMirrors(
          deps,
          mirrors.filter((mirror) => mirror.record_id !== null),
        )
      ).map((one) => [one.mirror.id, one]),
    )
  } catch (error) {
    deps.log('error', 'mirrors could not be loaded', { error: String(error) })
  }
  await Promise.all(
    mirrors.map(async (mirror) => {
      if (loaded !== null) await reconcileOne(deps, connection, mirror, loaded.get(mirror.id))
      else await giveBack(deps, mirror)
      onDone()
    }),
  )
}

const reconcileOne = async (
  deps: WorkerDeps,
  connection: OpenConnection,
  mirror: ClaimedMirror,
  loaded: LoadedMirror | undefined,
): Promise<void> => {
  try {
    deps.crashPoint('claimed')
    await reconcileStep(deps, connection, mirror, loaded)
    // at once: what people change a moment after the last look is to cross
    if (mirror.quiet && mirror.record_id !== null) await endQuiet(deps.runner.db, mirror.record_id)
    await noteUp(deps, connection)
  } catch (thrown) {
    // the database was away: no fault of the item, which is looked at again
    if (isDatabaseLost(thrown)) return giveBack(deps, mirror)
    try {
      await noteFault(deps, connection, mirror, thrown)
    } catch (error) {
      deps.log('error', 'a fault could not be noted', { mirror: mirror.id, error: String(error) })
      await giveBack(deps, mirror)
    }
  }
}

/** Of a round that could not be written down, once the database is back. */
const giveBack = async (deps: WorkerDeps, mirror: ClaimedMirror): Promise<void> => {
  try {
    await onceBack(deps, () => release(deps, mirror))
  } catch (error) {
    deps.log('error', 'a mirror could not be given back; its lease runs out by itself', {
      mirror: mirror.id,
      error: String(error),
    })
  }
}

const reconcileStep = async (
  deps: WorkerDeps,
  connection: OpenConnection,
  mirror: ClaimedMirror,
  loaded: LoadedMirror | undefined,
): Promise<void> => {
  if (mirror.state === 'candidate') {
    if ((await adoptCandidate(deps, connection, mirror)) === 'more to do') await release(deps, mirror)
    return
  }
  if (loaded === undefined) {
    // its record is gone: nothing is to be kept in step
    await deps.runner.db.transaction().execute((tx) =>
      finishMirror(tx, {
        id: mirror.id,
        fence: mirror.fence,
        cleanSeq: mirror.dirty_seq,
        state: 'unlinked',
        stateReason: said`Its record does not exist any more.`,
      }),
    )
    return
  }
  if (mirror.state === 'creating') {
    await createThere(deps, connection, loaded)
    return
  }
  const end = await reconcileLive(deps, connection, loaded)
  if (end === 'gone') await markGone(deps, connection, loaded, null)
  if (typeof end === 'object') await markGone(deps, connection, loaded, end.mergedInto)
  if (end === 'more to do') await release(deps, mirror)
}

/** Gives the mirror back, dirty: another look follows. */
const release = async (deps: WorkerDeps, mirror: ClaimedMirror): Promise<void> => {
  await deps.runner.db
    .updateTable('mirror')
    .set({ lease_until: null })
    .where('id', '=', mirror.id)
    .where('fence', '=', mirror.fence)
    .execute()
  deps.runner.signal.notify()
}

const markGone = async (
  deps: WorkerDeps,
  connection: OpenConnection,
  loaded: LoadedMirror,
  mergedInto: Snapshot | null,
): Promise<void> => {
  await deps.runner.db
    .transaction()
    .execute((tx) => recordGone(tx, contextOf(deps, connection, loaded.mirror), { ...loaded, mergedInto }))
  deps.runner.signal.notify()
}

// ---- faults ---------------------------------------------------------------------------------------------------

const FIRST_RETRY_MS = 1_000
const LONGEST_RETRY_MS = 5 * 60_000
/** A tool that is away is asked again this often at first; doubled up to the longest. */
const backoff = (failures: number): number =>
  Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(failures, 12))

/** Rounds of one mirror that may fail for its own reasons before it waits for a person. */
const MAX_OWN_FAILURES = 5

/** The tool answered: one notice if it was away. */
export const noteUp = async (deps: WorkerDeps, connection: OpenConnection): Promise<void> => {
  if (!connection.health.down) return
  connection.health.down = false
  connection.health.failures = 0
  await deps.runner.db.transaction().execute(async (tx) => {
    if (!(await noteHealth(tx, connection.row.id, null, deps.clock.now()))) return
    await appendEvents(tx, systemContext(deps), [
      {
        kind: 'connection.up',
        record: null,
        data: { connection: connection.row.key },
        connectionId: connection.row.id,
      },
    ])
  })
}

const noteFault = async (
  deps: WorkerDeps,
  connection: OpenConnection,
  mirror: ClaimedMirror,
  thrown: unknown,
): Promise<void> => {
  const fault = asFault(thrown, 'down')
  const now = deps.clock.now()
  const ownFault =
    fault.kind === 'invalid' ||
    fault.kind === 'conflict' ||
    isOurs(fault) ||
    (fault.kind === 'down' && !connection.health.down && (await stillAnswers(connection)))
  deps.log(ownFault ? 'warn' : 'info', 'a mirror could not be reconciled', {
    connection: connection.row.key,
    mirror: mirror.id,
    ...faultForLog(fault),
  })
  if (fault.kind === 'rate')
    await blockConnection(
      deps.runner.db,
      connection.row.id,
      fault.retryAt ?? new Date(now.getTime() + backoff(mirror.failures)),
    )
  if (!ownFault && (fault.kind === 'down' || fault.kind === 'auth'))
    await noteDown(deps, connection, fault, now)
  // somebody was faster: read again at once, but not for ever
  const atOnce = fault.kind === 'conflict' && mirror.failures < MAX_OWN_FAILURES
  const retryAt = atOnce
    ? now
    : new Date(Math.max(now.getTime() + backoff(mirror.failures), fault.retryAt?.getTime() ?? 0))
  const stuck = ownFault && fault.kind !== 'conflict' && mirror.failures + 1 >= MAX_OWN_FAILURES
  await deps.runner.db.transaction().execute(async (tx) => {
    const kept = await finishMirror(tx, {
      id: mirror.id,
      fence: mirror.fence,
      cleanSeq: null,
      retryAt: stuck ? new Date(now.getTime() + LONGEST_RETRY_MS) : retryAt,
      failedSeq: mirror.dirty_seq,
      failures: mirror.failures + 1,
      fault: faultRecord(fault, now),
    })
    if (!kept || !stuck) return
    // beside the others: a field that waits for its own reason still does
    const holds = [stuckHold(fault)]
    const held = await settleCallHolds(tx, mirror.id, [], holds, now)
    await appendEvents(tx, contextOf(deps, connection, mirror), holdEvents(mirror, held, holds))
  })
}

const stuckHold = (fault: RemoteFault) => ({
  field: STUCK_FIELD,
  code: 'refused-by-tool' as const,
  ...sayHold(isOurs(fault) ? 'item-stuck-ours' : 'item-stuck', {
    times: String(MAX_OWN_FAILURES),
    detail: fault.detail,
  }),
  value: null,
})

/** One notice when a tool goes away, one when it is back: not one for each item. */
const noteDown = async (
  deps: WorkerDeps,
  connection: OpenConnection,
  fault: RemoteFault,
  now: Date,
): Promise<void> => {
  connection.health.down = true
  // every item of an absent tool would knock at once: the connection as a whole waits a little, longer each time
  connection.health.failures += 1
  await blockConnection(
    deps.runner.db,
    connection.row.id,
    new Date(now.getTime() + Math.min(30_000, FIRST_RETRY_MS * 2 ** Math.min(connection.health.failures, 5))),
  )
  await deps.runner.db.transaction().execute(async (tx) => {
    if (!(await noteHealth(tx, connection.row.id, faultRecord(fault, now), now))) return
    await appendEvents(tx, systemContext(deps), [
      {
        kind: fault.kind === 'auth' ? 'connection.failing' : 'connection.down',
        record: null,
        data: { connection: connection.row.key, detail: fault.detail },
        connectionId: connection.row.id,
      },
    ])
  })
}

/** A fault of a connection as a whole: its listing failed, or it does not open. */
export const noteConnectionFault = async (
  deps: WorkerDeps,
  row: ConnectionRow,
  thrown: unknown,
  task: 'poll' | 'sweep' | null = null,
): Promise<void> => {
  // the tool did nothing wrong, and nobody is to be told that it did
  if (isDatabaseLost(thrown)) return
  const fault = asFault(thrown, 'down')
  const now = deps.clock.now()
  deps.log('warn', 'a connection failed', { connection: row.key, task, ...faultForLog(fault) })
  try {
    if (fault.kind === 'rate')
      await blockConnection(deps.runner.db, row.id, fault.retryAt ?? listAgainAt(row, null, now))
    await deps.runner.db.transaction().execute(async (tx) => {
      if (fault.kind === 'rate' || !(await noteHealth(tx, row.id, faultRecord(fault, now), now))) return
      await appendEvents(tx, systemContext(deps), [
        {
          kind: fault.kind === 'auth' ? 'connection.failing' : 'connection.down',
          record: null,
          data: { connection: row.key, detail: fault.detail },
          connectionId: row.id,
        },
      ])
    })
  } catch (error) {
    deps.log('error', 'a fault could not be noted', { connection: row.key, error: String(error) })
  }
}
