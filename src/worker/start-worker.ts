import {
  type ConnectionRow,
  type ConnectionVersions,
  connectionsWithWork,
  listConnections,
  type WaitingWork,
} from '../store/connections.ts'
import { LANES, type Lane } from '../store/dirty.ts'
import { turnHints } from '../store/hints.ts'
import { housekeep } from '../store/housekeeping.ts'
import { claimMirrors } from '../store/mirrors.ts'
import { endQuiet } from '../store/quiet-mirrors.ts'
import { isFault } from '../sync/fault.ts'
import { budgetedSession } from './budgeted-session.ts'
import { databaseClock } from './database-clock.ts'
import { leaseNow, leaseSeconds, type WorkerDeps } from './deps.ts'
import { dropHook, keepHook } from './keep-hook.ts'
import { type OpenConnection, openConnection } from './open-connection.ts'
import { poll, sweep } from './pull-pages.ts'
import { noteConnectionFault, noteUp, reconcileBatch } from './reconcile-batch.ts'
import { sideWork } from './side-work.ts'

/**
 * The worker. It has four kinds of work, looked at whenever something was committed here and once a second besides:
 *
 *   hints        what webhooks rang about becomes dirty marks, thousands in one statement
 *   mirrors      dirty ones are claimed per connection, best lane first, and reconciled side by side
 *   listings     polls and sweeps that are due
 *   repositories copies of git repositories are brought up to date, and what is new in them is told
 *
 * Each connection has its own slots, so one that is slow or noisy delays nobody else; two of its slots are kept for
 * people who wait. Several workers share the work through the database alone.
 */
export interface Worker {
  /** Finishes what is under way and starts nothing new. */
  stop(): Promise<void>
  /** One look at everything, to its end: for simulations and tests. Returns how many mirrors were reconciled. */
  runOnce(): Promise<number>
  /** Open connections, for `status` and `check`. */
  open(key: string): Promise<OpenConnection | null>
}

export interface WorkerOptions {
  /** Reconciles at once per connection. */
  readonly slots: number
  /** Look again after this long without a signal, ms. */
  readonly idleMs: number
}

const PERSON_SLOTS = 2
const HINTS_AT_ONCE = 2_000
const HINT_STATEMENTS = 20
const HOUSEKEEP_EVERY_MS = 3_600_000
const GATHER_LEAST_MS = 2
const GATHER_MOST_MS = 25

export const startWorker = (given: WorkerDeps, options: WorkerOptions): Worker => {
  const clock = databaseClock(given.clock, given.runner.db)
  const isShared = given.leaseClock === 'database'
  const deps = isShared ? { ...given, clock } : given
  const follow = isShared ? clock.follow : async (): Promise<void> => {}
  const stopping = new AbortController()
  const pool = makePool(deps, options, stopping.signal)
  let stopped = false
  let wake: (() => void) | null = null
  let heard = false
  const unlisten = deps.runner.signal.listen(() => {
    heard = true
    wake?.()
  })

  /**
   * A look costs about the same for one item as for many, and each end of a reconcile and each commit of the intake
   * asks for one: as long as the last one took, they gather. So looking takes half of the time at most.
   */
  const gather = async (since: Date): Promise<void> => {
    const took = deps.clock.now().getTime() - since.getTime()
    await deps.clock.sleep(Math.min(Math.max(took, GATHER_LEAST_MS), GATHER_MOST_MS), stopping.signal)
  }

  let housekeptAt = Number.NEGATIVE_INFINITY
  const loop = async (): Promise<void> => {
    while (!stopped) {
      heard = false
      try {
        await follow()
        const now = deps.clock.now()
        if (now.getTime() - housekeptAt > HOUSEKEEP_EVERY_MS) {
          housekeptAt = now.getTime()
          await housekeep(deps.runner.db, now)
        }
        const more = await look(deps, pool)
        await gather(now)
        if (more) continue
      } catch (error) {
        deps.log('error', 'the worker could not look for work; it tries again', { error: String(error) })
        await deps.clock.sleep(options.idleMs, stopping.signal)
      }
      if (heard || stopped) continue
      const sleep = deps.clock.sleep(options.idleMs, stopping.signal)
      await Promise.race([sleep, new Promise<void>((resolve) => (wake = resolve))])
      wake = null
    }
  }
  const running = options.idleMs === Number.POSITIVE_INFINITY ? Promise.resolve() : loop()
  return {
    stop: async () => {
      stopped = true
      unlisten()
      stopping.abort()
      ;(wake as (() => void) | null)?.()
      await running
      await pool.settled()
      await pool.close()
    },
    runOnce: async () => {
      let total = 0
      for (let round = 0; round < 1_000; round += 1) {
        const before = pool.reconciled()
        await follow()
        await look(deps, pool)
        await pool.settled()
        const did = pool.reconciled() - before
        total += did
        if (did === 0 && round > 0) break
      }
      return total
    },
    open: (key) => pool.byKey(key),
  }
}

