import { sql } from 'kysely'
import { type Refusal, refuse } from '../../domain/refusal.ts'
import { err, ok, type Result } from '../../lib/result.ts'
import { type Page, type PageRequest, pageOf, pageSize, readPlace } from '../cursor.ts'
import type { Database } from '../database.ts'
import { MAY_BE_FILED } from './enhancement-list.ts'
import { CARD, CARD_JOINS, type WorkCard, type WorkFilter, workConditions } from './work-card.ts'

export interface TriageFilter extends WorkFilter {
  /** Of these people’s teams, and what no team has yet. */
  readonly memberId?: string
  /** Only what is put off; else only what is not. */
  readonly snoozed: boolean
}

export interface TriageCounts {
  readonly waiting: number
  readonly snoozed: number
}

/**
 * What is put off rests until its time, or until a ticket behind it has news: a customer who cannot wait any longer is
 * not put off with the first one.
 */
const RESTS = (now: Date) => sql`(w.snoozed_until is not null and w.snoozed_until > ${now}::timestamptz
  and not exists (select from escalation news where news.work_item_id = w.id and news.updated_at > w.snoozed_at))`

const conditionsOf = (filter: TriageFilter) => [
  sql`w.state = 'triage'`,
  // what customers wish for has an intake of its own, and is decided there
  sql`not (w.kind = 'feature' and exists (select from escalation wish join ticket t on t.id = wish.ticket_id
    left join enhancement_ask a on a.ticket_id = t.id left join enhancement asked on asked.id = a.enhancement_id
    left join enhancement e on e.id = coalesce(asked.merged_into, asked.id)
    where wish.work_item_id = w.id and wish.ended_at is null
      and (e.state in ('new', 'under review') or a.id is null and ${MAY_BE_FILED})))`,
  ...workConditions(filter),
  ...(filter.memberId === undefined
    ? []
    : [
        sql`(w.team_id is null or w.team_id in (select tm.team_id from team_member tm where tm.person_id = ${filter.memberId}::uuid))`,
      ]),
]

const PLACE = /^([01])\|(\d)\|(.+)$/

/** What waits in triage: expedited first, then the worst for customers, then who waits longest. */
export const listTriage = async (
  db: Database,
  filter: TriageFilter,
  page: PageRequest,
  now: Date,
): Promise<Result<Page<WorkCard>, Refusal>> => {
  const read = readPlace(page.after, 'text')
  if (!read.ok) return read
  const place = read.value === null ? null : PLACE.exec(read.value.at)
  if (read.value !== null && (place === null || Number.isNaN(Date.parse(place[3] ?? ''))))
    return err(
      refuse('invalid', 'This cursor is not one of ours: ask for the first page.', { field: '/after' }),
    )
  const limit = pageSize(page.limit)
  const conditions = [...conditionsOf(filter), filter.snoozed ? RESTS(now) : sql`not ${RESTS(now)}`]
  const after =
    read.value === null || place === null
      ? []
      : [
          sql`((not w.expedite)::int, w.severity_rank, w.status_moved_at, w.id) > (${Number(place[1])}::int, ${Number(place[2])}::int, ${place[3]}::timestamptz, ${read.value.id}::uuid)`,
        ]
  const { rows } = await sql<WorkCard & { readonly rank: number }>`
    with page as materialized (
      select w.id, w.expedite, w.status_moved_at, w.severity_rank as rank from work_item w
      where ${sql.join([...conditions, ...after], sql` and `)}
      order by w.expedite desc, w.severity_rank, w.status_moved_at, w.id limit ${sql.lit(limit + 1)}
    )
    select ${CARD}, page.rank from page join work_item w on w.id = page.id ${CARD_JOINS}
    order by page.expedite desc, page.rank, page.status_moved_at, page.id`.execute(db)
  const { items, next } = pageOf(rows, limit, (row) => ({
    at: `${row.expedite ? 0 : 1}|${row.rank}|${row.statusMovedAt.toISOString()}`,
    id: row.id,
  }))
  return ok({ items: items.map(({ rank: _, ...card }) => card), next })
}

export const countTriage = async (db: Database, filter: TriageFilter, now: Date): Promise<TriageCounts> => {
  const { rows } = await sql<TriageCounts>`
    select (count(*) filter (where not ${RESTS(now)}))::int as waiting, (count(*) filter (where ${RESTS(now)}))::int as snoozed
    from work_item w where ${sql.join(conditionsOf(filter), sql` and `)}`.execute(db)
  return rows[0] ?? { waiting: 0, snoozed: 0 }
}
