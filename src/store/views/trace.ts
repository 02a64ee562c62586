import { sql } from 'kysely'
import type { Refusal } from '../../domain/refusal.ts'
import type { ReleaseState, WorkItemKind, WorkItemState } from '../../domain/words.ts'
import { ok, type Result } from '../../lib/result.ts'
import { type Page, type PageRequest, pageOf, pageSize, readPlace } from '../cursor.ts'
import type { Database } from '../database.ts'
import { KEYS_OF_WORK } from '../traced-work.ts'
import type { Named } from './shown-parts.ts'

/** What a release contains, by its commits, and where its commits come from. */
export type ContentChange = 'enters' | 'leaves' | 'stays'

export interface ShownCommit {
  readonly id: string
  readonly subject: string
  readonly author: string
  readonly at: Date
}
export interface ContentRow {
  readonly key: string
  readonly change: ContentChange
  readonly workItem: {
    readonly id: string
    readonly key: string
    readonly title: string
    readonly kind: WorkItemKind
    readonly state: WorkItemState
  } | null
  /** Oldest first, at most 20: those that bring it, and those that take it back. */
  readonly commits: readonly ShownCommit[]
}
export interface TracedFrom {
  readonly repository: string
  readonly commit: string
  readonly at: Date
  readonly counted: number
  readonly basis: Named | null
}
export interface ReleaseTrace {
  readonly repositories: readonly TracedFrom[]
  readonly enters: number
  readonly leaves: number
  readonly stays: number
}

const MOST_COMMITS = 20

/**
 * What release `id` contains, a row for each work item, or for each key that none has; not for bare numbers, which are
 * pull requests as often as issues. A work item with several keys stays while one of them does.
 */
export const contentsOf = (id: string) => sql`
  select coalesce(k.work_item_id::text, s.key) as subject, min(s.key) as key, k.work_item_id,
    array_agg(distinct s.key) as keys, array_agg(distinct r.line_id) as lines, max(r.position) as position,
    case when bool_or(s.since < r.position and (s.until is null or s.until > r.position)) then 'stays'
      when bool_or(s.since = r.position) then 'enters' else 'leaves' end as change
  from trace_release r join trace_span s on s.line_id = r.line_id and s.since <= r.position
      and (s.until is null or s.until >= r.position)
    join release on release.id = r.release_id
    left join lateral (
      select k.work_item_id from (${KEYS_OF_WORK}) k join work_item w on w.id = k.work_item_id
      where k.key = s.key and (w.product_id is null or w.product_id = release.product_id)
      order by w.product_id nulls last, w.id limit 1
    ) k on true
  where r.release_id = ${id}::uuid and (k.work_item_id is not null or position('#' in s.key) = 0)
  group by 1, k.work_item_id`

const commitsOf = sql`
  select coalesce(jsonb_agg(jsonb_build_object('id', x.sha, 'subject', x.subject, 'author', x.author, 'at', x.authored_at)
    order by x.position, x.place), '[]') from (
      select c.sha, c.subject, c.author, c.authored_at, t.position, t.place
      from (
        select commit_id from trace_key where key = any(x.keys)
        union select u.commit_id from trace_key k join trace_undo u on u.undone_id = k.commit_id where k.key = any(x.keys)
      ) says join trace_reach t on t.commit_id = says.commit_id and t.line_id = any(x.lines) and t.position <= x.position
        join trace_commit c on c.id = says.commit_id
      order by t.position, t.place limit ${sql.lit(MOST_COMMITS)}
    ) x`

interface ContentJson extends Omit<ContentRow, 'commits'> {
  readonly subject: string
  readonly commits: readonly (Omit<ShownCommit, 'at'> & { readonly at: string })[]
}

const NOBODY = '00000000-0000-0000-0000-000000000000'

