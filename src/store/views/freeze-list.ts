import { sql } from 'kysely'
import type { Actor } from '../../domain/actor.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { ok, type Result } from '../../lib/result.ts'
import { type Page, type PageRequest, pageOf, pageSize, readPlace } from '../cursor.ts'
import type { Database } from '../database.ts'
import { isOf, whereAll } from './conditions.ts'
import type { KeyedName } from './shown-parts.ts'

export interface ListedFreeze {
  readonly id: string
  readonly reason: string
  /** None: all products. */
  readonly products: readonly KeyedName[]
  readonly from: Date
  readonly to: Date
  readonly createdBy: Actor
  readonly endedAt: Date | null
  readonly version: number
  readonly updatedAt: Date
}

export const FREEZE_PRODUCTS = sql`coalesce((select jsonb_agg(jsonb_build_object('id', p.id, 'key', p.key, 'name', p.name) order by p.name, p.id)
  from change_freeze_product x join product p on p.id = x.product_id where x.freeze_id = f.id), '[]')`

/** Freezes that are not over and not lifted, by their beginning; one by its id whatever became of it. */
export const listFreezes = async (
  db: Database,
  { id, past }: { readonly id?: string; readonly past?: boolean },
  now: Date,
  page: PageRequest,
): Promise<Result<Page<ListedFreeze>, Refusal>> => {
  const place = readPlace(page.after, 'time')
  if (!place.ok) return place
  const limit = pageSize(page.limit)
  const conditions = [
    ...(id === undefined ? [] : [isOf(sql`f.id`, id)]),
    ...(id !== undefined || past === true
      ? []
      : [sql`f.ended_at is null and f.ends_at > ${now}::timestamptz`]),
    ...(place.value === null
      ? []
      : [sql`(f.starts_at, f.id) > (${place.value.at}::timestamptz, ${place.value.id}::uuid)`]),
  ]
  const { rows } = await sql<ListedFreeze>`
    select f.id, f.reason, ${FREEZE_PRODUCTS} as products, f.starts_at as "from", f.ends_at as "to",
      f.created_by as "createdBy", f.ended_at as "endedAt", f.version, f.updated_at as "updatedAt"
    from change_freeze f ${whereAll(conditions)} order by f.starts_at, f.id limit ${sql.lit(limit + 1)}`.execute(
    db,
  )
  return ok(pageOf(rows, limit, (row) => ({ at: row.from.toISOString(), id: row.id })))
}
