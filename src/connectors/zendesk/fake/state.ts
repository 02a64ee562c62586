/** What a pretended Zendesk holds: one account with a few agents, customers, groups, fields and statuses. */

export interface FakeUser {
  readonly id: number
  readonly name: string
  readonly email: string
  readonly role: 'admin' | 'agent' | 'end-user'
  readonly onlyPrivate: boolean
}

export interface FakeField {
  readonly id: number
  readonly type: string
  readonly title: string
  /** Must be filled before a ticket is solved. */
  readonly required: boolean
  readonly options: readonly { readonly name: string; readonly value: string }[]
  readonly tag: string | null
}

export interface FakeStatus {
  readonly id: number
  readonly category: string
  readonly label: string
}

export interface FakeAttachment {
  readonly id: number
  name: string
  mediaType: string
  bytes: Uint8Array
  malware: boolean
}

export interface FakeComment {
  readonly id: number
  readonly authorId: number
  readonly html: string
  isPublic: boolean
  readonly atMs: number
  readonly attachments: FakeAttachment[]
}

/** Under the name that audits use. */
export interface FakeChange {
  readonly type: 'Create' | 'Change'
  readonly field_name: string
  readonly value: unknown
  readonly previous_value?: unknown
  readonly via?: { readonly channel: string; readonly source: unknown }
}

export interface FakeAudit {
  readonly id: number
  readonly authorId: number
  readonly atMs: number
  readonly changes: readonly FakeChange[]
  readonly comment: FakeComment | null
}

export interface FakeTicket {
  readonly id: number
  subject: string
  status: string
  customStatusId: number
  type: string | null
  priority: string | null
  assigneeId: number | null
  requesterId: number
  readonly submitterId: number
  groupId: number | null
  organizationId: number | null
  readonly brandId: number
  readonly formId: number
  problemId: number | null
  externalId: string | null
  tags: readonly string[]
  dueAt: string | null
  values: ReadonlyMap<number, unknown>
  comments: FakeComment[]
  audits: FakeAudit[]
  readonly createdMs: number
  updatedMs: number
  isDeleted: boolean
}

export interface FakeWebhook {
  readonly id: string
  readonly name: string
  readonly endpoint: string
  status: string
  readonly subscriptions: readonly string[]
  readonly secret: string
}

/** A trigger of the account: when a ticket is changed so, it sets this. */
export interface FakeTrigger {
  readonly title: string
  readonly when: (ticket: FakeTicket) => boolean
  readonly set: { readonly priority: string }
}

export interface FakeState {
  readonly users: readonly FakeUser[]
  readonly groups: readonly { readonly id: number; readonly name: string }[]
  readonly brands: readonly { readonly id: number; readonly name: string }[]
  readonly forms: readonly { readonly id: number; readonly name: string }[]
  readonly organizations: readonly { readonly id: number; readonly name: string }[]
  readonly fields: readonly FakeField[]
  readonly statuses: readonly FakeStatus[]
  readonly tickets: Map<number, FakeTicket>
  readonly uploads: Map<string, FakeAttachment>
  readonly webhooks: FakeWebhook[]
  readonly triggers: FakeTrigger[]
  /** Answers to creates by their keys. */
  readonly made: Map<string, { readonly body: string; readonly atMs: number; readonly ticketId: number }>
  lastId: number
}

/** One row of numbers for everything, as large as true ones are. */
export const nextId = (state: FakeState): number => {
  state.lastId += 1
  return state.lastId
}

const choice = (...names: readonly string[]) =>
  names.map((name) => ({ name, value: name.toLowerCase().replaceAll(' ', '_').replaceAll('::', '__') }))

const field = (
  id: number,
  type: string,
  title: string,
  more: Partial<Pick<FakeField, 'required' | 'options' | 'tag'>> = {},
): FakeField => ({ id, type, title, required: false, options: [], tag: null, ...more })

export const OUR_ID = 900_001
export const CUSTOMER_ID = 900_013

export const initialState = (): FakeState => ({
  users: [
    { id: OUR_ID, name: 'Integration', email: 'integration@example.com', role: 'admin', onlyPrivate: false },
    { id: 900_002, name: 'Agent One', email: 'one@example.com', role: 'agent', onlyPrivate: false },
    { id: 900_003, name: 'Agent Two', email: 'two@example.com', role: 'agent', onlyPrivate: false },
    {
      id: CUSTOMER_ID,
      name: 'Customer',
      email: 'customer@example.org',
      role: 'end-user',
      onlyPrivate: false,
    },
    { id: 900_014, name: 'Other', email: 'other@example.org', role: 'end-user', onlyPrivate: false },
  ],
  groups: [
    { id: 500_001, name: 'Support' },
    { id: 500_002, name: 'Billing' },
  ],
  brands: [{ id: 510_001, name: 'Main' }],
  forms: [{ id: 520_001, name: 'Default' }],
  organizations: [{ id: 530_001, name: 'Example & Sons' }],
  fields: [
    field(600_001, 'subject', 'Subject'),
    field(600_002, 'description', 'Description'),
    field(600_003, 'status', 'Status'),
    field(600_004, 'custom_status', 'Ticket status'),
    field(600_005, 'tickettype', 'Type'),
    field(600_006, 'priority', 'Priority'),
    field(600_007, 'group', 'Group'),
    field(600_008, 'assignee', 'Assignee'),
    field(600_101, 'tagger', 'Severity', { options: choice('Severity low', 'Severity high') }),
    field(600_102, 'multiselect', 'Areas', { options: choice('Export', 'Import', 'Billing::Invoices') }),
    field(600_103, 'text', 'Version'),
    field(600_104, 'integer', 'Customers affected'),
    field(600_105, 'checkbox', 'Regression', { tag: 'is_regression' }),
    field(600_106, 'date', 'Wanted by'),
    field(600_107, 'tagger', 'Root cause', { required: true, options: choice('Configuration', 'Code') }),
  ],
  statuses: [
    { id: 700_001, category: 'new', label: 'New' },
    { id: 700_002, category: 'open', label: 'Open' },
    { id: 700_003, category: 'open', label: 'In review' },
    { id: 700_004, category: 'pending', label: 'Pending' },
    { id: 700_005, category: 'hold', label: 'On-hold' },
    { id: 700_006, category: 'solved', label: 'Solved' },
  ],
  tickets: new Map(),
  uploads: new Map(),
  webhooks: [],
  triggers: [],
  made: new Map(),
  lastId: 1_000_000,
})