export const listContents = async (
  db: Database,
  filter: { readonly releaseId: string; readonly change: ContentChange | null },
  page: PageRequest,
): Promise<Result<Page<ContentRow>, Refusal>> => {
  const place = readPlace(page.after, 'text')
  if (!place.ok) return place
  const limit = pageSize(page.limit)
  const { rows } = await sql<ContentJson>`
    select x.subject, x.key, x.change, (${commitsOf}) as commits,
      case when w.id is null then null else jsonb_build_object('id', w.id, 'key', w.key, 'title', w.title,
        'kind', w.kind, 'state', w.state) end as "workItem"
    from (${contentsOf(filter.releaseId)}) x left join work_item w on w.id = x.work_item_id
    where (${filter.change}::text is null or x.change = ${filter.change})
      and (${place.value?.at ?? null}::text is null or x.subject collate "C" > ${place.value?.at ?? null} collate "C")
    order by x.subject collate "C" limit ${sql.lit(limit + 1)}`.execute(db)
  const found = pageOf(rows, limit, (row) => ({ at: row.subject, id: row.workItem?.id ?? NOBODY }))
  return ok({
    ...found,
    items: found.items.map(({ subject: _, ...row }) => ({ ...row, commits: dated(row.commits) })),
  })
}

export const dated = <T extends { readonly at: string }>(
  rows: readonly T[],
): readonly (Omit<T, 'at'> & { readonly at: Date })[] => rows.map((row) => ({ ...row, at: new Date(row.at) }))

/** null: there is no such release. */
export const releaseTrace = async (db: Database, id: string): Promise<ReleaseTrace | null> => {
  const { rows } = await sql<{
    readonly repositories: readonly (Omit<TracedFrom, 'at'> & { readonly at: string })[]
    readonly counts: Readonly<Partial<Record<ContentChange, number>>>
  }>`
    select coalesce((select jsonb_agg(jsonb_build_object('repository', p.name, 'commit', t.sha, 'at', t.at, 'counted', t.counted,
        'basis', case when b.id is null then null else jsonb_build_object('id', b.id, 'name', b.name) end) order by p.name)
      from trace_release t join repository p on p.id = t.repository_id left join release b on b.id = t.basis_id
      where t.release_id = r.id), '[]') as repositories,
      (select coalesce(jsonb_object_agg(c.change, c.n), '{}') from
        (select change, count(*)::int as n from (${contentsOf(id)}) x group by change) c) as counts
    from release r where r.id = ${id}::uuid`.execute(db)
  const [row] = rows
  if (row === undefined) return null
  const { enters = 0, leaves = 0, stays = 0 } = row.counts
  return { repositories: dated(row.repositories), enters, leaves, stays }
}

export interface KnownRelease {
  readonly releaseId: string
  readonly name: string
  readonly state: ReleaseState
  readonly commit: string
  readonly at: Date
  /** Others were: it stays the commit that it is. */
  readonly isBuiltOn: boolean
}

/** Releases whose commit is known, in the order in which they were told of. */
export const listTracedReleases = async (
  db: Database,
  filter: { readonly productId: string; readonly repository: string },
  page: PageRequest,
): Promise<Result<Page<KnownRelease>, Refusal>> => {
  const place = readPlace(page.after, 'time')
  if (!place.ok) return place
  const limit = pageSize(page.limit)
  const at = place.value?.at ?? null
  const { rows } = await sql<KnownRelease & { readonly sorted: string }>`
    select r.id as "releaseId", r.name, r.state, t.sha as commit, t.at, t.traced_at::text as sorted,
      exists (select from trace_release b where b.basis_id = r.id and b.repository_id = p.id) as "isBuiltOn"
    from repository p join trace_release t on t.repository_id = p.id join release r on r.id = t.release_id
    where p.product_id = ${filter.productId}::uuid and p.name = ${filter.repository}
      and (${at}::timestamptz is null or (t.traced_at, r.id) > (${at}::timestamptz, ${place.value?.id ?? null}::uuid))
    order by t.traced_at, r.id limit ${sql.lit(limit + 1)}`.execute(db)
  const found = pageOf(rows, limit, (row) => ({ at: row.sorted, id: row.releaseId }))
  return ok({ ...found, items: found.items.map(({ sorted: _, ...row }) => row) })
}
