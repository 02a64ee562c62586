import { sql } from 'kysely'
import { audiencesOf, type StaffParty } from '../../domain/audience.ts'
import { engineeringStatus } from '../../domain/engineering-status.ts'
import { isTakenApart } from '../../domain/escalation.ts'
import { type JudgedLevels, levelsOf, priorityOf } from '../../domain/priority.ts'
import type { EngineeringStatus, Priority, TicketState, WorkItemState } from '../../domain/words.ts'
import { isId } from '../../lib/ids.ts'
import type { Database } from '../database.ts'
import type { Ticket } from '../tickets.ts'
import { escalationFor, LAST_ESCALATION, mirrorsOf, RELEASE_WITH_HISTORY } from './shared-columns.ts'
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

/** One ticket with all that stands around it. */
export interface TicketView {
  readonly ticket: Ticket
  readonly priority: Priority
  readonly levels: JudgedLevels
  readonly customer: (KeyedName & { readonly tier: string | null }) | null
  readonly contact: (Named & { readonly email: string | null }) | null
  readonly owner: (Named & { readonly email: string }) | null
  readonly product: KeyedName | null
  readonly component: (KeyedName & { readonly team: KeyedName }) | null
  readonly installation: {
    readonly id: string
    readonly environment: string
    readonly version: string | null
  } | null
  readonly mergedInto: { readonly id: string; readonly key: string } | null
  /** The bond it has, or had last. */
  readonly escalation: ShownEscalation | null
  readonly workItem: TicketWorkItem | null
  readonly engineeringStatus: EngineeringStatus
  /** The release that brings it, with the history of its estimates; `releasedAt` says when it did. */
  readonly release: ShownRelease | null
  readonly mirrors: readonly ShownMirror[]
  /** Other tickets and places it has to do with, and tickets that were merged into it. */
  readonly links: readonly ShownLink[]
  readonly mergedFrom: readonly TicketInShort[]
  /** Files left out of the live escalation. */
  readonly withheld: readonly Named[]
}

export interface TicketInShort {
  readonly id: string
  readonly key: string
  readonly title: string
  readonly state: TicketState
}
export interface ShownLink {
  readonly id: string
  readonly ticket: TicketInShort | null
  readonly url: string | null
  readonly title: string | null
}

export interface TicketWorkItem {
  readonly id: string
  readonly key: string
  readonly title: string
  readonly state: WorkItemState
  readonly statusMovedAt: Date
  readonly team: KeyedName | null
  readonly assignee: Named | null
  readonly duplicateKey: string | null
  readonly declineReason: string | null
  /** Words fit for customers. */
  readonly workaround: string | null
  readonly behaviourNote: string | null
  readonly rootCause: string | null
  readonly mirrors: readonly ShownMirror[]
}

type Around = InJson<Omit<TicketView, 'ticket' | 'priority' | 'levels' | 'engineeringStatus' | 'release'>> & {
  readonly release: ReleaseJson | null
}

const IN_SHORT = sql`jsonb_build_object('id', x.id, 'key', x.key, 'title', x.title, 'state', x.state)`
const LINKS = sql`coalesce((
  select jsonb_agg(jsonb_build_object('id', l.id, 'url', l.url, 'title', l.title,
    'ticket', case when x.id is null then null else ${IN_SHORT} end) order by l.at, l.id)
  from (select * from ticket_link where ticket_id = t.id union all select * from ticket_link where other_id = t.id) l
  left join ticket x on x.id = case when l.ticket_id = t.id then l.other_id else l.ticket_id end), '[]')`
/** One request may come in over and over: the latest of them are enough. */
const MERGED_FROM = sql`coalesce((
  select jsonb_agg(${IN_SHORT} order by x.number desc)
  from (select * from ticket where merged_into = t.id order by number desc limit 50) x), '[]')`

