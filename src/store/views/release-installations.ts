import { sql } from 'kysely'
import type { Refusal } from '../../domain/refusal.ts'
import { ok, type Result } from '../../lib/result.ts'
import { type Page, type PageRequest, pageOf, pageSize, readPlace } from '../cursor.ts'
import type { Database } from '../database.ts'
import type { Named } from './shown-parts.ts'

/** An installation of the product, and whether what runs there has this release. */
export interface ReleaseInstallation {
  readonly id: string
  readonly customer: Named
  readonly environment: string
  readonly version: string | null
  readonly release: Named | null
  readonly has: 'yes' | 'no' | 'unknown'
  /** Since when, where a deployment told of it. */
  readonly since: Date | null
}

/** A later release of a line of commits has what came before it; a release that nobody traced has only itself. */
export const listReleaseInstallations = async (
  db: Database,
  filter: { readonly releaseId: string; readonly has: ReleaseInstallation['has'] | null },
  page: PageRequest,
): Promise<Result<Page<ReleaseInstallation>, Refusal>> => {
  const place = readPlace(page.after, 'text')
  if (!place.ok) return place
  const limit = pageSize(page.limit)
  const at = place.value?.at ?? null
  const { rows } = await sql<ReleaseInstallation & { readonly sorted: string }>`
    with theirs as materialized (
      select i.id, i.customer_id, i.environment, i.version, coalesce(i.release_id, v.id) as release_id,
        case when coalesce(i.release_id, v.id) is null then 'unknown'
          when coalesce(i.release_id, v.id) = r.id then 'yes'
          else coalesce((select case when t.position >= mine.position then 'yes' else 'no' end
            from trace_release mine join trace_release t on t.line_id = mine.line_id
            where mine.release_id = r.id and t.release_id = coalesce(i.release_id, v.id) limit 1),
            case when r.released_at is null then 'no' else 'unknown' end) end as has
      from release r join installation i on i.product_id = r.product_id
        left join release v on i.release_id is null and v.product_id = i.product_id and v.name = i.version
      where r.id = ${filter.releaseId}::uuid
    )
    select s.id, jsonb_build_object('id', c.id, 'name', c.name) as customer, s.environment, s.version, s.has,
      case when n.id is null then null else jsonb_build_object('id', n.id, 'name', n.name) end as release,
      (select max(d.finished_at) from deployment d where d.installation_id = s.id
        and d.release_id = ${filter.releaseId}::uuid and d.state = 'succeeded') as since, lower(c.name) as sorted
    from theirs s join customer c on c.id = s.customer_id left join release n on n.id = s.release_id
    where (${filter.has}::text is null or s.has = ${filter.has})
      and (${at}::text is null or (lower(c.name) collate "C", s.id) > (${at} collate "C", ${place.value?.id ?? null}::uuid))
    order by lower(c.name) collate "C", s.id limit ${sql.lit(limit + 1)}`.execute(db)
  const found = pageOf(rows, limit, (row) => ({ at: row.sorted, id: row.id }))
  return ok({ ...found, items: found.items.map(({ sorted: _, ...row }) => row) })
}
