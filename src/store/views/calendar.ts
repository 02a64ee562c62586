import { sql } from 'kysely'
import type { Span } from '../../domain/booking.ts'
import { conflictsOf } from '../../domain/calendar-conflicts.ts'
import type { ReleaseState } from '../../domain/words.ts'
import type { Tx } from '../database.ts'
import { BOOKING_COLUMNS, BOOKING_JOINS, hasMomentIn, type ListedBooking } from './booking-list.ts'
import type { ListedFreeze } from './freeze-list.ts'
import {
  changesIn,
  type ScheduledChange,
  type ShownChangeConflict,
  shownChangeConflicts,
  shownFreezesIn,
} from './planned-changes.ts'
import type { KeyedName, Named } from './shown-parts.ts'

/** Days of a release that is expected, the moment one came out, the time of a booking, a change or a freeze. */
export interface CalendarEntry {
  readonly kind: 'planned' | 'released' | 'booking' | 'change' | 'freeze'
  /** Of the release, the booking, the change or the freeze. */
  readonly id: string
  /** `YYYY-MM-DD` where it is whole days, both included; else moments. */
  readonly from: string
  readonly to: string
  /** Null: a freeze of several products, or of all. */
  readonly product: KeyedName | null
  /** Of a booking or a change: the release it is for. */
  readonly release: (Named & { readonly state: ReleaseState | null }) | null
  /** Of a planned release, in percent. */
  readonly confidence: number | null
  readonly booking: {
    readonly environment: KeyedName
    readonly person: Named
    readonly purpose: string
    readonly isShareable: boolean
  } | null
  readonly change: Pick<ScheduledChange, 'key' | 'title' | 'kind' | 'state' | 'environments' | 'owner'> | null
  readonly freeze: Pick<ListedFreeze, 'reason' | 'products' | 'version'> | null
  readonly updatedAt: Date
}

/** A release that is expected while every environment of its product is taken for something else. */
export interface ShownConflict {
  readonly release: Named
  readonly product: KeyedName
  readonly booking: Pick<ListedBooking, 'id' | 'environment' | 'person' | 'purpose' | 'from' | 'to'>
}

export interface Calendar {
  readonly entries: readonly CalendarEntry[]
  readonly conflicts: readonly ShownConflict[]
  readonly changeConflicts: readonly ShownChangeConflict[]
  /** There is more than is listed: ask for a shorter time. */
  readonly isCut: boolean
}

/** Of each kind: more are read by nobody. */
const MOST = 1_000

interface ReleaseRow {
  readonly id: string
  readonly name: string
  readonly state: ReleaseState
  readonly from: string | null
  readonly to: string | null
  readonly confidence: number | null
  readonly releasedAt: Date | null
  readonly updatedAt: Date
  readonly product: KeyedName
}
type BookingRow = ListedBooking & { readonly places: number }

const rowsIn = async (tx: Tx, { from, to }: Span, now: Date) => {
  const releases = await releasesIn(tx, from, to)
  const bookings = await bookingsIn(tx, from, to)
  const changes = await changesIn(tx, { from, to }, now, MOST)
  const freezes = await shownFreezesIn(tx, { from, to }, MOST)
  return {
    ...{ releases: releases.slice(0, MOST), bookings: bookings.slice(0, MOST) },
    ...{ changes: changes.slice(0, MOST), freezes: freezes.slice(0, MOST) },
    isCut: [releases, bookings, changes, freezes].some((rows) => rows.length > MOST),
  }
}

const entriesOf = (rows: Awaited<ReturnType<typeof rowsIn>>): readonly CalendarEntry[] =>
  [
    ...rows.releases.flatMap(releaseEntries),
    ...rows.bookings.map(bookingEntry),
    ...rows.changes.map(changeEntry),
    ...rows.freezes.map(freezeEntry),
  ].toSorted((a, b) => (`${a.from} ${a.id}` < `${b.from} ${b.id}` ? -1 : 1))

/** All that is known of a time, by its beginning. Days are compared by UTC: whoever shows them shows the days they are. */
export const readCalendar = async (tx: Tx, span: Span, now: Date): Promise<Calendar> => {
  const rows = await rowsIn(tx, span, now)
  return {
    entries: entriesOf(rows),
    conflicts: shownConflicts(rows.releases, rows.bookings, now),
    changeConflicts: shownChangeConflicts(rows.changes, rows.freezes, rows.bookings, now),
    isCut: rows.isCut,
  }
}

const SHORTEST_MS = 3_600_000

/**
 * However much there is: a time with more than is read at once is read in halves, the first one first. False where the
 * last of it is left out, because `found` holds `most` already or one hour holds more than is read at once.
 */
export const readAllEntries = async (
  tx: Tx,
  { from, to }: Span,
  now: Date,
  most: number,
  found: Map<string, CalendarEntry>,
): Promise<boolean> => {
  if (found.size >= most) return false
  const rows = await rowsIn(tx, { from, to }, now)
  if (rows.isCut && to.getTime() - from.getTime() > SHORTEST_MS) {
    const middle = new Date((from.getTime() + to.getTime()) / 2)
    const isFirstWhole = await readAllEntries(tx, { from, to: middle }, now, most, found)
    return (await readAllEntries(tx, { from: middle, to }, now, most, found)) && isFirstWhole
  }
  for (const entry of entriesOf(rows)) found.set(`${entry.kind} ${entry.id}`, entry)
  return !rows.isCut
}

