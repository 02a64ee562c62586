/** The fake's data, in RT's own terms. Times are whole seconds since 1970, as RT has no finer ones. */

export interface FakeUser {
  readonly id: number
  readonly login: string
  readonly name: string
  readonly email: string
}

export interface FakeField {
  readonly id: number
  readonly name: string
  readonly type: 'Select' | 'Freeform' | 'Text'
  readonly multiple: boolean
  readonly values: readonly string[]
}

export interface FakeTicket {
  readonly id: number
  queue: string
  subject: string
  status: string
  owner: string
  requestors: string[]
  readonly creator: string
  readonly created: number
  lastUpdated: number
  due: number
  priority: number
  readonly custom: Map<string, string[]>
  links: string[]
  mergedInto: number | null
}

export interface FakeTransaction {
  readonly id: number
  readonly ticketId: number
  readonly type: string
  readonly creator: string
  readonly created: number
}

export interface FakeAttachment {
  readonly id: number
  readonly transactionId: number
  readonly filename: string
  readonly mediaType: string
  readonly content: Uint8Array
}

/** One accepted change. `via`: through REST2 or by a person's hand. */
export interface LedgerEntry {
  readonly at: number
  readonly via: 'api' | 'hand'
  readonly by: string
  readonly op: 'create' | 'update' | 'comment' | 'correspond' | 'attach' | 'delete' | 'merge'
  readonly ticketId: number
  /** What changed, in RT's words. */
  readonly messages: readonly string[]
}

export interface FakeState {
  readonly now: () => number
  readonly users: FakeUser[]
  readonly queues: string[]
  readonly fields: FakeField[]
  readonly tickets: Map<number, FakeTicket>
  readonly transactions: FakeTransaction[]
  readonly attachments: FakeAttachment[]
  readonly ledger: LedgerEntry[]
  /** The account may not see mails RT sent: they leave gaps in the pages of a history. */
  hidesMails: boolean
  /** Queues the account may not see: 403, and never found. */
  readonly closedQueues: Set<string>
}

export const STATUSES = ['new', 'open', 'stalled', 'resolved', 'rejected', 'deleted']

const FIELDS: readonly Omit<FakeField, 'id'>[] = [
  { name: 'CausewayKey', type: 'Freeform', multiple: false, values: [] },
  { name: 'Severity', type: 'Select', multiple: false, values: ['Critical', 'High', 'Medium', 'Low'] },
  { name: 'Product', type: 'Select', multiple: false, values: ['Atlas', 'Beacon'] },
  { name: 'Component', type: 'Freeform', multiple: false, values: [] },
  { name: 'Version', type: 'Freeform', multiple: false, values: [] },
  { name: 'Environment', type: 'Select', multiple: false, values: ['production', 'staging', 'test'] },
  { name: 'Areas', type: 'Select', multiple: true, values: ['import', 'export', 'billing'] },
  { name: 'EngineeringKey', type: 'Freeform', multiple: false, values: [] },
  { name: 'EngineeringURL', type: 'Freeform', multiple: false, values: [] },
  { name: 'EngineeringStatus', type: 'Freeform', multiple: false, values: [] },
  { name: 'PlannedRelease', type: 'Freeform', multiple: false, values: [] },
  { name: 'ActualRelease', type: 'Freeform', multiple: false, values: [] },
  { name: 'SentToEngineering', type: 'Select', multiple: false, values: ['yes', 'no'] },
  { name: 'Workaround', type: 'Text', multiple: false, values: [] },
]

/** The same people, queues and fields as test/servers/real/rt-seed.pl makes. */
export const newState = (now: () => Date): FakeState => ({
  now: () => Math.floor(now().getTime() / 1000),
  users: [
    { id: 14, login: 'root', name: 'Enoch Root', email: 'root@localhost' },
    { id: 31, login: 'agent', name: 'Ada Agent', email: 'agent@helpdesk.example' },
    { id: 33, login: 'customer', name: 'Carl Customer', email: 'customer@customer.example' },
    { id: 35, login: 'integration', name: 'Integration', email: 'integration@helpdesk.example' },
  ],
  queues: ['Support', 'Beacon'],
  fields: FIELDS.map((field, index) => ({ ...field, id: index + 2 })),
  tickets: new Map(),
  transactions: [],
  attachments: [],
  ledger: [],
  hidesMails: false,
  closedQueues: new Set(),
})

export const userOf = (state: FakeState, loginOrEmail: string): FakeUser | undefined => {
  const wanted = loginOrEmail.toLowerCase()
  return state.users.find(
    (user) => user.login.toLowerCase() === wanted || user.email.toLowerCase() === wanted,
  )
}

/** An unknown requestor with an address becomes a user of that name, as in RT. */
export const requestorOf = (state: FakeState, loginOrEmail: string): FakeUser | null => {
  const known = userOf(state, loginOrEmail)
  if (known !== undefined || !loginOrEmail.includes('@')) return known ?? null
  const made = { id: 1000 + state.users.length, login: loginOrEmail, name: '', email: loginOrEmail }
  state.users.push(made)
  return made
}

export const fieldOf = (state: FakeState, name: string): FakeField | undefined =>
  state.fields.find((field) => field.name === name)

/** Follows merges: RT loads the ticket a merged one went into. */
export const ticketOf = (state: FakeState, id: number): FakeTicket | undefined => {
  const ticket = state.tickets.get(id)
  return ticket !== undefined && ticket.mergedInto !== null ? ticketOf(state, ticket.mergedInto) : ticket
}

/** Transactions of a ticket and of those merged into it, oldest first. */
export const transactionsOf = (state: FakeState, id: number): readonly FakeTransaction[] =>
  state.transactions.filter((each) => ticketOf(state, each.ticketId)?.id === id)

/** What the account may see of them. */
export const isVisible = (state: FakeState, row: FakeTransaction): boolean =>
  !(state.hidesMails && row.type === 'EmailRecord')

export const record = (
  state: FakeState,
  ticket: FakeTicket,
  type: string,
  creator: string,
): FakeTransaction => {
  const now = state.now()
  const transaction = { id: state.transactions.length + 40, ticketId: ticket.id, type, creator, created: now }
  state.transactions.push(transaction)
  ticket.lastUpdated = now
  return transaction
}

export const keep = (state: FakeState, row: Omit<FakeAttachment, 'id'>): FakeAttachment => {
  const kept = { ...row, id: state.attachments.length + 1 }
  state.attachments.push(kept)
  return kept
}
