import { sql } from 'kysely'
import type { Database } from './database.ts'
import { LANES } from './dirty.ts'

/**
 * Takes in what tools ring about, durably, with group commit: deliveries that arrive while commits are under way wait
 * together and share the next one, so that a flood costs a few commits and one statement each, and a single delivery
 * waits for nobody. `take` resolves only after the commit that holds its row: whoever answers 2xx then has kept it.
 *
 * A delivery whose id was seen before leaves no hint: it resolves to `seen` after the same kind of commit, so that a
 * repetition is never acknowledged before the first one is safe.
 */
export interface Delivery {
  readonly connectionId: string
  readonly deliveryId: string
  /** Ids of the items there to look at. */
  readonly refs: readonly string[]
  readonly receivedAt: Date
}

export type Taken = 'new' | 'seen'

export interface Intake {
  /** Rejects with the database's error when the commit failed, or with `IntakeFull`. */
  take(delivery: Delivery): Promise<Taken>
  /** Deliveries not yet committed. */
  waiting(): number
  /** Resolves when everything taken was committed or refused. */
  drained(): Promise<void>
}

export class IntakeFull extends Error {
  override readonly name = 'IntakeFull'
}

export interface IntakeOptions {
  readonly db: Database
  /** Commits under way at once; as many connections are needed. */
  readonly flights: number
  readonly maxGroup?: number
  /** More than this waiting is refused: the tool sends again, we keep our memory. */
  readonly maxWaiting?: number
  readonly onCommitted?: (deliveries: number) => void
}

interface Waiting {
  readonly delivery: Delivery
  readonly key: string
  readonly resolve: (taken: Taken) => void
  readonly reject: (error: unknown) => void
}

export const openIntake = (options: IntakeOptions): Intake => {
  const { db, flights, maxGroup = 500, maxWaiting = 20_000 } = options
  let queue: Waiting[] = []
  let underWay = 0
  let inFlight = 0
  let whenDrained: (() => void)[] = []

  const settle = (): void => {
    if (queue.length + inFlight > 0) return
    for (const resolve of whenDrained) resolve()
    whenDrained = []
  }

  const fly = async (group: readonly Waiting[]): Promise<void> => {
    try {
      const fresh = await commitGroup(db, group)
      for (const one of group) one.resolve(fresh.delete(one.key) ? 'new' : 'seen')
      options.onCommitted?.(group.length)
    } catch (error) {
      for (const one of group) one.reject(error)
    }
  }

  const depart = (): void => {
    while (underWay < flights && queue.length > 0) {
      const group = queue.slice(0, maxGroup)
      queue = queue.slice(maxGroup)
      underWay += 1
      inFlight += group.length
      void fly(group).then(() => {
        underWay -= 1
        inFlight -= group.length
        depart()
        settle()
      })
    }
  }

  return {
    take: (delivery) =>
      new Promise((resolve, reject) => {
        if (queue.length + inFlight >= maxWaiting) return reject(new IntakeFull('too many deliveries wait'))
        queue.push({ delivery, key: `${delivery.connectionId} ${delivery.deliveryId}`, resolve, reject })
        // after this turn of the event loop: requests that were read together share one commit
        if (queue.length === 1) setImmediate(depart)
      }),
    waiting: () => queue.length + inFlight,
    drained: () =>
      new Promise((resolve) => {
        whenDrained.push(resolve)
        settle()
      }),
  }
}

/** One statement, so one commit. Returns the keys of deliveries never seen before. */
const commitGroup = async (db: Database, group: readonly Waiting[]): Promise<Set<string>> => {
  const firsts = new Map<string, Delivery>()
  for (const { key, delivery } of group) if (!firsts.has(key)) firsts.set(key, delivery)
  // in one order everywhere: two groups with the same deliveries must not wait for each other in a ring
  const rows = [...firsts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, delivery]) => delivery)
  const hints = rows.flatMap((row) => row.refs.map((ref) => ({ row, ref })))
  const result = await sql<{ connection_id: string; delivery_id: string }>`
    with taken as (
      insert into delivery (connection_id, delivery_id, received_at)
      select * from unnest(${rows.map((row) => row.connectionId)}::uuid[], ${rows.map((row) => row.deliveryId)}::text[],
                           ${rows.map((row) => row.receivedAt.toISOString())}::timestamptz[])
      on conflict do nothing returning connection_id, delivery_id
    ), hinted as (
      insert into hint (connection_id, remote_id, why, lane, received_at)
      select h.connection_id, h.remote_id, 'webhook', ${LANES.change}::smallint, h.received_at
      from unnest(${hints.map((hint) => hint.row.connectionId)}::uuid[], ${hints.map((hint) => hint.row.deliveryId)}::text[],
                  ${hints.map((hint) => hint.ref)}::text[], ${hints.map((hint) => hint.row.receivedAt.toISOString())}::timestamptz[])
        as h(connection_id, delivery_id, remote_id, received_at)
      join taken using (connection_id, delivery_id)
    )
    select connection_id, delivery_id from taken`.execute(db)
  return new Set(result.rows.map((row) => `${row.connection_id} ${row.delivery_id}`))
}
