import { holdEvents, STUCK_FIELD } from '../commands/hold-events.ts'
import { recordCreated } from '../commands/record-created.ts'
import { sayHold } from '../domain/hold-words.ts'
import type { Attempt, NewAttempt } from '../store/attempts.ts'
import { countMisses, endAttempts, insertAttempts } from '../store/attempts.ts'
import type { Tx } from '../store/database.ts'
import { appendEvents } from '../store/events.ts'
import { finishMirror, holdsMirror } from '../store/mirrors.ts'
import { loadRouteDefaults } from '../store/outgoing-mirror.ts'
import { openCallHolds, replaceHolds } from '../store/questions.ts'
import { peopleFor } from '../sync/people.ts'
import type { Hold } from '../sync/plan.ts'
import { markerOf, planCreate } from '../sync/plan-create.ts'
import { firstOfOurs, resolveCreate } from '../sync/resolve-attempt.ts'
import type { Snapshot } from '../sync/snapshot.ts'
import { asFault, faultForLog } from './as-fault.ts'
import { contextOf } from './context.ts'
import type { WorkerDeps } from './deps.ts'
import type { LoadedMirror } from './load-mirrors.ts'
import type { OpenConnection } from './open-connection.ts'
import { peopleThere } from './people-there.ts'
import { mappingFor, type RoundEnd } from './reconcile.ts'
import { runCalls } from './run-calls.ts'
import { stillHeld } from './still-held.ts'

/** How far a tool's clock may be behind ours when we look for what we made. */
const CLOCK_SLACK_MS = 10 * 60_000
/** A create that waited this long may have been made by somebody who restored a backup since. */
const OLD_MS = 5 * 60_000

/**
 * Makes the item in the tool, once. A create whose answer was lost is looked for by our marker before anything is
 * made again; where the tool cannot tell, a person decides.
 */
export const createThere = async (
  deps: WorkerDeps,
  connection: OpenConnection,
  loaded: LoadedMirror,
): Promise<RoundEnd> => {
  const open = loaded.attempts.filter((attempt) => attempt.planned.operation.op === 'create')
  const last = open.at(-1)
  if (last !== undefined && connection.capabilities.idempotency === 'key') {
    // the tool knows the key: repeating it is asking what became of it
    return makeCall(deps, connection, loaded, { id: last.id, planned: last.planned }, [])
  }
  const found =
    last !== undefined || isOld(deps, loaded) ? await findOurs(deps, connection, loaded, open) : []
  if (last !== undefined) {
    const verdict = resolveCreate(last, found, connection.capabilities, deps.clock.now())
    switch (verdict.verdict) {
      case 'done':
        return link(deps, connection, loaded, open, verdict.item ?? null, last)
      case 'wait':
        return wait(deps, loaded, open, verdict.until)
      case 'ask':
        return ask(deps, connection, loaded, open)
      case 'again':
        break
    }
  }
  const ours = firstOfOurs(found)
  if (ours !== undefined) return link(deps, connection, loaded, open, ours, null)
  return create(deps, connection, loaded, open)
}

const isOld = (deps: WorkerDeps, { mirror }: LoadedMirror): boolean =>
  mirror.failures > 0 || deps.clock.now().getTime() - mirror.created_at.getTime() > OLD_MS

const findOurs = (
  _deps: WorkerDeps,
  connection: OpenConnection,
  loaded: LoadedMirror,
  open: readonly Attempt[],
): Promise<readonly Snapshot[]> => {
  const since = open[0]?.startedAt ?? loaded.mirror.created_at
  return connection.session.find(markerOf(loaded.view), new Date(since.getTime() - CLOCK_SLACK_MS))
}

const create = async (
  deps: WorkerDeps,
  connection: OpenConnection,
  loaded: LoadedMirror,
  open: readonly Attempt[],
): Promise<RoundEnd> => {
  const { mirror, view } = loaded
  const mapping = mappingFor(connection, view)
  const plan = planCreate({
    mapping,
    capabilities: connection.capabilities,
    conversion: {
      mapping,
      format: connection.capabilities.richText,
      people: peopleFor(
        await peopleThere(connection, mapping, loaded.colleagues, null, view),
        connection.row.party === 'desk' ? 'support' : 'engineering',
        loaded.naming,
      ),
    },
    hub: view,
    container: mirror.container ?? mapping.containers[0] ?? '',
    defaults: await loadRouteDefaults(deps.runner.db, view.id, mirror.connection_id),
    without: [],
  })
  const attempt: NewAttempt = { id: deps.runner.newId(), planned: plan.operation }
  const now = deps.clock.now()
  const ours = await deps.runner.db.transaction().execute(async (tx) => {
    if (!(await holdsMirror(tx, mirror.id, mirror.fence))) return false
    await endAttempts(
      tx,
      open.map(({ id }) => ({ id, state: 'abandoned' as const, receipt: null, fault: null })),
      now,
    )
    await insertAttempts(tx, mirror, [attempt], now)
    // what an earlier call brought to light stands until this one says something else
    await noteHolds(tx, deps, connection, loaded, [...(await openCallHolds(tx, mirror.id)), ...plan.holds])
    return true
  })
  if (!ours) return 'lost'
  deps.crashPoint('plan-recorded')
  return makeCall(deps, connection, loaded, attempt, plan.holds)
}

