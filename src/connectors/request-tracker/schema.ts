import { RemoteFault } from '../../sync/fault.ts'

/**
 * Readers of REST2's answers. Each takes only the fields used here and makes our own type of them at once; ids come as
 * numbers in one place and as strings in another. An answer of another shape is a fault, never a half-read value.
 */

export interface RtPerson {
  /** Login name: the only id that REST2 shows of a person. */
  readonly login: string
  readonly name: string | null
  readonly email: string | null
}

export interface RtCustomValue {
  readonly id: string
  readonly name: string
  readonly values: readonly string[]
}

export interface RtLink {
  readonly ref: string
  readonly ticketId: string | null
  readonly url: string
}

export interface RtTicket {
  readonly id: string
  readonly subject: string
  readonly status: string
  /** The name when the answer was asked to hold it, else the number. */
  readonly queue: string
  readonly owner: RtPerson | null
  readonly requestors: readonly RtPerson[]
  readonly creator: RtPerson | null
  readonly created: string | null
  readonly lastUpdated: string | null
  readonly due: string | null
  readonly priority: string | null
  readonly customFields: readonly RtCustomValue[]
  readonly links: readonly RtLink[] | null
  /** Statuses that have a button from here; null when the answer holds no `_hyperlinks`. */
  readonly actions: readonly string[] | null
}

export interface RtTransaction {
  readonly id: string
  readonly type: string
  readonly ticketId: string | null
  readonly creator: RtPerson | null
  readonly created: string | null
}

export interface RtAttachment {
  readonly id: string
  readonly transactionId: string
  readonly filename: string
  readonly mediaType: string
  readonly length: number | null
  readonly content: string | null
  readonly created: string | null
}

export interface RtField {
  readonly id: string
  readonly name: string
  /** `Select`, `Freeform`, `Text`, `Date` … */
  readonly type: string
  readonly multiple: boolean
}

export interface RtQueue {
  readonly name: string
  readonly description: string
  readonly lifecycle: string
}

export interface RtPage<T> {
  readonly items: readonly T[]
  /** null: rows may have been left out because this account may not see them. */
  readonly total: number | null
}

type Members = Readonly<Record<string, unknown>>

const isMembers = (value: unknown): value is Members =>
  value !== null && typeof value === 'object' && !Array.isArray(value)

const shapeFault = (what: string): RemoteFault =>
  new RemoteFault('down', `Request Tracker answered something else than ${what}`)

