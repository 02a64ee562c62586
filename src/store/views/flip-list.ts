import { sql } from 'kysely'
import type { Refusal } from '../../domain/refusal.ts'
import { ok, type Result } from '../../lib/result.ts'
import { type Page, type PageRequest, pageOf, pageSize, readPlace } from '../cursor.ts'
import type { Database } from '../database.ts'
import { isOf, whereAll } from './conditions.ts'
import type { KeyedName, Named } from './shown-parts.ts'

export interface ListedFlip {
  readonly id: string
  readonly flag: string
  readonly product: KeyedName
  readonly environment: KeyedName | null
  readonly from: string | null
  readonly to: string
  readonly at: Date
  readonly person: Named | null
  readonly source: string
  readonly url: string | null
}

/** Flips of flags, the latest first. */
export const listFlips = async (
  db: Database,
  filter: { readonly id?: string; readonly productId?: string },
  page: PageRequest,
): Promise<Result<Page<ListedFlip>, Refusal>> => {
  const place = readPlace(page.after, 'time')
  if (!place.ok) return place
  const limit = pageSize(page.limit)
  const conditions = [
    ...(filter.id === undefined ? [] : [isOf(sql`f.id`, filter.id)]),
    ...(filter.productId === undefined ? [] : [isOf(sql`f.product_id`, filter.productId)]),
    ...(place.value === null
      ? []
      : [sql`(f.at, f.id) < (${place.value.at}::timestamptz, ${place.value.id}::uuid)`]),
  ]
  const { rows } = await sql<ListedFlip>`
    select f.id, f.flag, f.from_value as "from", f.to_value as "to", f.at, f.source, f.url,
      jsonb_build_object('id', p.id, 'key', p.key, 'name', p.name) as product,
      case when e.id is null then null else jsonb_build_object('id', e.id, 'key', e.key, 'name', e.name) end as environment,
      case when h.id is null then null else jsonb_build_object('id', h.id, 'name', h.name) end as person
    from flag_flip f join product p on p.id = f.product_id left join environment e on e.id = f.environment_id
      left join person h on h.id = f.person_id
    ${whereAll(conditions)} order by f.at desc, f.id desc limit ${sql.lit(limit + 1)}`.execute(db)
  return ok(pageOf(rows, limit, (row) => ({ at: row.at.toISOString(), id: row.id })))
}
