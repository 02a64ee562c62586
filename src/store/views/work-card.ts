import { type RawBuilder, sql } from 'kysely'
import type * as words from '../../domain/words.ts'
import { isOf, isOneOf } from './conditions.ts'
import { STANDS_BEHIND, WITHOUT_CUSTOMER, WORST_SEVERITY } from './shared-columns.ts'
import type { Named } from './shown-parts.ts'
import { contains } from './ticket-list.ts'

/** A work item as the board, the triage queue and one's own work show it: small enough to have many on a screen. */
export interface WorkCard {
  readonly id: string
  readonly key: string
  readonly kind: words.WorkItemKind
  readonly title: string
  readonly state: words.WorkItemState
  readonly expedite: boolean
  readonly priority: string | null
  readonly severity: words.Severity | null
  readonly team: Named | null
  readonly assignee: Named | null
  readonly component: string | null
  readonly release: {
    readonly id: string
    readonly name: string
    readonly state: words.ReleaseState
    readonly to: string | null
  } | null
  readonly tickets: number
  readonly customers: number
  /** Of `tickets`, those of whose customer nothing is known. */
  readonly withoutCustomer: number
  /** Who has most of the tickets behind it. */
  readonly customer: string | null
  /** Support owes an answer. */
  readonly asked: boolean
  /** Keys of what has to be ended first. */
  readonly blockedBy: readonly string[]
  readonly snoozedUntil: Date | null
  readonly statusMovedAt: Date
  readonly updatedAt: Date
  readonly version: number
}

const named = (alias: string) =>
  sql`case when ${sql.ref(`${alias}.id`)} is null then null else jsonb_build_object('id', ${sql.ref(`${alias}.id`)}, 'name', ${sql.ref(`${alias}.name`)}) end`

/** Columns of a card, of work item w. */
export const CARD = sql`w.id, w.key, w.kind, w.title, w.state, w.expedite, w.priority, ${WORST_SEVERITY} as severity,
  ${named('m')} as team, ${named('p')} as assignee, c.name as component,
  case when r.id is null then null else jsonb_build_object('id', r.id, 'name', r.name, 'state', r.state, 'to', r.planned_to) end as release,
  n.tickets, n.customers, n."withoutCustomer",
  (select k.name from escalation e join ticket t on t.id = e.ticket_id join customer k on k.id = t.customer_id
    where e.work_item_id = w.id and ${STANDS_BEHIND} group by k.id, k.name order by count(*) desc, k.name limit 1) as customer,
  exists (select from escalation e where e.work_item_id = w.id and e.state = 'more information asked') as asked,
  coalesce((select jsonb_agg(b.key order by b.number) from work_item_link l join work_item b on b.id = l.from_id
    where l.to_id = w.id and l.kind = 'blocks' and b.state not in ('done', 'declined', 'duplicate')), '[]') as "blockedBy",
  w.snoozed_until as "snoozedUntil", w.status_moved_at as "statusMovedAt", w.updated_at as "updatedAt", w.version`

/** What the columns of a card need beside w. */
export const CARD_JOINS = sql`left join team m on m.id = w.team_id left join person p on p.id = w.assignee_id
  left join component c on c.id = w.component_id left join release r on r.id = w.release_id,
  lateral (select count(distinct t.id)::int as tickets, count(distinct t.customer_id)::int as customers,
      ${WITHOUT_CUSTOMER} as "withoutCustomer"
    from escalation e join ticket t on t.id = e.ticket_id where e.work_item_id = w.id and ${STANDS_BEHIND}) n`

export interface WorkFilter {
  /** Ids. Null: of nobody. */
  readonly teamId?: string | null
  readonly assigneeId?: string | null
  readonly componentId?: string
  readonly productId?: string
  readonly releaseId?: string | null
  readonly kind?: words.WorkItemKind
  /** Part of the title, or the key. */
  readonly text?: string
}

/** As conditions on w. */
export const workConditions = (filter: WorkFilter): readonly RawBuilder<unknown>[] => [
  ...(filter.kind === undefined ? [] : [isOneOf(sql`w.kind`, [filter.kind])]),
  ...(filter.teamId === undefined ? [] : [isOf(sql`w.team_id`, filter.teamId)]),
  ...(filter.assigneeId === undefined ? [] : [isOf(sql`w.assignee_id`, filter.assigneeId)]),
  ...(filter.productId === undefined ? [] : [isOf(sql`w.product_id`, filter.productId)]),
  ...(filter.componentId === undefined ? [] : [isOf(sql`w.component_id`, filter.componentId)]),
  ...(filter.releaseId === undefined ? [] : [isOf(sql`w.release_id`, filter.releaseId)]),
  ...(filter.text === undefined || filter.text.trim() === ''
    ? []
    : [sql`(w.title ilike ${contains(filter.text.trim())} or w.key = ${filter.text.trim().toUpperCase()})`]),
]
