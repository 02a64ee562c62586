import { standingInWords } from '../../domain/ticket-words.ts'
import type { ListedTicket } from '../../store/views/ticket-list.ts'
import type { ListedWorkItem } from '../../store/views/work-item-list.ts'
import type { Caller } from '../caller.ts'

export interface Column<T> {
  readonly title: string
  readonly of: (row: T) => string | number | null
}

/** What customers may read of a ticket; staff's columns come after these, never the other way round. */
const FOR_EVERYONE: readonly Column<ListedTicket>[] = [
  { title: 'Key', of: ({ key }) => key },
  { title: 'Title', of: ({ title }) => title },
  { title: 'Kind', of: ({ kind }) => kind },
  { title: 'State', of: ({ state }) => state },
  { title: 'Standing', of: ({ state, waitingFor }) => standingInWords(state, waitingFor) },
  { title: 'Priority', of: ({ priority }) => priority },
  { title: 'Engineering', of: ({ engineeringStatus }) => engineeringStatus },
  { title: 'Customer', of: ({ customer }) => customer },
  { title: 'Owner', of: ({ owner }) => owner },
  { title: 'Created', of: ({ createdAt }) => createdAt.toISOString() },
  { title: 'Updated', of: ({ updatedAt }) => updatedAt.toISOString() },
]
const FOR_STAFF: readonly Column<ListedTicket>[] = [
  { title: 'Severity', of: ({ severity }) => severity },
  { title: 'Needs', of: ({ needs }) => needs },
  { title: 'Waiting for', of: ({ waitingFor }) => waitingFor },
  { title: 'Component', of: ({ component }) => component },
  { title: 'Work item', of: ({ workItem }) => workItem },
  { title: 'Escalation', of: ({ escalationState }) => escalationState },
]

export const ticketColumnsFor = ({ reach }: Caller): readonly Column<ListedTicket>[] =>
  reach === null ? [...FOR_EVERYONE, ...FOR_STAFF] : FOR_EVERYONE

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
