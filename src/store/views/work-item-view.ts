import { sql } from 'kysely'
import type { StaffParty } from '../../domain/audience.ts'
import { engineeringStatus } from '../../domain/engineering-status.ts'
import { type DerivedSeverity, severityOf } from '../../domain/severity.ts'
import type { EngineeringStatus, Severity, TicketState, WorkItemState } from '../../domain/words.ts'
import { type LinkEnds, type LinkRole, roleOf } from '../../domain/work-item-link.ts'
import { isId } from '../../lib/ids.ts'
import type { Database } from '../database.ts'
import type { WorkItem } from '../work-items.ts'
import { escalationFor, mirrorsOf, RELEASE_WITH_HISTORY, TIES, WITHOUT_CUSTOMER } from './shared-columns.ts'
import {
  type InJson,
  type KeyedName,
  type Named,
  type ReleaseJson,
  readEscalation,
  readMirror,
  readRelease,
  type ShownEscalation,
  type ShownMirror,
  type ShownRelease,
} from './shown-parts.ts'

/** One work item with the tickets behind it. */
export interface WorkItemView {
  readonly workItem: WorkItem
  readonly team: KeyedName | null
  readonly assignee: (Named & { readonly email: string }) | null
  readonly product: KeyedName | null
  readonly component: KeyedName | null
  readonly duplicateOf: { readonly id: string; readonly key: string; readonly title: string } | null
  readonly release: ShownRelease | null
  readonly engineeringStatus: EngineeringStatus
  /** Worst of the tickets that wait, with the reasons; the item's own where no ticket says one. */
  readonly severity: DerivedSeverity
  /** Every ticket that was ever bonded to it and not moved away, the oldest first; at most 500 are listed. */
  readonly tickets: readonly TicketOnWorkItem[]
  /** Of those that wait for it or were answered by it. */
  readonly ticketCount: number
  readonly customerCount: number
  /** Of the tickets counted, those of whose customer nothing is known: without them, no customer looks like no harm. */
  readonly withoutCustomer: number
  readonly mirrors: readonly ShownMirror[]
  readonly links: readonly ShownLink[]
}

export interface ShownLink {
  readonly id: string
  readonly role: LinkRole
  /** Null: it is something elsewhere, at `url`. */
  readonly workItem: {
    readonly id: string
    readonly key: string
    readonly title: string
    readonly state: WorkItemState
  } | null
  readonly url: string | null
  readonly title: string | null
}

export interface TicketOnWorkItem {
  readonly id: string
  readonly key: string
  readonly title: string
  readonly state: TicketState
  readonly severity: Severity | null
  readonly customer: Named | null
  readonly owner: Named | null
  readonly escalation: ShownEscalation
  /** Its items in desks: key and address there. */
  readonly mirrors: readonly ShownMirror[]
}

type Around = InJson<
  Omit<WorkItemView, 'workItem' | 'release' | 'engineeringStatus' | 'severity' | 'links'>
> & {
  readonly release: ReleaseJson | null
  readonly links: readonly (Omit<ShownLink, 'role'> & LinkEnds)[]
}

const MAX_LISTED = 500

/** By id or key, in one query; null when there is none. For staff only, with the words their party may read. */
export const workItemView = async (
  db: Database,
  ref: string,
  party: StaffParty,
): Promise<WorkItemView | null> => {
  const result = await sql<WorkItem & { readonly around: Around }>`
    select w.*, jsonb_build_object(
      'team', (select jsonb_build_object('id', m.id, 'key', m.key, 'name', m.name) from team m where m.id = w.team_id),
      'assignee', (select jsonb_build_object('id', p.id, 'name', p.name, 'email', p.email) from person p where p.id = w.assignee_id),
      'product', (select jsonb_build_object('id', p.id, 'key', p.key, 'name', p.name) from product p where p.id = w.product_id),
      'component', (select jsonb_build_object('id', c.id, 'key', c.key, 'name', c.name) from component c where c.id = w.component_id),
      'duplicateOf', (select jsonb_build_object('id', d.id, 'key', d.key, 'title', d.title) from work_item d where d.id = w.duplicate_of),
      'release', ${RELEASE_WITH_HISTORY},
      'ticketCount', n.tickets, 'customerCount', n.customers, 'withoutCustomer', n.without_customer,
      'tickets', coalesce((select jsonb_agg(listed.ticket order by listed.number) from (
        select t.number, jsonb_build_object('id', t.id, 'key', t.key, 'title', t.title, 'state', t.state, 'severity', t.severity,
          'customer', (select jsonb_build_object('id', c.id, 'name', c.name) from customer c where c.id = t.customer_id),
          'owner', (select jsonb_build_object('id', p.id, 'name', p.name) from person p where p.id = t.owner_id),
          'escalation', ${escalationFor(party)},
          'mirrors', ${mirrorsOf('t.id')}) as ticket
        from (select distinct on (ticket_id) * from escalation where work_item_id = w.id
            order by ticket_id, (ended_at is null) desc, created_at desc, id desc) e
          join ticket t on t.id = e.ticket_id
        where ${TIES} order by t.number limit ${MAX_LISTED}) listed), '[]'),
      'mirrors', ${mirrorsOf('w.id')},
      'links', coalesce((select jsonb_agg(jsonb_build_object('id', l.id, 'kind', l.kind, 'isFrom', l.from_id = w.id,
          'workItem', case when o.id is null then null else jsonb_build_object('id', o.id, 'key', o.key, 'title', o.title, 'state', o.state) end,
          'url', l.url, 'title', l.title) order by l.made_at, l.id)
        from work_item_link l left join work_item o on o.id = case when l.from_id = w.id then l.to_id else l.from_id end
        where l.from_id = w.id or l.to_id = w.id), '[]')) as around
    from work_item w, lateral (
      select count(distinct t.id)::int as tickets, count(distinct t.customer_id)::int as customers,
        ${WITHOUT_CUSTOMER} as without_customer
      from escalation e join ticket t on t.id = e.ticket_id
      where e.work_item_id = w.id and (e.ended_at is null or e.state = 'verified')) n
    where ${isId(ref) ? sql`w.id = ${ref}::uuid` : sql`w.key = ${ref.toUpperCase()}`}`.execute(db)
  const row = result.rows[0]
  if (row === undefined) return null
  const { around, ...workItem } = row
  return viewOf(workItem, around)
}

const viewOf = (workItem: WorkItem, around: Around): WorkItemView => {
  const tickets = around.tickets.map((ticket) => ({
    ...ticket,
    escalation: readEscalation(ticket.escalation),
    mirrors: ticket.mirrors.map(readMirror),
  }))
  const waiting = tickets.filter(
    ({ escalation }) => escalation.endedAt === null || escalation.state === 'verified',
  )
  const derived = severityOf(
    waiting.map((ticket) => ({
      ticketKey: ticket.key,
      customer: ticket.customer?.name ?? null,
      severity: ticket.severity,
    })),
  )
  return {
    ...around,
    workItem,
    tickets,
    release: around.release && readRelease(around.release),
    engineeringStatus: engineeringStatus(workItem, around.release, null),
    severity: { ...derived, severity: derived.severity ?? workItem.severity },
    mirrors: around.mirrors.map(readMirror),
    links: around.links.map(({ kind, isFrom, ...link }) => ({ ...link, role: roleOf({ kind, isFrom }) })),
  }
}