const makeCall = async (
  deps: WorkerDeps,
  connection: OpenConnection,
  loaded: LoadedMirror,
  attempt: NewAttempt,
  holds: readonly Hold[],
): Promise<RoundEnd> => {
  const made = await runCalls(deps, connection, [attempt], stillHeld(deps, loaded))
  if (made.lost) return 'lost'
  const [done] = made.done
  const ref = done?.receipt.snapshot?.ref ?? done?.receipt.ref ?? null
  if (done === undefined || ref === null) {
    // made, and the tool did not say as what: found out like a lost answer
    const ends =
      done === undefined ? made.ends : made.ends.map((end) => ({ ...end, state: 'unknown' as const }))
    await deps.runner.db.transaction().execute(async (tx) => {
      await endAttempts(tx, ends, deps.clock.now())
      const open = made.fault === null ? [] : await openCallHolds(tx, loaded.mirror.id)
      const stuck = open.filter((hold) => hold.field === STUCK_FIELD)
      await noteHolds(tx, deps, connection, loaded, [...stuck, ...holds, ...made.holds])
      if (made.fault === null) {
        // refused as a whole: it waits for a person or a change, and is tried again later
        await finishMirror(tx, {
          id: loaded.mirror.id,
          fence: loaded.mirror.fence,
          cleanSeq: null,
          retryAt: new Date(deps.clock.now().getTime() + OLD_MS),
          failures: loaded.mirror.failures + 1,
        })
      }
    })
    if (made.fault !== null) throw made.fault
    return 'more to do'
  }
  const shown = done.receipt.snapshot ?? (await readNew(deps, connection, ref.id))
  deps.crashPoint('before-receipts')
  return keep(deps, connection, loaded, {
    ends: made.ends,
    ref,
    shown,
    planned: [done.planned],
    holds: [...holds, ...made.holds],
  })
}

/** The new item; null when it cannot be read now: its id is kept all the same, the next round reads it. */
const readNew = async (
  deps: WorkerDeps,
  connection: OpenConnection,
  id: string,
): Promise<Snapshot | null> => {
  try {
    const shown = await connection.session.fetch({ id })
    return shown === 'gone' ? null : shown
  } catch (thrown) {
    deps.log('warn', 'a new item could not be read back; it is looked at again', {
      connection: connection.row.key,
      item: id,
      ...faultForLog(asFault(thrown, 'down')),
    })
    return null
  }
}

const link = async (
  deps: WorkerDeps,
  connection: OpenConnection,
  loaded: LoadedMirror,
  open: readonly Attempt[],
  item: Snapshot | null,
  last: Attempt | null,
): Promise<RoundEnd> => {
  if (item === null) return 'more to do'
  const ends = open.map(({ id }) => ({
    id,
    state: id === last?.id ? ('done' as const) : ('abandoned' as const),
    receipt: { ref: item.ref, elementId: null, snapshot: null },
    fault: null,
  }))
  return keep(deps, connection, loaded, {
    ends,
    ref: item.ref,
    shown: item,
    planned: last === null ? [] : [last.planned],
    holds: [],
  })
}

const keep = async (
  deps: WorkerDeps,
  connection: OpenConnection,
  loaded: LoadedMirror,
  made: Omit<Parameters<typeof recordCreated>[2], 'mirror' | 'view'>,
): Promise<RoundEnd> => {
  const kept = await deps.runner.db.transaction().execute((tx) =>
    recordCreated(tx, contextOf(deps, connection, loaded.mirror), {
      mirror: loaded.mirror,
      view: loaded.view,
      ...made,
    }),
  )
  deps.crashPoint('receipts-recorded')
  deps.runner.signal.notify()
  return kept ? 'more to do' : 'lost'
}

const wait = async (
  deps: WorkerDeps,
  { mirror }: LoadedMirror,
  open: readonly Attempt[],
  until: Date,
): Promise<RoundEnd> => {
  await deps.runner.db.transaction().execute(async (tx) => {
    await countMisses(
      tx,
      open.map((attempt) => attempt.id),
    )
    await finishMirror(tx, { id: mirror.id, fence: mirror.fence, cleanSeq: null, retryAt: until })
  })
  return 'more to do'
}

/** Makes these the holds of a mirror whose item is not made yet. */
const noteHolds = async (
  tx: Tx,
  deps: WorkerDeps,
  connection: OpenConnection,
  { mirror }: LoadedMirror,
  holds: readonly Hold[],
): Promise<void> => {
  const held = await replaceHolds(tx, mirror.id, holds, deps.clock.now())
  await appendEvents(tx, contextOf(deps, connection, mirror), holdEvents(mirror, held, holds))
}

const ask = async (
  deps: WorkerDeps,
  connection: OpenConnection,
  loaded: LoadedMirror,
  open: readonly Attempt[],
): Promise<RoundEnd> => {
  const { mirror } = loaded
  const now = deps.clock.now()
  await deps.runner.db.transaction().execute(async (tx) => {
    await countMisses(
      tx,
      open.map((attempt) => attempt.id),
    )
    await noteHolds(tx, deps, connection, loaded, [
      {
        field: 'create',
        code: 'unknown-write',
        ...sayHold('create-unknown'),
        value: null,
      },
    ])
    await finishMirror(tx, {
      id: mirror.id,
      fence: mirror.fence,
      cleanSeq: null,
      retryAt: new Date(now.getTime() + 24 * 60 * 60_000),
    })
  })
  return 'more to do'
}