/** One look: true when there are more hints than were turned. */
const look = async (deps: WorkerDeps, pool: Pool): Promise<boolean> => {
  const more = await turnWaiting(deps)
  await pool.refresh()
  pool.startListings()
  await pool.startReconciles()
  await pool.endQuiet()
  pool.doSideWork()
  return more
}

/** All of a flood before anything is fetched: a hint that is turned too late costs its item another round. */
const turnWaiting = async (deps: WorkerDeps): Promise<boolean> => {
  for (let statements = 0; statements < HINT_STATEMENTS; statements += 1)
    if ((await turnHints(deps.runner.db, HINTS_AT_ONCE, deps.clock.now())) < HINTS_AT_ONCE) return false
  return true
}

// ---- the open connections and their slots ------------------------------------------------------------------------

interface Pool {
  /** Opens, closes and reopens connections as their rows say. */
  refresh(): Promise<void>
  startListings(): void
  startReconciles(): Promise<number>
  /** Now and then: pairs joined without writing, both sides of which have been looked at by now. */
  endQuiet(): Promise<void>
  /** Now and then: what is done beside the connections. */
  doSideWork(): void
  settled(): Promise<void>
  reconciled(): number
  byKey(key: string): Promise<OpenConnection | null>
  close(): Promise<void>
}

interface Slot {
  readonly connection: OpenConnection
  /** The row as last read: says when listings are due. */
  row: ConnectionRow
  inUse: number
  listing: Promise<void> | null
  ringing: Promise<void> | null
  /** Not stopped or changed: there is no such connection any more. */
  isTakenAway: boolean
}

const REFRESH_MS = 1_000
const QUIET_EVERY_MS = 5_000

const isSameVersion = (a: ConnectionVersions, b: ConnectionVersions): boolean =>
  a.version === b.version && a.mapping_version === b.mapping_version

/** Whether a poll or sweep may be due; the claim decides. */
const isDue = ({ next_poll_at: poll, next_sweep_at: sweep }: ConnectionRow, now: Date): boolean =>
  poll === null || poll <= now || sweep === null || sweep <= now

const isHookDue = ({ connection, row }: Slot, now: Date): boolean =>
  connection.session.keepHook !== undefined && (row.next_hook_at === null || row.next_hook_at <= now)