const releasesIn = async (tx: Tx, from: Date, to: Date): Promise<readonly ReleaseRow[]> =>
  (
    await sql<ReleaseRow>`
      select r.id, r.name, r.state, r.planned_from as "from", r.planned_to as "to", r.confidence,
        r.released_at as "releasedAt", r.updated_at as "updatedAt",
        jsonb_build_object('id', p.id, 'key', p.key, 'name', p.name) as product
      from release r join product p on p.id = r.product_id
      where (r.released_at >= ${from}::timestamptz and r.released_at < ${to}::timestamptz and r.state <> 'withdrawn')
        or (r.released_at is null and r.state <> 'withdrawn'
          and coalesce(r.planned_from, r.planned_to) <= (${to}::timestamptz at time zone 'UTC')::date
          and coalesce(r.planned_to, r.planned_from) >= (${from}::timestamptz at time zone 'UTC')::date)
      order by coalesce(r.planned_from, r.planned_to), r.id limit ${sql.lit(MOST + 1)}`.execute(tx)
  ).rows

const bookingsIn = async (tx: Tx, from: Date, to: Date): Promise<readonly BookingRow[]> =>
  (
    await sql<BookingRow>`
      select ${BOOKING_COLUMNS}, (select count(*)::int from environment o
        where o.product_id = e.product_id and o.archived_at is null) as places
      from booking b ${BOOKING_JOINS} where b.ended_at is null and ${hasMomentIn(from, to)}
      order by b.starts_at, b.id limit ${sql.lit(MOST + 1)}`.execute(tx)
  ).rows

const NOTHING_ELSE = { booking: null, change: null, freeze: null, confidence: null } as const

const releaseEntries = (row: ReleaseRow): readonly CalendarEntry[] => {
  const { id, name, state, product, updatedAt } = row
  const shared = { id, product, updatedAt, release: { id, name, state }, ...NOTHING_ELSE }
  if (row.releasedAt !== null) {
    const at = row.releasedAt.toISOString()
    return [{ ...shared, kind: 'released', from: at, to: at }]
  }
  const days = daysOf(row)
  return days === null ? [] : [{ ...shared, ...days, kind: 'planned', confidence: row.confidence }]
}

/** An estimate may name one of its two days only. */
const daysOf = ({ from, to }: Pick<ReleaseRow, 'from' | 'to'>) => {
  const [first, last] = [from ?? to, to ?? from]
  return first === null || last === null ? null : { from: first, to: last }
}

const bookingEntry = (row: BookingRow): CalendarEntry => ({
  ...NOTHING_ELSE,
  kind: 'booking',
  id: row.id,
  from: row.from.toISOString(),
  to: row.to.toISOString(),
  product: row.product,
  release: row.release === null ? null : { ...row.release, state: null },
  booking: {
    ...{ environment: row.environment, person: row.person, purpose: row.purpose },
    isShareable: row.isShareable,
  },
  updatedAt: row.updatedAt,
})

const changeEntry = (row: ScheduledChange): CalendarEntry => ({
  ...NOTHING_ELSE,
  kind: 'change',
  id: row.id,
  from: row.from.toISOString(),
  to: row.to.toISOString(),
  product: row.product,
  release: row.release === null ? null : { ...row.release, state: null },
  change: {
    ...{ key: row.key, title: row.title, kind: row.kind, state: row.state },
    ...{ environments: row.environments, owner: row.owner },
  },
  updatedAt: row.updatedAt,
})

const freezeEntry = (row: ListedFreeze): CalendarEntry => ({
  ...NOTHING_ELSE,
  kind: 'freeze',
  id: row.id,
  from: row.from.toISOString(),
  to: row.to.toISOString(),
  product: row.products.length === 1 ? (row.products[0] ?? null) : null,
  release: null,
  freeze: { reason: row.reason, products: row.products, version: row.version },
  updatedAt: row.updatedAt,
})

const shownConflicts = (
  releases: readonly ReleaseRow[],
  bookings: readonly BookingRow[],
  now: Date,
): readonly ShownConflict[] => {
  const planned = releases.flatMap((row) => {
    const days = row.releasedAt === null ? daysOf(row) : null
    return days === null ? [] : [{ ...days, releaseId: row.id, productId: row.product.id }]
  })
  const taken = bookings.map((row) => ({
    ...{ bookingId: row.id, environmentId: row.environment.id, productId: row.product.id },
    ...{ from: row.from, to: row.to, places: row.places },
    ...{ isShareable: row.isShareable, releaseId: row.release?.id ?? null },
  }))
  return conflictsOf(planned, taken, now).flatMap(({ releaseId, bookingId }) => {
    const release = releases.find(({ id }) => id === releaseId)
    const booking = bookings.find(({ id }) => id === bookingId)
    if (release === undefined || booking === undefined) return []
    const { id, environment, person, purpose, from, to } = booking
    return [
      {
        release: { id: release.id, name: release.name },
        product: release.product,
        booking: { id, environment, person, purpose, from, to },
      },
    ]
  })
}
