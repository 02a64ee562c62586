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

/**
 * What was built on a release has it, on whatever line of commits; what the release was built on lacks it. A release that
 * nobody traced has only itself, and of two that neither was built on the other nothing is known once it is out.
 */
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
    with recursive later (repository_id, id) as (
      select repository_id, release_id from trace_release where release_id = ${filter.releaseId}::uuid
      union select t.repository_id, t.release_id from trace_release t join later l
        on t.basis_id = l.id and t.repository_id = l.repository_id
    ), earlier (repository_id, id) as (
      select repository_id, basis_id from trace_release
        where release_id = ${filter.releaseId}::uuid and basis_id is not null
      union select t.repository_id, t.basis_id from trace_release t join earlier e
        on t.release_id = e.id and t.repository_id = e.repository_id where t.basis_id is not null
    ), theirs as materialized (
      select i.id, i.customer_id, i.environment, i.version, coalesce(i.release_id, v.id) as release_id,
        case when coalesce(i.release_id, v.id) is null then 'unknown'
          when coalesce(i.release_id, v.id) = r.id or coalesce(i.release_id, v.id) in (select id from later) then 'yes'
          when r.released_at is null or coalesce(i.release_id, v.id) in (select id from earlier) then 'no'
          else 'unknown' end as has
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
