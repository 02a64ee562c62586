import { sql } from 'kysely'
import type { Refusal } from '../../domain/refusal.ts'
import type { ReleaseState } from '../../domain/words.ts'
import { ok, type Result } from '../../lib/result.ts'
import { type Page, type PageRequest, pageOf, pageSize, readPlace } from '../cursor.ts'
import type { Database } from '../database.ts'
import { IN_SPAN, KEYS_OF_WORK } from '../traced-work.ts'
import type { Named } from './shown-parts.ts'
import { dated, type ShownCommit } from './trace.ts'

/** Which releases have the fix of a work item, and who runs one of them. */
export type HasIt = 'yes' | 'no' | 'unknown'

export interface ReleaseOfFix extends Named {
  readonly state: ReleaseState
  /** Of its tag or commit. */
  readonly at: Date
}
export interface WorkTrace {
  readonly key: string
  readonly commits: readonly (ShownCommit & { readonly repository: string })[]
  /** The first of each line that got it by a commit of its own, oldest first. */
  readonly firstIn: readonly ReleaseOfFix[]
  /** Where it was taken back. */
  readonly leftIn: readonly ReleaseOfFix[]
  readonly installations: { readonly have: number; readonly lack: number; readonly unknown: number }
}
export interface InstallationStanding {
  readonly id: string
  readonly customer: Named
  readonly environment: string
  readonly version: string | null
  readonly release: Named | null
  readonly has: HasIt
}

const MOST_COMMITS = 50

const keysOf = (id: string) => sql`select k.key from (${KEYS_OF_WORK}) k where k.work_item_id = ${id}::uuid`

/** A key means the work item of its own product only, unless it has none yet. */
const ofItsProduct = (
  id: string,
  product: string,
) => sql`exists (select from work_item own where own.id = ${id}::uuid
  and (own.product_id is null or own.product_id = ${sql.ref(product)}))`

/** Releases that have the fix; those of other products do no harm, as no installation of this one runs them. */
const having = (id: string) => sql`
  select r.release_id from trace_span s join trace_release r on ${IN_SPAN} where s.key in (${keysOf(id)})`

/**
 * Each installation of its product, by the release that runs there, which may be known by its name alone. Of work that is
 * done and that no commit names, nobody knows where it is.
 */
const standings = (id: string) => sql`
  select i.id, i.customer_id, i.environment, coalesce(i.version, r.name, v.name) as version, coalesce(r.id, v.id) as release_id,
    coalesce(r.name, v.name) as release_name,
    case when h.release_id is not null then 'yes'
      when t.release_id is not null and (w.state <> 'done' or exists (select from trace_span s where s.key in (${keysOf(id)}))) then 'no'
      else 'unknown' end as has
  from work_item w join installation i on i.product_id = w.product_id
    left join release r on r.id = i.release_id
    left join release v on i.release_id is null and v.product_id = i.product_id and v.name = i.version
    left join (select distinct release_id from trace_release) t on t.release_id = coalesce(r.id, v.id)
    left join (select distinct h.release_id from (${having(id)}) h) h on h.release_id = coalesce(r.id, v.id)
  where w.id = ${id}::uuid`

const releasesAt = (id: string, place: 'since' | 'until') => sql`
  coalesce((select jsonb_agg(jsonb_build_object('id', x.id, 'name', x.name, 'state', x.state, 'at', x.at) order by x.at, x.id)
    from (select distinct on (r.id) r.id, r.name, r.state, t.at from trace_span s
      join trace_release t on t.line_id = s.line_id and t.position = ${sql.ref(`s.${place}`)} join release r on r.id = t.release_id
      where s.key in (${keysOf(id)}) and ${ofItsProduct(id, 'r.product_id')} order by r.id) x), '[]')`

type OnTheWire<T> = Omit<T, 'at'> & { readonly at: string }

/** null: there is no such work item. */
export const workTrace = async (db: Database, id: string): Promise<WorkTrace | null> => {
  const { rows } = await sql<{
    readonly key: string
    readonly commits: readonly OnTheWire<WorkTrace['commits'][number]>[]
    readonly firstIn: readonly OnTheWire<ReleaseOfFix>[]
    readonly leftIn: readonly OnTheWire<ReleaseOfFix>[]
    readonly counts: Readonly<Partial<Record<HasIt, number>>>
  }>`
    select w.key,
      coalesce((select jsonb_agg(jsonb_build_object('id', x.sha, 'subject', x.subject, 'author', x.author, 'at', x.authored_at,
        'repository', x.name) order by x.authored_at, x.sha) from (
          select distinct c.sha, c.subject, c.author, c.authored_at, p.name from trace_key k join trace_commit c on c.id = k.commit_id
            join repository p on p.id = c.repository_id
          where k.key in (${keysOf(id)}) and ${ofItsProduct(id, 'p.product_id')} order by c.authored_at, c.sha limit ${sql.lit(MOST_COMMITS)}) x), '[]') as commits,
      ${releasesAt(id, 'since')} as "firstIn", ${releasesAt(id, 'until')} as "leftIn",
      (select coalesce(jsonb_object_agg(c.has, c.n), '{}') from
        (select has, count(*)::int as n from (${standings(id)}) s group by has) c) as counts
    from work_item w where w.id = ${id}::uuid`.execute(db)
  const [row] = rows
  if (row === undefined) return null
  const { yes = 0, no = 0, unknown = 0 } = row.counts
  return {
    ...{ key: row.key, commits: dated(row.commits), firstIn: dated(row.firstIn), leftIn: dated(row.leftIn) },
    installations: { have: yes, lack: no, unknown },
  }
}

export const listStandings = async (
  db: Database,
  filter: { readonly workItemId: string; readonly has: HasIt | null },
  page: PageRequest,
): Promise<Result<Page<InstallationStanding>, Refusal>> => {
  const place = readPlace(page.after, 'text')
  if (!place.ok) return place
  const limit = pageSize(page.limit)
  const at = place.value?.at ?? null
  const { rows } = await sql<InstallationStanding & { readonly sorted: string }>`
    select s.id, jsonb_build_object('id', c.id, 'name', c.name) as customer, s.environment, s.version, s.has,
      case when s.release_id is null then null else jsonb_build_object('id', s.release_id, 'name', s.release_name) end as release,
      lower(c.name) as sorted
    from (${standings(filter.workItemId)}) s join customer c on c.id = s.customer_id
    where (${filter.has}::text is null or s.has = ${filter.has})
      and (${at}::text is null or (lower(c.name) collate "C", s.id) > (${at} collate "C", ${place.value?.id ?? null}::uuid))
    order by lower(c.name) collate "C", s.id limit ${sql.lit(limit + 1)}`.execute(db)
  const found = pageOf(rows, limit, (row) => ({ at: row.sorted, id: row.id }))
  return ok({ ...found, items: found.items.map(({ sorted: _, ...row }) => row) })
}
