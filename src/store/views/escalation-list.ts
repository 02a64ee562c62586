import { sql } from 'kysely'
import type { Party } from '../../domain/audience.ts'
import { MOVERS, type Mover, moveOf } from '../../domain/escalation.ts'
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
import { isOneOf, whereAll } from './conditions.ts'
import { askedFor } from './shared-columns.ts'
import type { AskedQuestion, InJson } from './shown-parts.ts'

export interface EscalationFilter {
  /** Whose move it is. */
  readonly move?: Mover
  readonly states?: readonly EscalationState[]
  readonly teamId?: string
  readonly ownerId?: string
  readonly customerId?: string
  readonly componentId?: string
  readonly releaseId?: string
  /** Of the ticket: what its customer suffers. */
  readonly severity?: Severity
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
    readonly ownerId: string | null
  }
  readonly workItem: {
    readonly id: string
    readonly key: string
    readonly title: string
    readonly state: WorkItemState
    readonly team: string | null
    readonly teamId: string | null
    readonly assignee: string | null
    readonly assigneeId: string | null
    readonly component: string | null
    readonly release: { readonly id: string; readonly name: string; readonly to: string | null } | null
  }
  readonly createdAt: Date
  readonly sentAt: Date | null
  /** Since when it is in this state, or was touched last. */
  readonly updatedAt: Date
}

const BOTH_SIDES = sql`escalation e join ticket t on t.id = e.ticket_id join work_item w on w.id = e.work_item_id`

const conditionsOf = (filter: EscalationFilter) => {
  const { move } = filter
  const states = ESCALATION_STATES.filter(
    (state) => (move === undefined || moveOf(state) === move) && (filter.states?.includes(state) ?? true),
  )
  return [
    isOneOf(sql`e.state`, states),
    ...(filter.ended === true ? [] : [sql`e.ended_at is null`]),
    ...(filter.teamId === undefined ? [] : [sql`w.team_id = ${filter.teamId}::uuid`]),
    ...(filter.ownerId === undefined ? [] : [sql`t.owner_id = ${filter.ownerId}::uuid`]),
    ...(filter.customerId === undefined ? [] : [sql`t.customer_id = ${filter.customerId}::uuid`]),
    ...(filter.componentId === undefined ? [] : [sql`w.component_id = ${filter.componentId}::uuid`]),
    ...(filter.releaseId === undefined ? [] : [sql`w.release_id = ${filter.releaseId}::uuid`]),
    ...(filter.severity === undefined ? [] : [isOneOf(sql`t.severity`, [filter.severity])]),
  ]
}

/** Whether it takes the ticket or the work item to know; each bond has both. */
const asksAround = ({ ended: _, move: __, states: ___, ...filter }: EscalationFilter): boolean =>
  Object.values(filter).some((value) => value !== undefined)

export interface MoveTotal {
  readonly move: Mover
  readonly count: number
  /** Since when the one that waits longest waits. */
  readonly since: Date
}

/** How many wait for whom, and for how long the longest; whoever nobody waits for is left out. */
export const countEscalations = async (
  db: Database,
  filter: Omit<EscalationFilter, 'move' | 'states'>,
): Promise<readonly MoveTotal[]> => {
  const { rows } = await sql<{
    readonly state: EscalationState
    readonly count: number
    readonly since: Date
  }>`
    select e.state, count(*)::int as count, min(e.updated_at) as since from ${asksAround(filter) ? BOTH_SIDES : sql`escalation e`}
    ${whereAll(conditionsOf(filter))} group by e.state`.execute(db)
  return MOVERS.flatMap((move) => {
    const of = rows.filter(({ state }) => moveOf(state) === move)
    const since = of.map((row) => row.since).toSorted((a, b) => a.getTime() - b.getTime())[0]
    return since === undefined ? [] : [{ move, count: of.reduce((sum, row) => sum + row.count, 0), since }]
  })
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
  const conditions = [
    ...conditionsOf(filter),
    ...(place.value === null
      ? []
      : [sql`(e.updated_at, e.id) > (${place.value.at}::timestamptz, ${place.value.id}::uuid)`]),
  ]
  const result = await sql<
    Omit<ListedEscalation, 'move' | 'asked'> & { readonly asked: InJson<AskedQuestion> | null }
  >`
    with page as materialized (
      select e.id from ${asksAround(filter) ? BOTH_SIDES : sql`escalation e`} ${whereAll(conditions)} order by e.updated_at, e.id limit ${sql.lit(limit + 1)}
    )
    select e.id, e.state, e.reason, ${askedFor(party)} as asked, e.created_at as "createdAt", e.sent_at as "sentAt", e.updated_at as "updatedAt",
      jsonb_build_object('id', t.id, 'key', t.key, 'title', t.title, 'severity', t.severity, 'customer', c.name, 'owner', p.name, 'ownerId', p.id) as ticket,
      jsonb_build_object('id', w.id, 'key', w.key, 'title', w.title, 'state', w.state, 'team', m.name, 'teamId', m.id, 'assignee', a.name, 'assigneeId', a.id,
        'component', k.name, 'release', case when r.id is null then null else jsonb_build_object('id', r.id, 'name', r.name, 'to', r.planned_to) end) as "workItem"
    from page join escalation e on e.id = page.id join ticket t on t.id = e.ticket_id join work_item w on w.id = e.work_item_id
      left join customer c on c.id = t.customer_id left join person p on p.id = t.owner_id left join team m on m.id = w.team_id
      left join person a on a.id = w.assignee_id left join component k on k.id = w.component_id left join release r on r.id = w.release_id
    order by e.updated_at, e.id`.execute(db)
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
