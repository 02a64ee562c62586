import type { Static } from 'typebox'
import type { ReportedTicket } from '../../store/views/outreach-report.ts'
import type { ListedTicket } from '../../store/views/ticket-list.ts'
import type { ListedWorkItem } from '../../store/views/work-item-list.ts'
import type { AuditEntry } from '../audit/schema.ts'

export interface Column<T> {
  readonly title: string
  readonly of: (row: T) => string | number | null
}

export const TICKET_COLUMNS: readonly Column<ListedTicket>[] = [
  { title: 'Key', of: ({ key }) => key },
  { title: 'Title', of: ({ title }) => title },
  { title: 'Kind', of: ({ kind }) => kind },
  { title: 'State', of: ({ state }) => state },
  { title: 'Priority', of: ({ priority }) => priority },
  { title: 'Engineering', of: ({ engineeringStatus }) => engineeringStatus },
  { title: 'Customer', of: ({ customer }) => customer },
  { title: 'Owner', of: ({ owner }) => owner },
  { title: 'Created', of: ({ createdAt }) => createdAt.toISOString() },
  { title: 'Updated', of: ({ updatedAt }) => updatedAt.toISOString() },
  { title: 'Severity', of: ({ severity }) => severity },
  { title: 'Needs', of: ({ needs }) => needs },
  { title: 'Waiting for', of: ({ waitingFor }) => waitingFor },
  { title: 'Component', of: ({ component }) => component },
  { title: 'Work item', of: ({ workItem }) => workItem },
  { title: 'Escalation', of: ({ escalationState }) => escalationState },
]

export const WORK_ITEM_COLUMNS: readonly Column<ListedWorkItem>[] = [
  { title: 'Key', of: ({ key }) => key },
  { title: 'Title', of: ({ title }) => title },
  { title: 'Kind', of: ({ kind }) => kind },
  { title: 'State', of: ({ state }) => state },
  { title: 'Engineering', of: ({ engineeringStatus }) => engineeringStatus },
  { title: 'Priority', of: ({ priority }) => priority },
  { title: 'Severity', of: ({ severity }) => severity },
  { title: 'Team', of: ({ team }) => team },
  { title: 'Assignee', of: ({ assignee }) => assignee },
  { title: 'Component', of: ({ component }) => component },
  { title: 'Release', of: ({ release }) => release },
  { title: 'Tickets', of: ({ tickets }) => tickets },
  { title: 'Customers', of: ({ customers }) => customers },
  { title: 'Created', of: ({ createdAt }) => createdAt.toISOString() },
  { title: 'Updated', of: ({ updatedAt }) => updatedAt.toISOString() },
]

export const OUTREACH_COLUMNS: readonly Column<ReportedTicket>[] = [
  { title: 'Work item', of: ({ workItem }) => workItem.key },
  { title: 'Fix', of: ({ workItem }) => workItem.title },
  { title: 'Ticket', of: ({ ticket }) => ticket.key },
  { title: 'Title', of: ({ ticket }) => ticket.title },
  { title: 'Customer', of: ({ customer }) => customer?.name ?? null },
  { title: 'Contact', of: ({ contact }) => contact?.name ?? null },
  { title: 'Standing', of: ({ standing }) => standing },
  { title: 'Told at', of: ({ told }) => told?.at.toISOString() ?? null },
  { title: 'Told by', of: ({ told }) => told?.by.name ?? null },
  { title: 'Told', of: ({ told }) => told?.standing ?? null },
  { title: 'Of release', of: ({ told }) => told?.release ?? null },
  { title: 'Answer', of: ({ told }) => told?.answer ?? null },
  { title: 'Proposed', of: ({ isProposed }) => (isProposed ? 'yes' : null) },
  { title: 'Not told because', of: ({ reason }) => reason },
  { title: 'Why', of: ({ why }) => why },
]

/** Of the log as who asks may read it: words are left out there already. */
export const AUDIT_COLUMNS: readonly Column<Static<typeof AuditEntry>>[] = [
  { title: 'At', of: ({ at }) => at },
  { title: 'Who', of: ({ actor }) => actor.name },
  { title: 'Who is', of: ({ actor }) => actor.kind },
  { title: 'What', of: ({ kind }) => kind },
  { title: 'Record', of: ({ record }) => record?.kind ?? null },
  { title: 'Key', of: ({ record }) => record?.key ?? null },
  { title: 'Name', of: ({ record }) => record?.name ?? null },
  { title: 'Connection', of: ({ connection }) => connection?.name ?? null },
  { title: 'From', of: ({ address }) => address },
  {
    title: 'Details',
    of: ({ data }) => (Object.keys(data).length === 0 ? null : JSON.stringify(data).slice(0, MAX_DETAILS)),
  },
  { title: 'Id', of: ({ id }) => id },
]
/** What a spreadsheet takes in one cell. */
const MAX_DETAILS = 32_000
