import { sql } from 'kysely'
import { engineeringStatus } from '../../domain/engineering-status.ts'
import { levelsOf, priorityOf } from '../../domain/priority.ts'
import type { Refusal } from '../../domain/refusal.ts'
import type * as words from '../../domain/words.ts'
import { ok, type Result } from '../../lib/result.ts'
import { type Page, type PageRequest, pageOf, pageSize, readPlace } from '../cursor.ts'
import type { Database } from '../database.ts'
import { isOf, isOneOf, whereAll } from './conditions.ts'
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
  // which tickets are shown is settled before anything is read about them: what a line shows lies in seven tables
  const result = await sql<ListedRow>`
    with page as materialized (
      select t.id, t.updated_at from ${among(filter)} ${whereAll(conditions)}
      order by t.updated_at desc, t.id desc limit ${sql.lit(limit + 1)}
    )
    select ${LISTED_COLUMNS} from page join ticket t on t.id = page.id ${LISTED_JOINS}
    order by page.updated_at desc, page.id desc`.execute(db)
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

/** Those with words in their title are looked up by the index of their trigrams first: walking the list would read them all. */
const among = ({ text }: TicketFilter) => {
  const typed = text?.trim() ?? ''
  return typed === ''
    ? sql`ticket t`
    : sql`(select * from ticket t where t.title ilike ${contains(typed)} or t.key = ${typed.toUpperCase()} offset 0) t`
}

/** `%` and `_` in what people type are letters. */
export const contains = (text: string): string => `%${text.slice(0, 200).replace(/[\\%_]/g, '\\$&')}%`

const LIVE = sql`exists (select from escalation e where e.ticket_id = t.id and e.ended_at is null)`

/** The work item of the bond that counts. */
const answeredBy = (workItemId: string) => sql`(
  t.id in (select ticket_id from escalation where work_item_id = ${workItemId}::uuid) and ${workItemId}::uuid = (
    select work_item_id from escalation e where e.ticket_id = t.id order by (e.ended_at is null) desc, e.created_at desc, e.id desc limit 1))`

const conditionsOf = (filter: TicketFilter) => [
  ...(filter.states === undefined ? [] : [isOneOf(sql`t.state`, filter.states)]),
  // only open ones need something, and only waiting ones wait: by their state an index finds them
  ...(filter.needs === undefined ? [] : [sql`(t.state = 'open' and t.needs = ${filter.needs})`]),
  ...(filter.waitingFor === undefined
    ? []
    : [sql`(t.state = 'waiting' and t.waiting_for = ${filter.waitingFor})`]),
  ...(filter.kind === undefined ? [] : [isOneOf(sql`t.kind`, [filter.kind])]),
  ...(filter.severity === undefined ? [] : [isOneOf(sql`t.severity`, [filter.severity])]),
  ...(filter.ownerId === undefined ? [] : [isOf(sql`t.owner_id`, filter.ownerId)]),
  ...(filter.customerId === undefined ? [] : [isOf(sql`t.customer_id`, filter.customerId)]),
  ...(filter.contactId === undefined ? [] : [isOf(sql`t.contact_id`, filter.contactId)]),
  ...(filter.productId === undefined ? [] : [isOf(sql`t.product_id`, filter.productId)]),
  ...(filter.componentId === undefined ? [] : [isOf(sql`t.component_id`, filter.componentId)]),
  ...(filter.workItemId === undefined ? [] : [answeredBy(filter.workItemId)]),
  ...(filter.escalated === undefined ? [] : [filter.escalated ? LIVE : sql`not ${LIVE}`]),
  ...(filter.asked === undefined ? [] : queryConditions('ticket', filter.asked)),
]
