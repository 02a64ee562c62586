import { sql } from 'kysely'
import { engineeringStatus } from '../../domain/engineering-status.ts'
import { levelsOf, priorityOf } from '../../domain/priority.ts'
import type { Refusal } from '../../domain/refusal.ts'
import type * as words from '../../domain/words.ts'
import { ok, type Result } from '../../lib/result.ts'
import { type Page, type PageRequest, pageOf, pageSize, readPlace } from '../cursor.ts'
import type { Database } from '../database.ts'
import { type Asked, queryConditions } from './query-conditions.ts'
import { LAST_ESCALATION } from './shared-columns.ts'

export interface TicketFilter {
  readonly states?: readonly words.TicketState[]
  readonly needs?: words.OpenNeed
  readonly waitingFor?: words.WaitingFor
  readonly kind?: words.TicketKind
  readonly severity?: words.Severity
  /** Ids. Null: of nobody. */
  readonly ownerId?: string | null
  readonly customerId?: string
  readonly contactId?: string
  readonly productId?: string
  readonly componentId?: string
  readonly workItemId?: string
  /** Has a live escalation, or has none. */
  readonly escalated?: boolean
  /** Part of the title, or the key. */
  readonly text?: string
  /** What was written into the search field. */
  readonly asked?: Asked
}

export interface ListedTicket {
  readonly id: string
  readonly key: string
  readonly kind: words.TicketKind
  readonly title: string
  readonly state: words.TicketState
  readonly needs: words.OpenNeed | null
  readonly waitingFor: words.WaitingFor | null
  readonly severity: words.Severity | null
  readonly priority: words.Priority
  /** Nobody set impact and urgency: they follow the severity. */
  readonly priorityDerived: boolean
  readonly customer: string | null
  readonly owner: string | null
  readonly component: string | null
  readonly workItem: string | null
  readonly engineeringStatus: words.EngineeringStatus
  readonly escalationState: words.EscalationState | null
  readonly wokenAt: Date | null
  readonly wokenBecause: string | null
  readonly version: number
  readonly createdAt: Date
  readonly updatedAt: Date
}

export type ListedRow = Omit<ListedTicket, 'priority' | 'priorityDerived' | 'engineeringStatus'> & {
  readonly impact: words.Level | null
  readonly urgency: words.Level | null
  readonly workItemState: words.WorkItemState | null
  readonly releaseState: words.ReleaseState | null
}

/** What a line shows, of ticket t and what LISTED_JOINS brings. */
export const LISTED_COLUMNS = sql`
  t.id, t.key, t.kind, t.title, t.state, t.needs, t.waiting_for as "waitingFor", t.severity, t.impact, t.urgency,
  c.name as customer, p.name as owner, m.name as component, w.key as "workItem", w.state as "workItemState",
  r.state as "releaseState", e.state as "escalationState", t.woken_at as "wokenAt", t.woken_because as "wokenBecause",
  t.version, t.created_at as "createdAt", t.updated_at as "updatedAt"`
export const LISTED_JOINS = sql`${LAST_ESCALATION}
  left join work_item w on w.id = e.work_item_id left join release r on r.id = w.release_id
  left join customer c on c.id = t.customer_id left join person p on p.id = t.owner_id
  left join component m on m.id = t.component_id`

/** Tickets, the latest changed first. */
export const listTickets = async (
  db: Database,
  filter: TicketFilter,
  page: PageRequest,
): Promise<Result<Page<ListedTicket>, Refusal>> => {
  const place = readPlace(page.after, 'time')
  if (!place.ok) return place
  const limit = pageSize(page.limit)
  const conditions = conditionsOf(filter)
  if (place.value !== null) {
    conditions.push(sql`(t.updated_at, t.id) < (${place.value.at}::timestamptz, ${place.value.id}::uuid)`)
  }
  const where = conditions.length === 0 ? sql`` : sql`where ${sql.join(conditions, sql` and `)}`
  const result = await sql<ListedRow>`
    select ${LISTED_COLUMNS} from ticket t ${LISTED_JOINS}
    ${where} order by t.updated_at desc, t.id desc limit ${limit + 1}`.execute(db)
  const { items, next } = pageOf(result.rows, limit, (row) => ({
    at: row.updatedAt.toISOString(),
    id: row.id,
  }))
  return ok({ items: items.map(listed), next })
}

export const listed = ({ impact, urgency, workItemState, releaseState, ...row }: ListedRow): ListedTicket => {
  const levels = levelsOf({ impact, urgency, severity: row.severity })
  return {
    ...row,
    priority: priorityOf(levels.impact, levels.urgency),
    priorityDerived: levels.derived,
    engineeringStatus: engineeringStatus(
      workItemState && { state: workItemState },
      releaseState && { state: releaseState },
      row.escalationState && { state: row.escalationState },
    ),
  }
}

/** `%` and `_` in what people type are letters. */
export const contains = (text: string): string => `%${text.slice(0, 200).replace(/[\\%_]/g, '\\$&')}%`

const conditionsOf = (filter: TicketFilter) => [
  ...(filter.states === undefined ? [] : [sql`t.state = any(${[...filter.states]}::text[])`]),
  ...(filter.needs === undefined ? [] : [sql`t.needs = ${filter.needs}`]),
  ...(filter.waitingFor === undefined ? [] : [sql`t.waiting_for = ${filter.waitingFor}`]),
  ...(filter.kind === undefined ? [] : [sql`t.kind = ${filter.kind}`]),
  ...(filter.severity === undefined ? [] : [sql`t.severity = ${filter.severity}`]),
  ...(filter.ownerId === undefined ? [] : [sql`t.owner_id is not distinct from ${filter.ownerId}::uuid`]),
  ...(filter.customerId === undefined ? [] : [sql`t.customer_id = ${filter.customerId}::uuid`]),
  ...(filter.contactId === undefined ? [] : [sql`t.contact_id = ${filter.contactId}::uuid`]),
  ...(filter.productId === undefined ? [] : [sql`t.product_id = ${filter.productId}::uuid`]),
  ...(filter.componentId === undefined ? [] : [sql`t.component_id = ${filter.componentId}::uuid`]),
  ...(filter.workItemId === undefined ? [] : [sql`e.work_item_id = ${filter.workItemId}::uuid`]),
  ...(filter.escalated === undefined
    ? []
    : [
        filter.escalated
          ? sql`(e.id is not null and e.ended_at is null)`
          : sql`(e.id is null or e.ended_at is not null)`,
      ]),
  ...(filter.text === undefined || filter.text.trim() === ''
    ? []
    : [sql`(t.title ilike ${contains(filter.text.trim())} or t.key = ${filter.text.trim().toUpperCase()})`]),
  ...(filter.asked === undefined ? [] : queryConditions('ticket', filter.asked)),
]
