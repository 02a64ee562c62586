import {
  type FakeState,
  type FakeTicket,
  type FakeTransaction,
  fieldOf,
  keep,
  record,
  requestorOf,
  STATUSES,
  userOf,
} from './state.ts'

/** What writes do, with RT's habit of answering 200 and a sentence whether or not it did anything. */

export type Members = Readonly<Record<string, unknown>>

export const membersOf = (value: unknown): Members =>
  value !== null && typeof value === 'object' && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value))
    : {}

const listOf = (value: unknown): readonly string[] =>
  (Array.isArray(value) ? value : value === null || value === undefined ? [] : [value]).map(String)

/** `Z` is understood; any other offset unsets the date, without an error. */
const dueOf = (text: string): number => {
  const time = /Z$/.test(text) ? Date.parse(text) : Number.NaN
  return Number.isNaN(time) ? 0 : Math.floor(time / 1000)
}

/** Said, and whether something changed. */
interface Outcome {
  readonly said: string
  readonly type: string | null
}

const done = (said: string, type: string): Outcome => ({ said, type })
const refused = (said: string): Outcome => ({ said, type: null })

const setCustom = (
  state: FakeState,
  ticket: FakeTicket,
  name: string,
  value: unknown,
): readonly Outcome[] => {
  const field = fieldOf(state, name)
  if (field === undefined) return []
  const before = ticket.custom.get(name) ?? []
  if (value === null && (before[0]?.length ?? 0) > 255)
    return [refused('Custom field value could not be found')]
  const wanted = field.multiple ? [...new Set(listOf(value))] : listOf(value).slice(0, 1)
  const known = wanted.filter(
    (each) => field.values.length === 0 || each === '' || field.values.includes(each),
  )
  if (known.length < wanted.length) return [refused('Invalid value for custom field')]
  if (before.join('\n') === wanted.join('\n')) return []
  ticket.custom.set(name, wanted)
  return [done(`${name} ${wanted.join(', ')} added`, 'CustomField')]
}

const setOne = (state: FakeState, ticket: FakeTicket, key: string, value: unknown): readonly Outcome[] => {
  const text = String(value ?? '')
  const label = `Ticket ${ticket.id}:`
  switch (key) {
    case 'Subject': {
      const subject = text.replace(/[\r\n]/g, '').slice(0, 200)
      if (subject === ticket.subject) return []
      ticket.subject = subject
      return [done(`${label} Subject changed to '${subject}'`, 'Set')]
    }
    case 'Status':
      if (!STATUSES.includes(text))
        return [refused(`${label} Status '${text}' isn't a valid status for this ticket.`)]
      if (text === ticket.status) return []
      ticket.status = text
      return [done(`${label} Status changed to '${text}'`, 'Status')]
    case 'Queue':
      if (!state.queues.includes(text)) return [refused(`${label} Queue ${text} does not exist`)]
      if (text === ticket.queue) return []
      ticket.queue = text
      return [done(`${label} Queue changed to ${text}`, 'Set')]
    case 'Priority':
      if (Number(text) === ticket.priority) return []
      ticket.priority = Number(text)
      return [done(`${label} Priority changed to ${text}`, 'Set')]
    case 'Due':
      if (dueOf(text) === ticket.due) return []
      ticket.due = dueOf(text)
      return [done(`${label} Due changed`, 'Set')]
    case 'Owner': {
      const owner = text === 'Nobody' ? 'Nobody' : userOf(state, text)?.login
      if (owner === undefined) return [refused(`${label} That user does not exist`)]
      if (owner === ticket.owner) return []
      ticket.owner = owner
      return [done(`${label} Owner changed to ${owner}`, 'Set')]
    }
    case 'Requestor': {
      const people = listOf(value).flatMap((each) => requestorOf(state, each)?.login ?? [])
      if (people.join(',') === ticket.requestors.join(',')) return []
      ticket.requestors = people
      return [done(`Requestors are ${people.join(', ')}`, 'AddWatcher')]
    }
    case 'AddRefersTo':
      return listOf(value).map((url) => {
        if (ticket.links.includes(url)) return refused('Link already exists')
        ticket.links = [...ticket.links, url]
        return done(`${label} refers to URI ${url}.`, 'AddLink')
      })
    case 'DeleteRefersTo':
      return listOf(value).map((url) => {
        if (!ticket.links.includes(url)) return refused('Link not found')
        ticket.links = ticket.links.filter((each) => each !== url)
        return done(`${label} no longer refers to URI ${url}.`, 'DeleteLink')
      })
    case 'CustomFields':
      return Object.entries(membersOf(value)).flatMap(([name, each]) => setCustom(state, ticket, name, each))
    default:
      return []
  }
}

