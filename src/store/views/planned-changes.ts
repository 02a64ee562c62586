import { type RawBuilder, sql } from 'kysely'
import { areAtOnce, type Span } from '../../domain/booking.ts'
import { FREEZE_KEY } from '../../domain/change-approval.ts'
import {
  type BookedEnvironment,
  type ChangeConflict,
  changeConflicts,
  type PlannedChange,
  timeTaken,
} from '../../domain/change-conflicts.ts'
import type { ChangeState } from '../../domain/words.ts'
import type { Tx } from '../database.ts'
import { BOOKING_COLUMNS, BOOKING_JOINS, hasMomentIn, type ListedBooking } from './booking-list.ts'
import type { ChangeView } from './change-view.ts'
import { FREEZE_PRODUCTS, type ListedFreeze } from './freeze-list.ts'
import type { KeyedName, Named } from './shown-parts.ts'

/** A change with its window. */
export interface ScheduledChange extends PlannedChange {
  readonly key: string
  readonly title: string
  readonly state: ChangeState
  readonly product: KeyedName
  readonly environments: readonly KeyedName[]
  readonly release: Named | null
  readonly owner: Named | null
  readonly updatedAt: Date
}

/** None is longer (domain/booking.ts): so an index on the beginnings finds all that reach into a time. */
const LONGEST = sql`interval '91 days'`

type Row = Omit<ScheduledChange, 'from' | 'to'> & {
  readonly from: Date | null
  readonly to: Date | null
  readonly begunAt: Date | null
  readonly finishedAt: Date | null
}

const windowOf = ({ from, to }: Pick<Row, 'from' | 'to'>): Span | null =>
  from === null || to === null ? null : { from, to }

/** Changes with a moment in common with a time; of drafts only the one that is named, nobody else has planned them yet. */
export const changesIn = async (
  tx: Tx,
  { from, to }: Span,
  now: Date,
  most: number,
  draftId: string | null = null,
): Promise<readonly ScheduledChange[]> => {
  const reaches = (at: RawBuilder<unknown>) =>
    sql`select id from change where ${at} < ${to}::timestamptz and ${at} > ${from}::timestamptz - ${LONGEST}`
  const { rows } = await sql<Row>`
    select c.id, c.key, c.kind, c.state, c.title, c.product_id as "productId", c.release_id as "releaseId",
      c.starts_at as "from", c.ends_at as "to", c.begun_at as "begunAt", c.finished_at as "finishedAt",
      c.updated_at as "updatedAt",
      exists (select from change_key k where k.change_id = c.id and k.scope = c.scope and k.name = ${FREEZE_KEY}
        and k.decision = 'approved') as "isExcepted",
      jsonb_build_object('id', p.id, 'key', p.key, 'name', p.name) as product,
      case when r.id is null then null else jsonb_build_object('id', r.id, 'name', r.name) end as release,
      case when o.id is null then null else jsonb_build_object('id', o.id, 'name', o.name) end as owner,
      e.ids as "environmentIds", e.shown as environments
    from change c join product p on p.id = c.product_id left join release r on r.id = c.release_id
      left join person o on o.id = c.owner_id
      cross join lateral (select coalesce(jsonb_agg(e.id), '[]') as ids,
        coalesce(jsonb_agg(jsonb_build_object('id', e.id, 'key', e.key, 'name', e.name) order by e.name, e.id), '[]') as shown
        from change_environment x join environment e on e.id = x.environment_id where x.change_id = c.id) e
    where c.id in (${reaches(sql`starts_at`)} union ${reaches(sql`begun_at`)})
      and (c.state = 'implementing' or coalesce(c.ends_at, c.finished_at) > ${from}::timestamptz)
      and c.state not in ('rejected', 'cancelled') and (c.state <> 'draft' or c.id = ${draftId}::uuid)
    order by least(c.starts_at, c.begun_at), c.id limit ${sql.lit(most + 1)}`.execute(tx)
  return rows.flatMap(({ begunAt, finishedAt, ...row }) => {
    const taken = timeTaken({ state: row.state, window: windowOf(row), begunAt, finishedAt }, now)
    return taken !== null && areAtOnce(taken, { from, to }) ? [{ ...row, ...taken }] : []
  })
}

