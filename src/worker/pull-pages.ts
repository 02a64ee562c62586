import { stopMassChange } from '../commands/stop-mass-change.ts'
import { SYSTEM } from '../domain/actor.ts'
import { said } from '../lib/said.ts'
import { type ConnectionRow, claimConnection } from '../store/connections.ts'
import { LANES } from '../store/dirty.ts'
import { appendEvents, type EventContext } from '../store/events.ts'
import { markHeld, markUnseen, noteGone, noteListed, noteSaid } from '../store/hints.ts'
import { tooManyFound } from '../store/mass-change.ts'
import type { PullPage } from '../sync/connector.ts'
import { isSettled, listedHash } from '../sync/listed.ts'
import type { Snapshot } from '../sync/snapshot.ts'
import { isWanted } from './adopt.ts'
import { budgetedSession } from './budgeted-session.ts'
import { leaseNow, leaseSeconds, type WorkerDeps } from './deps.ts'
import { orGivenBack } from './failed-listing.ts'
import type { OpenConnection } from './open-connection.ts'

/**
 * Listings of a tool, page by page, each page noted in one statement and the cursor kept with it, so that a stop
 * between two pages costs at most one page again.
 *
 * A poll reads what changed since the last one. A sweep reads everything: it finds what webhooks and polls missed,
 * counts it, and notices what is not there any more.
 */

/** Runs a poll if it is due and nobody else does; true when the tool was asked and answered. */
export const poll = async (deps: WorkerDeps, connection: OpenConnection): Promise<boolean> => {
  const row = await claimConnection(
    deps.runner.db,
    connection.row.id,
    'poll',
    leaseNow(deps),
    leaseSeconds(deps),
  )
  if (row === null) return false
  await orGivenBack(deps, row, 'poll', () => pollPages(deps, connection, row, 'given back'))
  return true
}

/** `lease`: given back after the last page, or kept for the sweep this is a part of. */
const pollPages = async (
  deps: WorkerDeps,
  connection: OpenConnection,
  row: ConnectionRow,
  lease: 'given back' | 'kept',
): Promise<void> => {
  const session = budgetedSession(connection.session, connection.budget, LANES.change)
  let cursor = row.changes_cursor
  let more = true
  while (more) {
    const page = await session.pull(cursor, 'changes')
    deps.crashPoint('page-pulled')
    const now = deps.clock.now()
    more = page.more
    cursor = page.cursor
    const kept = await deps.runner.db.transaction().execute(async (tx) => {
      const noted = await noteListed(tx, {
        connectionId: row.id,
        items: itemsOf(connection, page, now),
        lane: LANES.change,
        why: 'poll',
        now,
        sweep: null,
      })
      const gone = page.gone ?? []
      await noteGone(
        tx,
        row.id,
        gone.map(({ id }) => id),
        now,
      )
      const said = (page.said ?? []).map(({ ref, at }) => ({ id: ref.id, at }))
      await noteSaid(tx, row.id, said, now)
      return tx
        .updateTable('connection')
        .set((is) => ({
          changes_cursor: page.cursor,
          polled_at: now,
          next_poll_at: page.more ? now : new Date(now.getTime() + row.poll_every_s * 1000),
          lease_until: page.more || lease === 'kept' ? leaseEnd(deps, now) : null,
          ...(connection.capabilities.webhooks
            ? { missed_by_webhook: is('missed_by_webhook', '+', noted.unannounced) }
            : {}),
        }))
        .where('id', '=', row.id)
        .where('fence', '=', row.fence)
        .executeTakeFirst()
    })
    deps.crashPoint('page-recorded')
    deps.runner.signal.notify()
    // paused, changed or taken over meanwhile: whoever has it goes on from the cursor
    if (kept.numUpdatedRows === 0n) return
  }
}

const leaseEnd = (deps: WorkerDeps, now: Date): Date => new Date(now.getTime() + leaseSeconds(deps) * 1000)

const itemsOf = (connection: OpenConnection, page: PullPage, now: Date) => {
  // a page may hold an item twice; the later line is the newer
  const byId = new Map<string, Snapshot>(page.snapshots.map((shown) => [shown.ref.id, shown]))
  return [...byId.values()].map((shown) => ({
    id: shown.ref.id,
    kind: shown.kind,
    hash: listedHash(shown),
    updatedAt: shown.updatedAt,
    wanted: isWanted(connection, shown),
    settled: isSettled(shown, now),
  }))
}

