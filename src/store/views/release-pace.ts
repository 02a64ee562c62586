import { sql } from 'kysely'
import type { KeptPromise } from '../../domain/release-forecast.ts'
import type { Database } from '../database.ts'
import type { Release } from '../releases.ts'

/** What a release can be forecast from: how much of its product was finished week by week, and how promises were kept. */
export interface ReleasePace {
  /** Items finished in each whole week before now, the oldest first; from the first week in which there was any. */
  readonly finished: readonly number[]
  readonly left: number
  readonly done: number
  readonly cycleDays: readonly number[]
  readonly kept: readonly KeptPromise[]
}

const WEEKS = 13
const WEEK_MS = 7 * 86_400_000
/** More finished items tell no more about how long one takes. */
const MOST_CYCLES = 300
const MOST_KEPT = 20

export const releasePace = async (
  db: Database,
  release: Pick<Release, 'id' | 'product_id'>,
  now: Date,
): Promise<ReleasePace> => {
  const since = new Date(now.getTime() - WEEKS * WEEK_MS)
  const { rows } = await sql<{
    readonly weeks: Readonly<Record<string, number>>
    readonly left: number
    readonly done: number
    readonly cycleDays: readonly number[]
  }>`
    with finished as materialized (
      select w.id, w.created_at, w.done_at from work_item w
      where w.product_id = ${release.product_id}::uuid and w.state = 'done' and w.done_at > ${since}::timestamptz
        and w.done_at <= ${now}::timestamptz
    )
    select
      (select coalesce(jsonb_object_agg(week, n), '{}') from (
        select floor(extract(epoch from ${now}::timestamptz - done_at) / 604800)::int as week, count(*)::int as n
        from finished group by 1) x) as weeks,
      (select count(*)::int from work_item w where w.release_id = ${release.id}::uuid
        and w.state not in ('done', 'declined', 'duplicate')) as left,
      (select count(*)::int from work_item w where w.release_id = ${release.id}::uuid and w.state = 'done') as done,
      (select coalesce(jsonb_agg(extract(epoch from f.done_at - s.at) / 86400), '[]')
        from (select * from finished order by done_at desc limit ${sql.lit(MOST_CYCLES)}) f join lateral (
          select min(e.at) as at from event e where e.record_id = f.id and e.kind = 'work-item.moved'
            and e.data->>'to' in ('started', 'in review', 'verifying')
        ) s on s.at <= f.done_at) as "cycleDays"`.execute(db)
  const [row] = rows
  if (row === undefined) throw new Error('the pace of a release was not read')
  const { rows: kept } = await sql<KeptPromise>`
    select to_char(e.planned_to, 'YYYY-MM-DD') as promised,
      to_char(r.released_at at time zone 'UTC', 'YYYY-MM-DD') as released
    from release r join lateral (
      select planned_to from release_estimate e where e.release_id = r.id and e.planned_to is not null
        and e.said_at <= r.released_at order by e.said_at, e.id limit 1
    ) e on true
    where r.product_id = ${release.product_id}::uuid and r.state = 'released' and r.id <> ${release.id}::uuid
    order by r.released_at desc limit ${sql.lit(MOST_KEPT)}`.execute(db)
  const first = Math.max(-1, ...Object.keys(row.weeks).map(Number))
  const finished = Array.from({ length: Math.min(first + 1, WEEKS) }, (_, ago) => row.weeks[first - ago] ?? 0)
  return { finished, left: row.left, done: row.done, cycleDays: row.cycleDays, kept }
}
