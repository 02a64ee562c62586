import type { ListedTicket } from '../../store/views/ticket-list.ts'
import type { ListedWorkItem } from '../../store/views/work-item-list.ts'

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
