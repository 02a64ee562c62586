import { sql } from 'kysely'
import type { Party } from '../../domain/audience.ts'
import { moveOf } from '../../domain/escalation.ts'
import type { Refusal } from '../../domain/refusal.ts'
import {
  ESCALATION_STATES,
  type EscalationState,
  type Severity,
  type WorkItemState,
} from '../../domain/words.ts'
import { ok, type Result } from '../../lib/result.ts'
import { type Page, type PageRequest, pageOf, pageSize, readPlace } from '../cursor.ts'
import type { Database } from '../database.ts'
import { askedFor } from './shared-columns.ts'
import type { AskedQuestion, InJson } from './shown-parts.ts'

export type Mover = ReturnType<typeof moveOf>

export interface EscalationFilter {
  /** Whose move it is. */
  readonly move?: Mover
  readonly states?: readonly EscalationState[]
  readonly teamId?: string
  readonly ownerId?: string
  readonly customerId?: string
  /** Also those that have ended. */
  readonly ended?: boolean
}

export interface ListedEscalation {
  readonly id: string
  readonly state: EscalationState
  readonly move: Mover
  readonly reason: string | null
  /** What engineering asks, while an answer is owed, as far as the reader may know it. */
  readonly asked: AskedQuestion | null
  readonly ticket: {
    readonly id: string
    readonly key: string
    readonly title: string
    readonly severity: Severity | null
    readonly customer: string | null
    readonly owner: string | null
  }
  readonly workItem: {
    readonly id: string
    readonly key: string
    readonly title: string
    readonly state: WorkItemState
    readonly team: string | null
  }
  readonly createdAt: Date
  readonly sentAt: Date | null
  /** Since when it is in this state, or was touched last. */
  readonly updatedAt: Date
}

/** Escalations, those that wait longest first. */
export const listEscalations = async (
  db: Database,
  party: Party,
  filter: EscalationFilter,
  page: PageRequest,
): Promise<Result<Page<ListedEscalation>, Refusal>> => {
  const place = readPlace(page.after, 'time')
  if (!place.ok) return place
  const limit = pageSize(page.limit)
  const { move } = filter
  const states = ESCALATION_STATES.filter(
    (state) => (move === undefined || moveOf(state) === move) && (filter.states?.includes(state) ?? true),
  )
  const conditions = [
    sql`e.state = any(${states}::text[])`,
    ...(filter.ended === true ? [] : [sql`e.ended_at is null`]),
    ...(filter.teamId === undefined ? [] : [sql`w.team_id = ${filter.teamId}::uuid`]),
    ...(filter.ownerId === undefined ? [] : [sql`t.owner_id = ${filter.ownerId}::uuid`]),
    ...(filter.customerId === undefined ? [] : [sql`t.customer_id = ${filter.customerId}::uuid`]),
    ...(place.value === null
      ? []
      : [sql`(e.updated_at, e.id) > (${place.value.at}::timestamptz, ${place.value.id}::uuid)`]),
  ]
  const result = await sql<
    Omit<ListedEscalation, 'move' | 'asked'> & { readonly asked: InJson<AskedQuestion> | null }
  >`
    select e.id, e.state, e.reason, ${askedFor(party)} as asked, e.created_at as "createdAt", e.sent_at as "sentAt", e.updated_at as "updatedAt",
      jsonb_build_object('id', t.id, 'key', t.key, 'title', t.title, 'severity', t.severity, 'customer', c.name, 'owner', p.name) as ticket,
      jsonb_build_object('id', w.id, 'key', w.key, 'title', w.title, 'state', w.state, 'team', m.name) as "workItem"
    from escalation e join ticket t on t.id = e.ticket_id join work_item w on w.id = e.work_item_id
      left join customer c on c.id = t.customer_id left join person p on p.id = t.owner_id left join team m on m.id = w.team_id
    where ${sql.join(conditions, sql` and `)} order by e.updated_at, e.id limit ${limit + 1}`.execute(db)
  const { items, next } = pageOf(result.rows, limit, (row) => ({
    at: row.updatedAt.toISOString(),
    id: row.id,
  }))
  return ok({
    items: items.map((row) => ({
      ...row,
      asked: row.asked && { ...row.asked, at: new Date(row.asked.at) },
      move: moveOf(row.state),
    })),
    next,
  })
}
