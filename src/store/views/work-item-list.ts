import { sql } from 'kysely'
import { engineeringStatus } from '../../domain/engineering-status.ts'
import type { Refusal } from '../../domain/refusal.ts'
import type * as words from '../../domain/words.ts'
import { ok, type Result } from '../../lib/result.ts'
import { type Page, type PageRequest, pageOf, pageSize, readPlace } from '../cursor.ts'
import type { Database } from '../database.ts'
import { isOneOf, whereAll } from './conditions.ts'
import { type Asked, queryConditions } from './query-conditions.ts'
import { STANDS_BEHIND, WITHOUT_CUSTOMER, WORST_SEVERITY } from './shared-columns.ts'
import { contains } from './ticket-list.ts'
import { workConditions } from './work-card.ts'

export interface WorkItemFilter {
  readonly states?: readonly words.WorkItemState[]
  readonly kind?: words.WorkItemKind
  /** Ids. Null: of nobody. */
  readonly teamId?: string | null
  readonly assigneeId?: string | null
  readonly productId?: string
  readonly componentId?: string
  readonly releaseId?: string | null
  /** Part of the title, or the key. */
  readonly text?: string
  /** What was written into the search field. */
  readonly asked?: Asked
}

export interface ListedWorkItem {
  readonly id: string
  readonly key: string
  readonly kind: words.WorkItemKind
  readonly title: string
  readonly state: words.WorkItemState
  readonly priority: string | null
  readonly severity: words.Severity | null
  readonly team: string | null
  readonly assignee: string | null
  readonly component: string | null
  readonly release: string | null
  readonly engineeringStatus: words.EngineeringStatus
  readonly tickets: number
  readonly customers: number
  /** Of `tickets`, those of whose customer nothing is known. */
  readonly withoutCustomer: number
  readonly statusMovedAt: Date
  readonly version: number
  readonly createdAt: Date
  readonly updatedAt: Date
}

type Row = Omit<ListedWorkItem, 'engineeringStatus'> & { readonly releaseState: words.ReleaseState | null }

/** Work items, the latest changed first. */
export const listWorkItems = async (
  db: Database,
  filter: WorkItemFilter,
  page: PageRequest,
): Promise<Result<Page<ListedWorkItem>, Refusal>> => {
  const place = readPlace(page.after, 'time')
  if (!place.ok) return place
  const limit = pageSize(page.limit)
  const conditions = conditionsOf(filter)
  if (place.value !== null) {
    conditions.push(sql`(w.updated_at, w.id) < (${place.value.at}::timestamptz, ${place.value.id}::uuid)`)
  }
  // as with tickets: first which, then what there is to say about each
  const result = await sql<Row>`
    with page as materialized (
      select w.id, w.updated_at from ${among(filter)} ${whereAll(conditions)}
      order by w.updated_at desc, w.id desc limit ${sql.lit(limit + 1)}
    )
    select w.id, w.key, w.kind, w.title, w.state, w.priority, ${WORST_SEVERITY} as severity, m.name as team, p.name as assignee,
      c.name as component, r.name as release, r.state as "releaseState", n.tickets, n.customers, n."withoutCustomer",
      w.status_moved_at as "statusMovedAt", w.version, w.created_at as "createdAt", w.updated_at as "updatedAt"
    from page join work_item w on w.id = page.id
      left join team m on m.id = w.team_id left join person p on p.id = w.assignee_id
      left join component c on c.id = w.component_id left join release r on r.id = w.release_id,
      lateral (select count(distinct t.id)::int as tickets, count(distinct t.customer_id)::int as customers,
          ${WITHOUT_CUSTOMER} as "withoutCustomer"
        from escalation e join ticket t on t.id = e.ticket_id where e.work_item_id = w.id and ${STANDS_BEHIND}) n
    order by page.updated_at desc, page.id desc`.execute(db)
  const { items, next } = pageOf(result.rows, limit, (row) => ({
    at: row.updatedAt.toISOString(),
    id: row.id,
  }))
  return ok({ items: items.map(listed), next })
}

const listed = ({ releaseState, ...row }: Row): ListedWorkItem => ({
  ...row,
  engineeringStatus: engineeringStatus(row, releaseState && { state: releaseState }, null),
})

const among = ({ text }: WorkItemFilter) => {
  const typed = text?.trim() ?? ''
  return typed === ''
    ? sql`work_item w`
    : sql`(select * from work_item w where w.title ilike ${contains(typed)} or w.key = ${typed.toUpperCase()} offset 0) w`
}

const conditionsOf = ({ text: _, states, asked, ...filter }: WorkItemFilter) => [
  ...(states === undefined ? [] : [isOneOf(sql`w.state`, states)]),
  ...workConditions(filter),
  ...(asked === undefined ? [] : queryConditions('work item', asked)),
]