const makePool = (deps: WorkerDeps, options: WorkerOptions, stopping: AbortSignal): Pool => {
  const slots = new Map<string, Slot>()
  /** Replaced or taken away; closed when what is under way in them has ended. */
  const leaving = new Set<Slot>()
  const underWay = new Set<Promise<void>>()
  let reconciled = 0
  let refreshedAt = Number.NEGATIVE_INFINITY

  let quietAt = Number.NEGATIVE_INFINITY

  const track = (work: Promise<void>): Promise<void> => {
    const tracked = work.finally(() => underWay.delete(tracked))
    underWay.add(tracked)
    return tracked
  }

  const doSideWork = sideWork(deps, track, stopping)

  const leave = (slot: Slot): void => {
    slots.delete(slot.connection.row.id)
    leaving.add(slot)
  }

  const closeIdle = async (): Promise<void> => {
    for (const slot of leaving) {
      if (slot.inUse > 0 || slot.listing !== null || slot.ringing !== null) continue
      leaving.delete(slot)
      const { connection, isTakenAway } = slot
      if (isTakenAway) track(dropHook(deps, connection).then(() => connection.close()))
      else await connection.close()
    }
  }

  const refresh = async (): Promise<void> => {
    const now = deps.clock.now().getTime()
    if (now - refreshedAt < REFRESH_MS && now >= refreshedAt && options.idleMs !== Number.POSITIVE_INFINITY)
      return
    refreshedAt = now
    const rows = await listConnections(deps.runner.db)
    for (const row of rows) {
      const slot = slots.get(row.id)
      if (slot !== undefined && isSameVersion(slot.connection.row, row) && slot.row.state === row.state) {
        slot.row = row
        continue
      }
      if (slot !== undefined) leave(slot)
      if (row.state !== 'active') continue
      try {
        const connection = await openConnection(deps.runner.db, row, {
          masterKey: deps.masterKey,
          clock: deps.clock,
          allowPrivate: deps.allowPrivate,
          connections: options.slots,
          log: deps.log,
        })
        slots.set(row.id, {
          ...{ connection, row, inUse: 0, listing: null, ringing: null },
          isTakenAway: false,
        })
      } catch (error) {
        // whatever is wrong with one connection, the others are opened
        await noteConnectionFault(deps, row, error)
      }
    }
    for (const [id, slot] of slots) {
      if (rows.some((row) => row.id === id)) continue
      slot.isTakenAway = true
      leave(slot)
    }
    await closeIdle()
  }

  const list = async (slot: Slot): Promise<void> => {
    for (const task of [poll, sweep]) {
      try {
        if (await task(deps, slot.connection)) await noteUp(deps, slot.connection)
      } catch (error) {
        if (!isFault(error) || error.kind !== 'rate') slot.connection.health.down = true
        await noteConnectionFault(deps, slot.connection.row, error, task === poll ? 'poll' : 'sweep')
      }
    }
  }

  /** Beside the listings, one of which may take an hour: that a tool does not ring is noticed within minutes. */
  const ring = async (slot: Slot): Promise<void> => {
    try {
      if (await keepHook(deps, slot.connection)) await noteUp(deps, slot.connection)
    } catch (error) {
      // that a tool is away, its listings notice; the next look comes in a few minutes
      if (isFault(error) && error.kind === 'rate') await noteConnectionFault(deps, slot.connection.row, error)
      else
        deps.log('warn', 'the webhook of a connection could not be looked at', {
          connection: slot.connection.row.key,
          error: String(error),
        })
    }
  }

  const reconcileSlot = async (slot: Slot, waiting: WaitingWork): Promise<number> => {
    const free = options.slots - slot.inUse
    const forAll = free - PERSON_SLOTS
    const limit = waiting.bestLane === LANES.person ? free : forAll
    if (limit <= 0) return 0
    const worstLane: Lane = forAll > 0 ? LANES.backfill : LANES.person
    const claimed = await claimMirrors(deps.runner.db, {
      connectionId: slot.connection.row.id,
      limit,
      worstLane,
      now: leaseNow(deps),
      seconds: leaseSeconds(deps),
      by: slot.connection.row,
    })
    if (claimed.length === 0) return 0
    slot.inUse += claimed.length
    const lanes = Map.groupBy(claimed, (mirror) => mirror.dirty_lane)
    for (const [lane, mirrors] of lanes) {
      const connection = {
        ...slot.connection,
        session: budgetedSession(slot.connection.session, slot.connection.budget, lane),
        turn: () => slot.connection.budget.take(lane),
      }
      track(
        reconcileBatch(deps, connection, mirrors, () => {
          slot.inUse -= 1
          reconciled += 1
          deps.runner.signal.notify()
        }),
      )
    }
    return claimed.length
  }

  return {
    refresh,
    startListings: () => {
      for (const slot of slots.values()) {
        const now = deps.clock.now()
        if (slot.ringing === null && isHookDue(slot, now))
          slot.ringing = track(ring(slot)).finally(() => {
            slot.ringing = null
          })
        if (slot.listing !== null || !isDue(slot.row, now)) continue
        slot.listing = track(list(slot)).finally(() => {
          slot.listing = null
        })
      }
    },
    startReconciles: async () => {
      let started = 0
      const waiting = await connectionsWithWork(deps.runner.db, leaseNow(deps))
      const isBehind = (work: WaitingWork): boolean => {
        const slot = slots.get(work.id)
        return slot !== undefined && !isSameVersion(slot.connection.row, work)
      }
      // a mapping that was just saved marks its mirrors dirty: looked at by the one before, they would be taken for done
      if (waiting.some(isBehind)) {
        refreshedAt = Number.NEGATIVE_INFINITY
        await refresh()
      }
      for (const work of waiting) {
        const slot = slots.get(work.id)
        if (slot !== undefined) started += await reconcileSlot(slot, work)
      }
      return started
    },
    endQuiet: async () => {
      const now = deps.clock.now().getTime()
      if (now - quietAt < QUIET_EVERY_MS && now >= quietAt) return
      quietAt = now
      await endQuiet(deps.runner.db)
    },
    doSideWork,
    settled: async () => {
      while (underWay.size > 0) await Promise.allSettled([...underWay])
    },
    reconciled: () => reconciled,
    byKey: async (key) => {
      await refresh()
      for (const slot of slots.values()) if (slot.connection.row.key === key) return slot.connection
      return null
    },
    close: async () => {
      for (const slot of [...slots.values(), ...leaving]) await slot.connection.close()
      slots.clear()
      leaving.clear()
    },
  }
}