/** Freezes with a moment in common with a time. */
export const shownFreezesIn = async (
  tx: Tx,
  { from, to }: Span,
  most: number,
): Promise<readonly ListedFreeze[]> =>
  (
    await sql<ListedFreeze>`
      select f.id, f.reason, ${FREEZE_PRODUCTS} as products, f.starts_at as "from", f.ends_at as "to",
        f.created_by as "createdBy", f.ended_at as "endedAt", f.version, f.updated_at as "updatedAt"
      from change_freeze f where f.ended_at is null and f.starts_at < ${to}::timestamptz and f.ends_at > ${from}::timestamptz
        and f.starts_at > ${from}::timestamptz - interval '121 days'
      order by f.starts_at, f.id limit ${sql.lit(most + 1)}`.execute(tx)
  ).rows

export const bookedOf = (booking: ListedBooking): BookedEnvironment => ({
  ...{ id: booking.id, environmentId: booking.environment.id, from: booking.from, to: booking.to },
  ...{ releaseId: booking.release?.id ?? null, isShareable: booking.isShareable },
})

export const frozenOf = ({ id, reason, from, to, products }: ListedFreeze) => ({
  ...{ id, reason, from, to },
  productIds: products.map((product) => product.id),
})

/** What is in the way of something planned, with enough to name it. */
export interface ShownChangeConflict {
  readonly kind: ChangeConflict['kind']
  readonly changes: readonly Pick<ScheduledChange, 'id' | 'key' | 'title' | 'kind' | 'from' | 'to'>[]
  readonly freeze: Pick<ListedFreeze, 'id' | 'reason' | 'from' | 'to'> | null
  readonly booking: Pick<ListedBooking, 'id' | 'environment' | 'person' | 'purpose' | 'from' | 'to'> | null
}

export const shownChangeConflicts = (
  changes: readonly ScheduledChange[],
  freezes: readonly ListedFreeze[],
  bookings: readonly ListedBooking[],
  now: Date,
): readonly ShownChangeConflict[] => {
  const byId = <R extends { readonly id: string }>(rows: readonly R[]) =>
    new Map(rows.map((row) => [row.id, row]))
  const [changed, frozen, booked] = [byId(changes), byId(freezes), byId(bookings)]
  const going = changes.filter(({ state }) => state !== 'closed' && state !== 'reviewing')
  return changeConflicts(going, freezes.map(frozenOf), bookings.map(bookedOf), now).map((conflict) => {
    const ids = 'changeIds' in conflict ? conflict.changeIds : [conflict.changeId]
    const freeze = 'freezeId' in conflict ? frozen.get(conflict.freezeId) : undefined
    const booking = 'bookingId' in conflict ? booked.get(conflict.bookingId) : undefined
    return {
      kind: conflict.kind,
      changes: ids.flatMap((id) => {
        const change = changed.get(id)
        if (change === undefined) return []
        const { key, title, kind, from, to } = change
        return [{ id, key, title, kind, from, to }]
      }),
      freeze: freeze === undefined ? null : pick(freeze),
      booking: booking === undefined ? null : pickBooking(booking),
    }
  })
}

const pick = ({ id, reason, from, to }: ListedFreeze) => ({ id, reason, from, to })
const pickBooking = ({ id, environment, person, purpose, from, to }: ListedBooking) => ({
  ...{ id, environment, person, purpose, from, to },
})

/** Around one change there is seldom much. */
const MOST_AROUND = 200

/** What is in the way of one change, and the freezes its window lies in. */
export const aroundChange = async (
  tx: Tx,
  change: Pick<ChangeView, 'id' | 'product' | 'state' | 'from' | 'to' | 'begunAt' | 'finishedAt'>,
  now: Date,
): Promise<{
  readonly conflicts: readonly ShownChangeConflict[]
  readonly freezes: readonly Pick<ListedFreeze, 'id' | 'reason' | 'from' | 'to'>[]
}> => {
  const window = timeTaken({ ...change, window: windowOf(change) }, now)
  if (window === null) return { conflicts: [], freezes: [] }
  const changes = await changesIn(tx, window, now, MOST_AROUND, change.id)
  const freezes = await shownFreezesIn(tx, window, MOST_AROUND)
  const { rows: bookings } = await sql<ListedBooking>`
    select ${BOOKING_COLUMNS} from booking b ${BOOKING_JOINS}
    where b.ended_at is null and ${hasMomentIn(window.from, window.to)}
      and b.environment_id in (select environment_id from change_environment where change_id = ${change.id}::uuid)
    order by b.starts_at, b.id limit ${sql.lit(MOST_AROUND)}`.execute(tx)
  const touches = freezes.filter(
    ({ products }) => products.length === 0 || products.some(({ id }) => id === change.product.id),
  )
  return {
    conflicts: shownChangeConflicts(changes, freezes, bookings, now).filter(({ changes: those }) =>
      those.some(({ id }) => id === change.id),
    ),
    freezes: touches.map(pick),
  }
}
