import { sql } from 'kysely'
import {
  type CaseResult,
  type CaseStanding,
  commonest,
  standingOf,
  type TicketTitle,
} from '../../domain/acceptance.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { ok, type Result } from '../../lib/result.ts'
import { type Page, type PageRequest, pageOf, pageSize, readPlace } from '../cursor.ts'
import type { Database } from '../database.ts'
import { isOf, whereAll } from './conditions.ts'
import type { Named } from './shown-parts.ts'

export interface ShownRun {
  readonly id: string
  readonly result: CaseResult
  readonly note: string | null
  readonly workItem: { readonly id: string; readonly key: string; readonly title: string } | null
  readonly by: Named
  readonly at: Date
  /** Of the case as it is now, or of what it said before. */
  readonly caseVersion: number
}

export interface ListedCase {
  readonly id: string
  readonly releaseId: string
  readonly title: string
  readonly steps: string
  readonly expected: string
  readonly component: Named | null
  readonly ticket: { readonly id: string; readonly key: string; readonly title: string } | null
  readonly standing: CaseStanding
  /** The latest first, at most 10. */
  readonly runs: readonly ShownRun[]
  readonly removedAt: Date | null
  readonly version: number
  readonly createdAt: Date
}

type RunJson = Omit<ShownRun, 'at'> & { readonly at: string }
const MOST_RUNS = 10

/** What is tried before a release goes live, in the order it was written down; what was removed only by its id. */
export const listCases = async (
  db: Database,
  filter: { readonly id?: string; readonly releaseId?: string },
  page: PageRequest,
): Promise<Result<Page<ListedCase>, Refusal>> => {
  const place = readPlace(page.after, 'time')
  if (!place.ok) return place
  const limit = pageSize(page.limit)
  const { id, releaseId } = filter
  const conditions = [
    id === undefined ? sql`c.removed_at is null` : isOf(sql`c.id`, id),
    ...(releaseId === undefined ? [] : [isOf(sql`c.release_id`, releaseId)]),
    ...(place.value === null
      ? []
      : [sql`(c.created_at, c.id) > (${place.value.at}::timestamptz, ${place.value.id}::uuid)`]),
  ]
  const { rows } = await sql<Omit<ListedCase, 'standing' | 'runs'> & { readonly runs: readonly RunJson[] }>`
    select c.id, c.release_id as "releaseId", c.title, c.steps, c.expected, c.version, c.removed_at as "removedAt",
      c.created_at as "createdAt",
      case when k.id is null then null else jsonb_build_object('id', k.id, 'name', k.name) end as component,
      case when t.id is null then null else jsonb_build_object('id', t.id, 'key', t.key, 'title', t.title) end as ticket,
      (select coalesce(jsonb_agg(jsonb_build_object('id', x.id, 'result', x.result, 'note', x.note, 'at', x.run_at,
          'caseVersion', x.case_version, 'by', jsonb_build_object('id', p.id, 'name', p.name),
          'workItem', case when w.id is null then null else jsonb_build_object('id', w.id, 'key', w.key, 'title', w.title) end)
          order by x.run_at desc, x.id desc), '[]')
        from (select * from acceptance_run r where r.case_id = c.id order by r.run_at desc, r.id desc
          limit ${sql.lit(MOST_RUNS)}) x
          join person p on p.id = x.person_id left join work_item w on w.id = x.work_item_id) as runs
    from acceptance_case c left join component k on k.id = c.component_id left join ticket t on t.id = c.ticket_id
    ${whereAll(conditions)} order by c.created_at, c.id limit ${sql.lit(limit + 1)}`.execute(db)
  const found = pageOf(rows, limit, (row) => ({ at: row.createdAt.toISOString(), id: row.id }))
  return ok({
    ...found,
    items: found.items.map((row) => {
      const runs = row.runs.map((run) => ({ ...run, at: new Date(run.at) }))
      return { ...row, runs, standing: standingOf(row.version, runs[0] ?? null) }
    }),
  })
}

export interface SuggestedCase {
  readonly ticket: { readonly id: string; readonly key: string }
  readonly title: string
  readonly component: Named | null
  /** How many tell of much the same. */
  readonly tickets: number
  /** As engineering wrote them of such a ticket; empty: nobody did. */
  readonly steps: string
  readonly expected: string
}

interface TicketRow extends TicketTitle {
  readonly key: string
  readonly componentName: string | null
  readonly steps: string | null
  readonly expected: string | null
}

/** Of a year; more of them tell nothing new. */
const MOST_TICKETS = 2_000
const MOST_SUGGESTED = 12
const YEAR_MS = 365 * 86_400_000

/**
 * What customers come with most about the parts that a release touches, resolved or not, and that no case of it was made
 * from, of whichever of the tickets. Where nobody said which parts it touches, all of its product's count.
 */
export const suggestCases = async (
  db: Database,
  releaseId: string,
  now: Date,
): Promise<readonly SuggestedCase[]> => {
  const since = new Date(now.getTime() - YEAR_MS)
  const { rows } = await sql<TicketRow>`
    with touched as materialized (
      select component_id from work_item where release_id = ${releaseId}::uuid and component_id is not null
      union select component_id from release_note
        where release_id = ${releaseId}::uuid and component_id is not null and removed_at is null
    )
    select t.id, t.key, t.title, t.component_id as "componentId", c.name as "componentName", l.steps, l.expected
    from release r join ticket t on t.product_id = r.product_id left join component c on c.id = t.component_id
      left join lateral (
        select w.steps, w.expected from escalation e join work_item w on w.id = e.work_item_id
        where e.ticket_id = t.id order by e.created_at desc limit 1
      ) l on true
    where r.id = ${releaseId}::uuid and t.state not in ('cancelled', 'merged') and t.created_at > ${since}::timestamptz
      and (t.component_id in (select component_id from touched) or not exists (select from touched))
    order by t.created_at desc, t.id desc limit ${sql.lit(MOST_TICKETS)}`.execute(db)
  const { rows: taken } = await sql<TicketTitle>`
    select t.id, t.title, t.component_id as "componentId" from acceptance_case x join ticket t on t.id = x.ticket_id
    where x.release_id = ${releaseId}::uuid and x.removed_at is null`.execute(db)
  const byId = new Map(rows.map((row) => [row.id, row]))
  return commonest(rows, MOST_SUGGESTED, taken).flatMap(({ id, tickets }) => {
    const row = byId.get(id)
    if (row === undefined) return []
    const { componentId, componentName } = row
    return [
      {
        ...{ ticket: { id, key: row.key }, title: row.title, tickets },
        component: componentId === null ? null : { id: componentId, name: componentName ?? '' },
        ...{ steps: row.steps ?? '', expected: row.expected ?? '' },
      },
    ]
  })
}