const withheldFrom = (party: StaffParty) => sql`coalesce((
  select jsonb_agg(jsonb_build_object('id', a.id, 'name', a.name) order by a.at, a.id)
  from escalation_withheld x join attachment a on a.id = x.attachment_id
  where x.escalation_id = e.id and e.ended_at is null and a.state <> 'deleted'
    and a.audience = any(${[...audiencesOf(party)]}::text[])), '[]')`

/** By id or key, in one query; null when there is none. */
export const ticketView = async (
  db: Database,
  ref: string,
  party: StaffParty,
): Promise<TicketView | null> => {
  const result = await sql<Ticket & { readonly around: Around }>`
    select t.*, jsonb_build_object(
      'customer', (select jsonb_build_object('id', c.id, 'key', c.key, 'name', c.name, 'tier', c.tier) from customer c where c.id = t.customer_id),
      'contact', (select jsonb_build_object('id', c.id, 'name', c.name, 'email', c.email) from contact c where c.id = t.contact_id),
      'owner', (select jsonb_build_object('id', p.id, 'name', p.name, 'email', p.email) from person p where p.id = t.owner_id),
      'product', (select jsonb_build_object('id', p.id, 'key', p.key, 'name', p.name) from product p where p.id = t.product_id),
      'component', (select jsonb_build_object('id', c.id, 'key', c.key, 'name', c.name,
          'team', jsonb_build_object('id', m.id, 'key', m.key, 'name', m.name))
        from component c join team m on m.id = c.team_id where c.id = t.component_id),
      'installation', (select jsonb_build_object('id', i.id, 'environment', i.environment, 'version', coalesce(i.version, r.name))
        from installation i left join release r on r.id = i.release_id where i.id = t.installation_id),
      'mergedInto', (select jsonb_build_object('id', x.id, 'key', x.key) from ticket x where x.id = t.merged_into),
      'escalation', case when e.id is null then null else ${escalationFor(party)} end,
      'workItem', case when w.id is null then null else jsonb_build_object('id', w.id, 'key', w.key, 'title', w.title, 'state', w.state,
        'statusMovedAt', w.status_moved_at,
        'team', (select jsonb_build_object('id', m.id, 'key', m.key, 'name', m.name) from team m where m.id = w.team_id),
        'assignee', (select jsonb_build_object('id', p.id, 'name', p.name) from person p where p.id = w.assignee_id),
        'duplicateKey', w.duplicate_key, 'declineReason', w.decline_reason, 'workaround', w.workaround,
        'behaviourNote', w.behaviour_note, 'rootCause', w.root_cause, 'mirrors', ${mirrorsOf('w.id')}) end,
      'release', ${RELEASE_WITH_HISTORY},
      'mirrors', ${mirrorsOf('t.id')}, 'links', ${LINKS}, 'mergedFrom', ${MERGED_FROM},
      'withheld', ${withheldFrom(party)}) as around
    from ticket t ${LAST_ESCALATION} left join work_item w on w.id = e.work_item_id
    where ${isId(ref) ? sql`t.id = ${ref}::uuid` : sql`t.key = ${ref.toUpperCase()}`}`.execute(db)
  const row = result.rows[0]
  if (row === undefined) return null
  const { around, ...ticket } = row
  return viewOf(ticket, around)
}

const viewOf = (ticket: Ticket, around: Around): TicketView => {
  const { workItem, escalation, release } = around
  // of work that was taken apart from it, nothing is told as if it were its answer
  const isApart = escalation !== null && isTakenApart(escalation.state)
  const levels = levelsOf(ticket)
  return {
    ...around,
    ticket,
    levels,
    priority: priorityOf(levels.impact, levels.urgency),
    escalation: escalation && readEscalation(escalation),
    workItem: workItem && {
      ...workItem,
      ...(isApart ? { workaround: null, behaviourNote: null, declineReason: null } : {}),
      statusMovedAt: new Date(workItem.statusMovedAt),
      mirrors: workItem.mirrors.map(readMirror),
    },
    engineeringStatus: engineeringStatus(workItem, release, escalation),
    release: isApart ? null : release && readRelease(release),
    mirrors: around.mirrors.map(readMirror),
  }
}
