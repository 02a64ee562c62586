import { type RawBuilder, sql } from 'kysely'
import type { Refusal } from '../../domain/refusal.ts'
import { ok, type Result } from '../../lib/result.ts'
import { type Page, type PageRequest, pageOf, pageSize, readPlace } from '../cursor.ts'
import type { Database } from '../database.ts'
import { isOf, whereAll } from './conditions.ts'
import type { KeyedName, Named } from './shown-parts.ts'

export interface ListedBooking {
  readonly id: string
  readonly environment: KeyedName
  readonly product: KeyedName
  readonly person: Named
  readonly release: Named | null
  readonly purpose: string
  readonly from: Date
  readonly to: Date
  /** Others may have it beside them: it and its environment say so. */
  readonly isShareable: boolean
  readonly endedAt: Date | null
  readonly version: number
  readonly updatedAt: Date
}

export interface BookingFilter {
  readonly id?: string
  readonly environmentId?: string
  readonly personId?: string
  /** Those that have a moment in common with this time. */
  readonly from?: Date
  readonly to?: Date
  /** Those that were cancelled too. */
  readonly ended?: boolean
}

export const BOOKING_COLUMNS = sql`b.id, b.purpose, b.starts_at as "from", b.ends_at as "to", b.ended_at as "endedAt", b.version,
  b.updated_at as "updatedAt", b.is_shareable and e.is_shareable as "isShareable",
  jsonb_build_object('id', e.id, 'key', e.key, 'name', e.name) as environment,
  jsonb_build_object('id', p.id, 'key', p.key, 'name', p.name) as product,
  jsonb_build_object('id', h.id, 'name', h.name) as person,
  case when r.id is null then null else jsonb_build_object('id', r.id, 'name', r.name) end as release`
export const BOOKING_JOINS = sql`join environment e on e.id = b.environment_id join product p on p.id = e.product_id
  join person h on h.id = b.person_id left join release r on r.id = b.release_id`

/** None is longer than 90 days (domain/booking.ts): so an index on the beginnings finds all that reach into a time. */
const LONGEST = sql`interval '91 days'`

export const hasMomentIn = (from: Date, to: Date): RawBuilder<unknown> =>
  sql`(b.starts_at < ${to}::timestamptz and b.ends_at > ${from}::timestamptz and b.starts_at > ${from}::timestamptz - ${LONGEST})`

/** Bookings by their beginning. */
export const listBookings = async (
  db: Database,
  filter: BookingFilter,
  page: PageRequest,
): Promise<Result<Page<ListedBooking>, Refusal>> => {
  const place = readPlace(page.after, 'time')
  if (!place.ok) return place
  const limit = pageSize(page.limit)
  const { id, environmentId, personId, from, to } = filter
  const conditions = [
    ...(filter.ended === true || id !== undefined ? [] : [sql`b.ended_at is null`]),
    ...(id === undefined ? [] : [isOf(sql`b.id`, id)]),
    ...(environmentId === undefined ? [] : [isOf(sql`b.environment_id`, environmentId)]),
    ...(personId === undefined ? [] : [isOf(sql`b.person_id`, personId)]),
    ...(from === undefined
      ? []
      : [sql`b.ends_at > ${from}::timestamptz and b.starts_at > ${from}::timestamptz - ${LONGEST}`]),
    ...(to === undefined ? [] : [sql`b.starts_at < ${to}::timestamptz`]),
    ...(place.value === null
      ? []
      : [sql`(b.starts_at, b.id) > (${place.value.at}::timestamptz, ${place.value.id}::uuid)`]),
  ]
  const { rows } = await sql<ListedBooking>`
    select ${BOOKING_COLUMNS} from booking b ${BOOKING_JOINS} ${whereAll(conditions)}
    order by b.starts_at, b.id limit ${sql.lit(limit + 1)}`.execute(db)
  return ok(pageOf(rows, limit, (row) => ({ at: row.from.toISOString(), id: row.id })))
}