export const membersOf = (value: unknown, what: string): Members => {
  if (isMembers(value)) return value
  throw shapeFault(what)
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

const textOrNull = (value: unknown): string | null => {
  if (typeof value === 'string') return value
  return typeof value === 'number' && Number.isFinite(value) ? String(value) : null
}

/** Never `String(value)`: an object with a member `toString` makes that throw. */
export const textOf = (value: unknown): string => textOrNull(value) ?? ''

const NUMERIC_ID = /^[1-9]\d{0,14}$/

export const readId = (value: unknown, what: string): string => {
  const id = textOrNull(value)
  if (id !== null && NUMERIC_ID.test(id)) return id
  throw shapeFault(what)
}

/**
 * The id as it stands in a path. Ids come from the database and from elsewhere: what is no number is no ticket or
 * attachment of RT's, and must not lead to another address of it.
 */
export const pathId = (id: string): string => {
  if (NUMERIC_ID.test(id)) return id
  throw new RemoteFault('gone', 'there is nothing of that number in Request Tracker')
}

/** RT's "not set" is the beginning of 1970. Answers are always UTC, in whole seconds. */
const dateOf = (value: unknown): string | null => {
  const text = textOrNull(value)
  if (text === null || text.startsWith('1970-01-01T00:00:00') || Number.isNaN(Date.parse(text))) return null
  return new Date(text).toISOString()
}

/** The field is free text in RT; what is no address is none. */
const emailOf = (value: unknown): string | null => {
  const text = textOf(value)
  return text.includes('@') ? text : null
}

const personOf = (value: unknown): RtPerson | null => {
  if (!isMembers(value) || (value['type'] !== undefined && value['type'] !== 'user')) return null
  const login = textOf(value['id'])
  if (login === '' || login === 'Nobody') return null
  return {
    login,
    name: textOrNull(value['RealName']) || null,
    email: emailOf(value['EmailAddress']),
  }
}

const isPresent = <T>(value: T | null): value is T => value !== null

/** An emptied field comes as `[null]` or `[""]`, a file's as an object. */
const customValueOf = (value: unknown): RtCustomValue | null => {
  if (!isMembers(value)) return null
  const name = textOf(value['name'])
  if (name === '') return null
  const values = listOf(value['values'])
    .map(textOf)
    .filter((each) => each !== '')
  return { id: textOf(value['id']), name, values }
}

const linkOf = (value: unknown): RtLink | null => {
  if (!isMembers(value)) return null
  const url = textOf(value['_url'])
  const ref = textOf(value['ref'])
  if (!URL.canParse(url) || !LINK_REFS.has(ref)) return null
  return { ref, url, ticketId: value['type'] === 'ticket' ? textOf(value['id']) : null }
}

const LINK_REFS = new Set(['refers-to', 'referred-to-by', 'depends-on', 'depended-on-by', 'parent', 'child'])

const actionOf = (value: unknown): string | null =>
  isMembers(value) && value['ref'] === 'lifecycle' ? textOrNull(value['to']) : null

export const readTicket = (value: unknown): RtTicket => {
  const ticket = membersOf(value, 'a ticket')
  const queue = ticket['Queue']
  const hyperlinks = Array.isArray(ticket['_hyperlinks']) ? ticket['_hyperlinks'] : null
  const status = textOf(ticket['Status'])
  const queueName = isMembers(queue) ? textOf(queue['Name'] ?? queue['id']) : textOf(queue)
  if (status === '' || queueName === '') throw shapeFault('a ticket with a status and a queue')
  return {
    id: readId(ticket['id'], 'a ticket with a number'),
    subject: textOf(ticket['Subject']),
    status,
    queue: queueName,
    owner: personOf(ticket['Owner']),
    requestors: listOf(ticket['Requestor']).map(personOf).filter(isPresent),
    creator: personOf(ticket['Creator']),
    created: dateOf(ticket['Created']),
    lastUpdated: dateOf(ticket['LastUpdated']),
    due: dateOf(ticket['Due']),
    priority: textOrNull(ticket['Priority']),
    customFields: listOf(ticket['CustomFields']).map(customValueOf).filter(isPresent),
    links: hyperlinks?.map(linkOf).filter(isPresent) ?? null,
    actions: hyperlinks?.map(actionOf).filter(isPresent) ?? null,
  }
}

export const readTransaction = (value: unknown): RtTransaction => {
  const row = membersOf(value, 'a transaction')
  return {
    id: readId(row['id'], 'a transaction with a number'),
    type: textOf(row['Type']),
    ticketId: row['ObjectType'] === 'RT::Ticket' ? textOrNull(row['ObjectId']) : null,
    creator: personOf(row['Creator']),
    created: dateOf(row['Created']),
  }
}

export const readAttachment = (value: unknown): RtAttachment => {
  const row = membersOf(value, 'an attachment')
  const length = textOf(row['ContentLength'])
  return {
    id: readId(row['id'], 'an attachment with a number'),
    transactionId: textOf(row['TransactionId']),
    filename: textOf(row['Filename']),
    mediaType: (textOf(row['ContentType']).split(';', 1)[0] ?? '').trim().toLowerCase(),
    length: /^\d{1,15}$/.test(length) ? Number(length) : null,
    content: typeof row['Content'] === 'string' ? row['Content'] : null,
    created: dateOf(row['Created']),
  }
}

export const readField = (value: unknown): RtField => {
  const row = membersOf(value, 'a custom field')
  // 0 stands for "any number of values".
  return {
    id: textOf(row['id']),
    name: textOf(row['Name'] ?? row['name']),
    type: textOf(row['Type']),
    multiple: textOf(row['MaxValues']) !== '1',
  }
}

export const readQueue = (value: unknown): RtQueue => {
  const row = membersOf(value, 'a queue')
  return {
    name: textOf(row['Name']),
    description: textOf(row['Description']),
    lifecycle: textOf(row['Lifecycle']),
  }
}

/** Names of the values a Select field offers; some versions give objects, some plain names. */
export const readOptions = (value: unknown): readonly string[] =>
  listOf(membersOf(value, 'a custom field')['Values'])
    .map((each) => textOf(isMembers(each) ? each['name'] : each))
    .filter((name) => name !== '')

export const readPerson = (value: unknown, login: string): RtPerson => {
  const row = membersOf(value, 'a user')
  return {
    login: textOf(row['Name']) || login,
    name: textOrNull(row['RealName']) || null,
    email: emailOf(row['EmailAddress']),
  }
}

export const readPage = <T>(value: unknown, readItem: (item: unknown) => T): RtPage<T> => {
  const page = membersOf(value, 'a list')
  if (!Array.isArray(page['items'])) throw shapeFault('a list with items')
  const total = page['total']
  return { items: page['items'].map(readItem), total: typeof total === 'number' ? total : null }
}

/** What RT says about a write, in its own (localised) sentences. */
export const readMessages = (value: unknown): string =>
  listOf(value)
    .map(textOf)
    .filter((each) => each !== '')
    .join('; ')
    .slice(0, 300)