type Via = 'api' | 'hand'

/** Gives what RT says. Unknown members are ignored without a word. */
export const update = (
  state: FakeState,
  ticket: FakeTicket,
  body: Members,
  by: string,
  via: Via,
): readonly string[] => {
  const outcomes = Object.entries(body).flatMap(([key, value]) => setOne(state, ticket, key, value))
  const changes = outcomes.filter((each) => each.type !== null)
  for (const change of changes) record(state, ticket, change.type ?? 'Set', by)
  if (changes.length > 0) {
    const messages = changes.map((each) => each.said)
    state.ledger.push({ at: state.now(), via, by, op: 'update', ticketId: ticket.id, messages })
  }
  return outcomes.map((each) => each.said)
}

export interface Upload {
  readonly filename: string
  readonly mediaType: string
  readonly content: Uint8Array
}

const NOTHING = new Uint8Array()

const keepMessage = (
  state: FakeState,
  transaction: FakeTransaction,
  body: Members,
  files: readonly Upload[],
): void => {
  const transactionId = transaction.id
  const words = typeof body['Content'] === 'string' ? body['Content'] : ''
  if (files.length > 0)
    keep(state, { transactionId, filename: '', mediaType: 'multipart/mixed', content: NOTHING })
  // An upload without words leaves an empty row of this type.
  const mediaType = words === '' ? 'application/octet-stream' : String(body['ContentType'] ?? 'text/plain')
  keep(state, { transactionId, filename: '', mediaType, content: Buffer.from(words) })
  for (const file of files) keep(state, { transactionId, ...file })
}

/** RT keeps a record of the mail it sends about each public message, among the transactions. */
const recordMail = (state: FakeState, ticket: FakeTicket): void => {
  const transactionId = record(state, ticket, 'EmailRecord', 'RT_System').id
  keep(state, {
    transactionId,
    filename: '',
    mediaType: 'text/plain',
    content: Buffer.from('Greetings, this is RT.'),
  })
}

export const addMessage = (
  state: FakeState,
  ticket: FakeTicket,
  kind: 'comment' | 'correspond',
  body: Members,
  files: readonly Upload[],
  by: string,
  via: Via,
): FakeTransaction => {
  const transaction = record(state, ticket, kind === 'comment' ? 'Comment' : 'Correspond', by)
  keepMessage(state, transaction, body, files)
  const op = files.length > 0 ? 'attach' : kind
  state.ledger.push({
    at: state.now(),
    via,
    by,
    op,
    ticketId: ticket.id,
    messages: files.map((each) => each.filename),
  })
  if (kind === 'correspond') {
    recordMail(state, ticket)
    // "On Correspond Open Tickets": an answer opens a new ticket.
    if (ticket.status === 'new' && !ticket.requestors.includes(by)) {
      ticket.status = 'open'
      record(state, ticket, 'Status', 'RT_System')
    }
  }
  return transaction
}

/** Bad custom fields and owners are ignored, as RT does; the queue and the status were checked before. */
export const createTicket = (
  state: FakeState,
  body: Members,
  files: readonly Upload[],
  by: string,
  via: Via,
): FakeTicket => {
  const now = state.now()
  const ticket: FakeTicket = {
    id: Math.max(0, ...state.tickets.keys()) + 1,
    queue: String(body['Queue']),
    subject: '',
    status: String(body['Status'] ?? 'new'),
    owner: 'Nobody',
    requestors: [],
    creator: by,
    created: now,
    lastUpdated: now,
    due: 0,
    priority: 0,
    custom: new Map(),
    links: [],
    mergedInto: null,
  }
  state.tickets.set(ticket.id, ticket)
  for (const key of ['Subject', 'Owner', 'Requestor', 'Priority', 'Due', 'CustomFields']) {
    if (body[key] !== undefined) setOne(state, ticket, key, body[key])
  }
  const transaction = record(state, ticket, 'Create', by)
  if (typeof body['Content'] === 'string' || files.length > 0) keepMessage(state, transaction, body, files)
  recordMail(state, ticket)
  state.ledger.push({ at: now, via, by, op: 'create', ticketId: ticket.id, messages: [ticket.subject] })
  return ticket
}
