import {
  type FakeAttachment,
  type FakeField,
  type FakeState,
  type FakeTicket,
  type FakeTransaction,
  isVisible,
  transactionsOf,
  userOf,
} from './state.ts'

/** Answers in the shapes of REST2, as far as they were seen on a real server (see fixtures/). */

const iso = (seconds: number): string => `${new Date(seconds * 1000).toISOString().slice(0, 19)}Z`

/** What `fields[Owner]=…` adds to a reference. */
export type Expanded = boolean

const personRef = (state: FakeState, rest: string, login: string, expanded: Expanded) => {
  const user = userOf(state, login)
  const more = expanded ? { RealName: user?.name ?? '', EmailAddress: user?.email ?? '' } : {}
  return { type: 'user', id: login, _url: `${rest}/user/${login}`, ...more }
}

const fieldValue = (rest: string, ticket: FakeTicket, field: FakeField) => ({
  type: 'customfield',
  id: String(field.id),
  name: field.name,
  _url: `${rest}/customfield/${field.id}`,
  // An emptied value comes as null.
  values: (ticket.custom.get(field.name) ?? []).map((value) => (value === '' ? null : value)),
})

const BUTTONS: Readonly<Record<string, readonly string[]>> = {
  new: ['open', 'resolved', 'rejected'],
  open: ['stalled', 'resolved', 'rejected'],
  stalled: ['open'],
  resolved: ['open'],
  rejected: ['open'],
  deleted: ['open'],
}

const hyperlinks = (rest: string, ticket: FakeTicket) => [
  { ref: 'self', type: 'ticket', id: ticket.id, _url: `${rest}/ticket/${ticket.id}` },
  ...ticket.links.map((url) => ({ ref: 'refers-to', type: 'external', _url: url })),
  { ref: 'history', _url: `${rest}/ticket/${ticket.id}/history` },
  ...(BUTTONS[ticket.status] ?? []).map((to) => ({ ref: 'lifecycle', from: ticket.status, to, label: to })),
]

/** `listed`: as an item of a list, where ids are strings and requestors can be expanded. */
export const presentTicket = (state: FakeState, rest: string, ticket: FakeTicket, listed: boolean) => ({
  type: 'ticket',
  id: listed ? String(ticket.id) : ticket.id,
  Subject: ticket.subject,
  Status: ticket.status,
  Priority: String(ticket.priority),
  Queue: { type: 'queue', id: String(state.queues.indexOf(ticket.queue) + 3), Name: ticket.queue },
  Owner: personRef(state, rest, ticket.owner, true),
  Creator: personRef(state, rest, ticket.creator, true),
  Requestor: ticket.requestors.map((login) => personRef(state, rest, login, listed)),
  Created: iso(ticket.created),
  LastUpdated: iso(ticket.lastUpdated),
  Due: iso(ticket.due),
  CustomFields: state.fields.map((field) => fieldValue(rest, ticket, field)),
  _hyperlinks: hyperlinks(rest, ticket),
})

/** Number of the newest transaction that can be seen. */
export const etagOf = (state: FakeState, ticket: FakeTicket): string =>
  `"${transactionsOf(state, ticket.id).findLast((each) => isVisible(state, each))?.id ?? 0}"`

export const presentTransaction = (state: FakeState, rest: string, row: FakeTransaction) => ({
  type: 'transaction',
  id: String(row.id),
  Type: row.type,
  ObjectType: 'RT::Ticket',
  ObjectId: String(row.ticketId),
  Creator: personRef(state, rest, row.creator, true),
  Created: iso(row.created),
})

/** In a list, the text as it is; alone, base64. */
export const presentAttachment = (state: FakeState, row: FakeAttachment, withText: boolean) => ({
  type: 'attachment',
  id: String(row.id),
  TransactionId: String(row.transactionId),
  Filename: row.filename,
  ContentType: row.mediaType,
  ContentLength: String(row.content.length),
  Created: iso(state.transactions.find((each) => each.id === row.transactionId)?.created ?? 0),
  ...(withText ? { Content: Buffer.from(row.content).toString('utf8') } : {}),
})

/** RT breaks base64 after 76 characters. */
export const presentFile = (row: FakeAttachment) => ({
  id: row.id,
  Filename: row.filename,
  ContentType: row.mediaType,
  TransactionId: { type: 'transaction', id: String(row.transactionId) },
  Headers: 'Content-Type: text/plain; name="Content"',
  Content: Buffer.from(row.content)
    .toString('base64')
    .replace(/(.{76})/g, '$1\n'),
})

export const presentField = (rest: string, field: FakeField) => ({
  type: 'customfield',
  id: String(field.id),
  Name: field.name,
  Type: field.type,
  MaxValues: field.multiple ? '0' : '1',
  _url: `${rest}/customfield/${field.id}`,
})

/**
 * Never more than 100 rows; `total` only where everything may be seen. Hidden rows (null) leave gaps: RT cuts the pages
 * first.
 */
export const pageOf = <T>(
  rows: readonly T[],
  query: URLSearchParams,
  tellsTotal: boolean,
  show: (row: T) => unknown = (row) => row,
) => {
  const perPage = Math.min(100, Number(query.get('per_page') ?? 20) || 20)
  const page = Number(query.get('page') ?? 1) || 1
  const items = rows
    .slice((page - 1) * perPage, page * perPage)
    .filter((row) => row !== null)
    .map(show)
  const total = tellsTotal ? rows.length : null
  return {
    items,
    count: items.length,
    total,
    page,
    pages: total === null ? null : Math.ceil(total / perPage),
    per_page: perPage,
  }
}
