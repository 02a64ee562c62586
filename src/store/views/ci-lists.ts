import { sql } from 'kysely'
import type { CiKind } from '../../domain/ci/ci-kind.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { ok, type Result } from '../../lib/result.ts'
import type { CiMissing } from '../ci-tables.ts'
import { type Page, type PageRequest, pageOf, pageSize, readPlace } from '../cursor.ts'
import type { Database } from '../database.ts'
import { isOf, whereAll } from './conditions.ts'
import type { KeyedName } from './shown-parts.ts'

/** A CI source with its rules; never its secret. */
export interface ListedCiSource extends KeyedName {
  readonly kind: CiKind
  readonly product: KeyedName
  readonly tagPrefix: string | null
  readonly rules: readonly ListedCiRule[]
  readonly heardAt: Date | null
  readonly refused: NotTaken | null
  readonly ignored: NotTaken | null
  /** Told and not understood yet. */
  readonly waiting: number
  readonly version: number
  readonly pausedAt: Date | null
  readonly archivedAt: Date | null
}
export interface ListedCiRule {
  readonly pattern: string
  readonly environment: KeyedName | null
  readonly installation: {
    readonly id: string
    readonly customer: KeyedName
    readonly environment: string
  } | null
}
export interface NotTaken {
  readonly count: number
  readonly at: Date
  readonly why: string
}

const RULES = sql`coalesce((select jsonb_agg(jsonb_build_object('pattern', u.pattern,
    'environment', case when e.id is null then null else jsonb_build_object('id', e.id, 'key', e.key, 'name', e.name) end,
    'installation', case when i.id is null then null else jsonb_build_object('id', i.id, 'environment', i.environment,
      'customer', jsonb_build_object('id', c.id, 'key', c.key, 'name', c.name)) end) order by u.position)
  from ci_rule u left join environment e on e.id = u.environment_id left join installation i on i.id = u.installation_id
    left join customer c on c.id = i.customer_id where u.source_id = s.id), '[]')`

interface SourceRow extends Omit<ListedCiSource, 'refused' | 'ignored'> {
  readonly sorted: string
  readonly refusedAt: Date | null
  readonly refusedWhy: string | null
  readonly refusedCount: number
  readonly ignoredAt: Date | null
  readonly ignoredWhy: string | null
  readonly ignoredCount: number
}

const notTaken = (count: number, at: Date | null, why: string | null): NotTaken | null =>
  at === null ? null : { count, at, why: why ?? '' }

/** Sources by name; archived ones not, except by id. */
export const listCiSources = async (
  db: Database,
  filter: { readonly id?: string },
  page: PageRequest,
): Promise<Result<Page<ListedCiSource>, Refusal>> => {
  const place = readPlace(page.after, 'text')
  if (!place.ok) return place
  const limit = pageSize(page.limit)
  const conditions = [
    filter.id === undefined ? sql`s.archived_at is null` : isOf(sql`s.id`, filter.id),
    ...(place.value === null
      ? []
      : [sql`(lower(s.name) collate "C", s.id) > (${place.value.at} collate "C", ${place.value.id}::uuid)`]),
  ]
  const { rows } = await sql<SourceRow>`
    select s.id, s.key, s.name, s.kind, s.tag_prefix as "tagPrefix", s.heard_at as "heardAt", s.version,
      s.refused_at as "refusedAt", s.refused_why as "refusedWhy", s.refused_count as "refusedCount",
      s.ignored_at as "ignoredAt", s.ignored_why as "ignoredWhy", s.ignored_count as "ignoredCount",
      s.paused_at as "pausedAt", s.archived_at as "archivedAt", lower(s.name) as sorted, ${RULES} as rules,
      jsonb_build_object('id', p.id, 'key', p.key, 'name', p.name) as product,
      (select count(*)::int from ci_report r where r.source_id = s.id and r.state = 'waiting') as waiting
    from ci_source s join product p on p.id = s.product_id
    ${whereAll(conditions)} order by lower(s.name) collate "C", s.id limit ${sql.lit(limit + 1)}`.execute(db)
  const { items, next } = pageOf(rows, limit, ({ sorted, id }) => ({ at: sorted, id }))
  return ok({ items: items.map(shown), next })
}

const shown = (row: SourceRow): ListedCiSource => {
  const { sorted: _, refusedAt, refusedWhy, refusedCount, ignoredAt, ignoredWhy, ignoredCount, ...rest } = row
  return {
    ...rest,
    refused: notTaken(refusedCount, refusedAt, refusedWhy),
    ignored: notTaken(ignoredCount, ignoredAt, ignoredWhy),
  }
}

/** What a source told of one place and nobody understands yet. */
export interface WaitingReports {
  /** Of the newest. */
  readonly id: string
  readonly source: KeyedName
  readonly product: KeyedName
  /** As they call it. */
  readonly environment: string
  readonly missing: CiMissing
  /** Of the newest. */
  readonly reason: string
  readonly count: number
  readonly lastAt: Date
}

/** By source, place and what is missing, the last told first. */
export const listWaitingReports = async (
  db: Database,
  page: PageRequest,
): Promise<Result<Page<WaitingReports>, Refusal>> => {
  const place = readPlace(page.after, 'time')
  if (!place.ok) return place
  const limit = pageSize(page.limit)
  const before =
    place.value === null
      ? sql`true`
      : sql`(w."lastAt", w.id) < (${place.value.at}::timestamptz, ${place.value.id}::uuid)`
  const { rows } = await sql<WaitingReports>`
    select w.id, w.environment, w.missing, w.reason, w.count, w."lastAt",
      jsonb_build_object('id', s.id, 'key', s.key, 'name', s.name) as source,
      jsonb_build_object('id', p.id, 'key', p.key, 'name', p.name) as product
    from (
      select r.source_id, r.environment, coalesce(r.missing, 'other') as missing, count(*)::int as count,
        max(r.received_at) as "lastAt", (array_agg(r.id order by r.received_at desc, r.id desc))[1] as id,
        coalesce((array_agg(r.reason order by r.received_at desc, r.id desc))[1], '') as reason
      from ci_report r where r.state = 'waiting' group by 1, 2, 3
    ) w join ci_source s on s.id = w.source_id and s.archived_at is null join product p on p.id = s.product_id
    where ${before} order by w."lastAt" desc, w.id desc limit ${sql.lit(limit + 1)}`.execute(db)
  return ok(pageOf(rows, limit, (row) => ({ at: row.lastAt.toISOString(), id: row.id })))
}
