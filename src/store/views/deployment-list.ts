import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '../../domain/actor.ts'
import type { DeploymentState } from '../../domain/deployment.ts'
import type { Refusal } from '../../domain/refusal.ts'
import type { ReleaseState } from '../../domain/words.ts'
import { ok, type Result } from '../../lib/result.ts'
import { type Page, type PageRequest, pageOf, pageSize, readPlace } from '../cursor.ts'
import type { Database } from '../database.ts'
import { isOf, isOneOf, whereAll } from './conditions.ts'
import type { KeyedName, Named } from './shown-parts.ts'

export interface ListedDeployment {
  readonly id: string
  readonly product: KeyedName
  readonly release: Named & { readonly state: ReleaseState }
  readonly environment: KeyedName | null
  readonly installation: {
    readonly id: string
    readonly customer: KeyedName
    /** What the customer calls the place: production, test. */
    readonly environment: string
  } | null
  readonly build: string | null
  readonly commit: string | null
  readonly state: DeploymentState
  readonly startedAt: Date
  readonly finishedAt: Date | null
  readonly source: string
  readonly externalId: string | null
  readonly url: string | null
  readonly reportedBy: Actor
  /** That it carries out. */
  readonly change: { readonly id: string; readonly key: string; readonly title: string } | null
  readonly version: number
}

export interface DeploymentFilter {
  readonly id?: string
  readonly productId?: string
  readonly releaseId?: string
  readonly environmentId?: string
  readonly installationId?: string
  readonly changeId?: string
  readonly state?: DeploymentState
  /** Those that started then or later. */
  readonly since?: Date
}

/** Deployments, the last to start first. */
export const listDeployments = async (
  db: Database,
  filter: DeploymentFilter,
  page: PageRequest,
): Promise<Result<Page<ListedDeployment>, Refusal>> => {
  const place = readPlace(page.after, 'time')
  if (!place.ok) return place
  const limit = pageSize(page.limit)
  const of = (column: RawBuilder<unknown>, id: string | undefined) =>
    id === undefined ? [] : [isOf(column, id)]
  const conditions = [
    ...of(sql`d.id`, filter.id),
    ...of(sql`d.product_id`, filter.productId),
    ...of(sql`d.release_id`, filter.releaseId),
    ...of(sql`d.environment_id`, filter.environmentId),
    ...of(sql`d.installation_id`, filter.installationId),
    ...of(sql`d.change_id`, filter.changeId),
    ...(filter.state === undefined ? [] : [isOneOf(sql`d.state`, [filter.state])]),
    ...(filter.since === undefined ? [] : [sql`d.started_at >= ${filter.since}::timestamptz`]),
    ...(place.value === null
      ? []
      : [sql`(d.started_at, d.id) < (${place.value.at}::timestamptz, ${place.value.id}::uuid)`]),
  ]
  const { rows } = await sql<ListedDeployment>`
    select d.id, d.build, d.commit_sha as commit, d.state, d.started_at as "startedAt", d.finished_at as "finishedAt",
      d.source, d.external_id as "externalId", d.url, d.reported_by as "reportedBy", d.version,
      jsonb_build_object('id', p.id, 'key', p.key, 'name', p.name) as product,
      jsonb_build_object('id', r.id, 'name', r.name, 'state', r.state) as release,
      case when e.id is null then null else jsonb_build_object('id', e.id, 'key', e.key, 'name', e.name) end as environment,
      case when i.id is null then null else jsonb_build_object('id', i.id, 'environment', i.environment,
        'customer', jsonb_build_object('id', c.id, 'key', c.key, 'name', c.name)) end as installation,
      case when x.id is null then null else jsonb_build_object('id', x.id, 'key', x.key, 'title', x.title) end as change
    from deployment d join product p on p.id = d.product_id join release r on r.id = d.release_id
      left join environment e on e.id = d.environment_id left join installation i on i.id = d.installation_id
      left join customer c on c.id = i.customer_id left join change x on x.id = d.change_id
    ${whereAll(conditions)} order by d.started_at desc, d.id desc limit ${sql.lit(limit + 1)}`.execute(db)
  return ok(pageOf(rows, limit, (row) => ({ at: row.startedAt.toISOString(), id: row.id })))
}