/** Runs a sweep if it is due and nobody else does; true when the tool was asked and answered. `onPage` reports progress. */
export const sweep = async (
  deps: WorkerDeps,
  connection: OpenConnection,
  onPage: (items: number) => void = () => {},
): Promise<boolean> => {
  const row = await claimConnection(
    deps.runner.db,
    connection.row.id,
    'sweep',
    leaseNow(deps),
    leaseSeconds(deps),
  )
  if (row === null) return false
  await orGivenBack(deps, row, 'sweep', () => sweepPages(deps, connection, row, onPage))
  return true
}

const sweepPages = async (
  deps: WorkerDeps,
  connection: OpenConnection,
  row: ConnectionRow,
  onPage: (items: number) => void,
): Promise<void> => {
  // First what polls would have told anyway: after a time without answers (of ours or of the tool) that is much, and a
  // sweep would take it for changes nobody told of, as of a tool that went back in time.
  await pollPages(deps, connection, row, 'kept')
  const session = budgetedSession(connection.session, connection.budget, LANES.sweep)
  const began = row.sweep_started_at ?? deps.clock.now()
  let cursor = row.sweep_cursor
  let found = row.sweep_cursor === null ? 0 : row.sweep_found
  for (let more = true; more; ) {
    const page = await session.pull(cursor, 'all')
    const now = deps.clock.now()
    const kept = await deps.runner.db.transaction().execute(async (tx) => {
      const noted = await noteListed(tx, {
        connectionId: row.id,
        items: itemsOf(connection, page, now),
        lane: LANES.sweep,
        why: 'sweep',
        now,
        sweep: began,
      })
      found += noted.unannounced
      const mass = await tooManyFound(tx, row.id, found, now)
      if (mass !== null) {
        await stopMassChange(
          tx,
          sweepContext(deps, now),
          row.id,
          said`A sweep found ${mass.count} of ${mass.of} items changed without any notice, as after a restored backup.`,
        )
      }
      return tx
        .updateTable('connection')
        .set({
          sweep_cursor: page.cursor,
          sweep_started_at: began,
          sweep_found: found,
          lease_until: leaseEnd(deps, now),
        })
        .where('id', '=', row.id)
        .where('fence', '=', row.fence)
        .executeTakeFirst()
    })
    if (kept.numUpdatedRows === 0n) return
    onPage(page.snapshots.length)
    cursor = page.cursor
    more = page.more
    deps.runner.signal.notify()
    await pollBetween(deps, connection, row)
  }
  await finishSweep(deps, connection, row, began, found)
}

/** A sweep takes long; changes are still read in time, under the same lease. */
const pollBetween = async (
  deps: WorkerDeps,
  connection: OpenConnection,
  held: ConnectionRow,
): Promise<void> => {
  const row = await deps.runner.db
    .selectFrom('connection')
    .selectAll()
    .where('id', '=', held.id)
    .executeTakeFirst()
  if (row === undefined || row.fence !== held.fence) return
  if (row.next_poll_at === null || row.next_poll_at <= deps.clock.now())
    await pollPages(deps, connection, row, 'kept')
}

const sweepContext = (deps: WorkerDeps, now: Date): EventContext => ({
  actor: SYSTEM,
  now,
  newId: deps.runner.newId,
  cause: 'sweep',
})

const finishSweep = async (
  deps: WorkerDeps,
  connection: OpenConnection,
  row: ConnectionRow,
  began: Date,
  found: number,
): Promise<void> => {
  const now = deps.clock.now()
  await deps.runner.db.transaction().execute(async (tx) => {
    const unseen = await markUnseen(tx, row.id, began, LANES.sweep, now)
    await tx
      .updateTable('connection')
      .set((is) => ({
        sweep_cursor: null,
        sweep_started_at: null,
        swept_at: now,
        sweep_found: found,
        next_sweep_at: new Date(now.getTime() + row.sweep_every_s * 1000),
        lease_until: null,
        ...(connection.capabilities.webhooks
          ? { missed_by_webhook: is('missed_by_webhook', '+', found) }
          : {}),
      }))
      .where('id', '=', row.id)
      .where('fence', '=', row.fence)
      .execute()
    await appendEvents(tx, sweepContext(deps, now), [
      {
        kind: 'connection.swept',
        record: null,
        data: { connection: row.key, found, unseen },
        connectionId: row.id,
      },
    ])
  })
  await markHeld(deps.runner.db, row.id, LANES.sweep, now)
  deps.runner.signal.notify()
}
