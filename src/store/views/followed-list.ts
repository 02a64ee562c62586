import { sql } from 'kysely'
import type { Refusal } from '../../domain/refusal.ts'
import { ok, type Result } from '../../lib/result.ts'
import { type Page, type PageRequest, pageOf, pageSize, readPlace } from '../cursor.ts'
import type { Database } from '../database.ts'
import type { FollowedHead, ReadingProblem, ToldNews } from '../followed-repository-table.ts'
import { isOf, whereAll } from './conditions.ts'
import type { KeyedName } from './shown-parts.ts'

export interface ListedRepository {
  readonly id: string
  readonly product: KeyedName
  readonly address: string
  readonly account: string | null
  readonly hasToken: boolean
  readonly tags: string | null
  readonly except: string | null
  readonly prefix: string | null
  readonly path: string | null
  readonly heads: readonly FollowedHead[]
  readonly everyMinutes: number
  /** At this moment, or as soon as a worker is free. */
  readonly isReading: boolean
  readonly readAt: Date | null
  readonly nextReadAt: Date
  readonly told: ToldNews | null
  readonly problem: ReadingProblem | null
  /** Releases that are known by its history. */
  readonly releases: number
  readonly pausedAt: Date | null
  readonly archivedAt: Date | null
  readonly version: number
}

/** Repositories that Causeway reads itself, by product and address. */
export const listFollowed = async (
  db: Database,
  filter: { readonly id?: string; readonly archived?: boolean },
  now: Date,
  page: PageRequest,
): Promise<Result<Page<ListedRepository>, Refusal>> => {
  const place = readPlace(page.after, 'text')
  if (!place.ok) return place
  const limit = pageSize(page.limit)
  const archived = filter.archived === true ? sql`f.archived_at is not null` : sql`f.archived_at is null`
  const sorted = sql`(lower(p.name) || ' ' || f.address) collate "C"`
  const conditions = [
    filter.id === undefined ? archived : isOf(sql`f.id`, filter.id),
    ...(place.value === null
      ? []
      : [sql`(${sorted}, f.id) > (${place.value.at} collate "C", ${place.value.id}::uuid)`]),
  ]
  const { rows } = await sql<ListedRepository & { readonly sorted: string }>`
    select f.id, f.address, f.account, f.token is not null as "hasToken", f.tags, f.except_tags as "except", f.prefix, f.path, f.heads,
      f.every_minutes as "everyMinutes", f.read_at as "readAt", f.next_read_at as "nextReadAt", f.told, f.problem, f.version,
      f.paused_at as "pausedAt", f.archived_at as "archivedAt", ${sorted} as sorted,
      f.archived_at is null and f.paused_at is null
        and (f.leased_until > ${now}::timestamptz or f.next_read_at <= ${now}::timestamptz) as "isReading",
      jsonb_build_object('id', p.id, 'key', p.key, 'name', p.name) as product,
      (select count(*)::int from repository r join trace_release t on t.repository_id = r.id
        where r.product_id = f.product_id and r.name = f.repository) as releases
    from followed_repository f join product p on p.id = f.product_id
    ${whereAll(conditions)} order by ${sorted}, f.id limit ${sql.lit(limit + 1)}`.execute(db)
  const found = pageOf(rows, limit, (row) => ({ at: row.sorted, id: row.id }))
  return ok({
    ...found,
    items: found.items.map(({ sorted: _, isReading, ...row }) => ({ ...row, isReading: isReading === true })),
  })
}
