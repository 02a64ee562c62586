import {
  etagOf,
  pageOf,
  presentAttachment,
  presentField,
  presentFile,
  presentTicket,
  presentTransaction,
} from './present.ts'
import { findTickets, type OffsetMinutes, ordered } from './query.ts'
import { type FakeState, type FakeTicket, isVisible, ticketOf, transactionsOf, userOf } from './state.ts'
import { addMessage, createTicket, type Members, membersOf, type Upload, update } from './writes.ts'

/** One request to REST2 and its answer, without the wire. */

export interface FakeRequest {
  readonly method: string
  /** Below `/REST/2.0`. */
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly body: Members
  readonly files: readonly Upload[]
  /** Login the token belongs to; null: no or another token. */
  readonly by: string | null
}

export interface FakeAnswer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly json?: unknown
  /** A ticket that got new transactions: its webhook goes out before the answer. */
  readonly touched?: number
}

export interface FakeSettings {
  readonly rest: string
  /** The account's time zone, minutes east of UTC. */
  readonly offsetMinutes: OffsetMinutes
}

const fail = (status: number, message: string): FakeAnswer => ({ status, json: { message } })
const ok = (json: unknown, headers: Readonly<Record<string, string>> = {}): FakeAnswer => ({
  status: 200,
  json,
  headers,
})
const DENIED = fail(403, 'Permission Denied')

type Condition = { readonly field?: unknown; readonly value?: unknown }

const conditionsOf = (query: URLSearchParams): readonly Condition[] => {
  const text = query.get('query')
  const parsed: unknown = text === null ? [] : JSON.parse(text)
  return Array.isArray(parsed) ? parsed.map(membersOf) : []
}

const attachmentsOf = (state: FakeState, ticket: FakeTicket, query: URLSearchParams): FakeAnswer => {
  const fields = (query.get('fields') ?? '').split(',')
  if (fields.includes('Parent')) return { status: 500 }
  const conditions = conditionsOf(query)
  const wanted = conditions.find((each) => each.field === 'TransactionId')?.value
  const ids = Array.isArray(wanted) ? wanted.map(String) : null
  const onlyTexts = conditions.some((each) => each.field === 'Filename')
  const own = new Set(transactionsOf(state, ticket.id).map((each) => each.id))
  const rows = state.attachments.filter(
    (row) =>
      own.has(row.transactionId) &&
      (ids === null || ids.includes(String(row.transactionId))) &&
      (!onlyTexts || (row.filename === '' && row.mediaType.startsWith('text/'))),
  )
  return ok(
    pageOf(
      rows.map((row) => presentAttachment(state, row, fields.includes('Content'))),
      query,
      false,
    ),
  )
}

const listTickets = (
  state: FakeState,
  { query }: FakeRequest,
  { rest, offsetMinutes }: FakeSettings,
): FakeAnswer => {
  try {
    const found = findTickets(state, query.get('query') ?? '', offsetMinutes)
    const rows = ordered(found, query.getAll('orderby'), query.getAll('order'))
    return ok(pageOf(rows, query, true, (ticket) => presentTicket(state, rest, ticket, true)))
  } catch (error) {
    return fail(400, error instanceof Error ? error.message : 'Wrong query')
  }
}

const isStale = (state: FakeState, ticket: FakeTicket, request: FakeRequest): boolean => {
  const wanted = request.headers['if-match']
  return wanted !== undefined && wanted !== '*' && wanted !== etagOf(state, ticket)
}

const postTicket = (state: FakeState, request: FakeRequest, { rest }: FakeSettings): FakeAnswer => {
  const { body, files, by } = request
  const queue = String(body['Queue'] ?? '')
  if (!state.queues.includes(queue))
    return fail(403, `No permission to create tickets in the queue '${queue}'`)
  const status = body['Status']
  if (status !== undefined && !['new', 'open', 'resolved'].includes(String(status))) {
    return fail(400, `Status '${status}' isn't a valid status for tickets in this queue.`)
  }
  const { id } = createTicket(state, body, files, by ?? '', 'api')
  const headers = { location: `/REST/2.0/ticket/${id}` }
  return {
    status: 201,
    headers,
    json: { type: 'ticket', id: String(id), _url: `${rest}/ticket/${id}` },
    touched: id,
  }
}

const postMessage = (
  state: FakeState,
  ticket: FakeTicket,
  kind: 'comment' | 'correspond',
  { body, files, by }: FakeRequest,
): FakeAnswer => {
  if (typeof body['Content'] === 'string' && body['ContentType'] === undefined) {
    return fail(400, 'ContentType is a required field for application/json')
  }
  if (files.some((file) => file.content.length === 0)) {
    return fail(400, 'FileContent is a required field for each attachment in Attachments')
  }
  const said = kind === 'comment' ? 'Comments added' : 'Correspondence added'
  // Perl: "0" is no text.
  const words = body['Content'] === '0' ? { ...body, Content: '' } : body
  const { id } = addMessage(state, ticket, kind, words, files, by ?? '', 'api')
  return {
    status: 201,
    headers: { location: `/REST/2.0/transaction/${id}` },
    json: [said],
    touched: ticket.id,
  }
}

const aboutTicket = (
  state: FakeState,
  request: FakeRequest,
  settings: FakeSettings,
  id: number,
  part: string,
): FakeAnswer => {
  const ticket = ticketOf(state, id)
  const { method, query } = request
  if (ticket !== undefined && state.closedQueues.has(ticket.queue)) return DENIED
  if (method === 'POST' && (part === 'comment' || part === 'correspond')) {
    return ticket === undefined ? DENIED : postMessage(state, ticket, part, request)
  }
  if (ticket === undefined) return fail(404, 'Not Found')
  if (method === 'GET' && part === 'attachments') return attachmentsOf(state, ticket, query)
  if (method === 'GET' && part === 'history') {
    const rows = transactionsOf(state, ticket.id)
    return ok(
      pageOf(
        rows.map((row) => (isVisible(state, row) ? presentTransaction(state, settings.rest, row) : null)),
        query,
        false,
      ),
    )
  }
  if (method === 'GET' && part === '') {
    return ok(presentTicket(state, settings.rest, ticket, false), { etag: etagOf(state, ticket) })
  }
  if (method !== 'PUT' || part !== '') return fail(405, 'Method Not Allowed')
  if (isStale(state, ticket, request)) return fail(412, 'Precondition Failed')
  const before = state.transactions.length
  const said = update(state, ticket, request.body, request.by ?? '', 'api')
  return { status: 200, json: said, ...(state.transactions.length > before ? { touched: ticket.id } : {}) }
}

const aboutUser = (state: FakeState, key: string): FakeAnswer => {
  const byNumber = state.users.find((user) => String(user.id) === key)
  const user = byNumber ?? userOf(state, key)
  // An address is not a login: it finds nobody whose login differs.
  if (user === undefined || (byNumber === undefined && user.login !== key)) return fail(404, 'Not Found')
  return ok({ id: user.id, Name: user.login, RealName: user.name, EmailAddress: user.email, Privileged: 1 })
}

export const answer = (state: FakeState, request: FakeRequest, settings: FakeSettings): FakeAnswer => {
  const { method, path, query, by } = request
  if (by === null) return fail(401, 'Unauthorized')
  const [noun = '', id = '', part = ''] = path
    .split('/')
    .filter((each) => each !== '')
    .map(decodeURIComponent)
  if (noun === 'ticket' && id === '' && method === 'POST') return postTicket(state, request, settings)
  if (noun === 'ticket' && /^\d+$/.test(id)) return aboutTicket(state, request, settings, Number(id), part)
  if (method !== 'GET') return fail(405, 'Method Not Allowed')
  switch (noun) {
    case 'rt':
      return ok({ Version: '5.0.3' })
    case 'tickets':
      return listTickets(state, request, settings)
    case 'queues':
      return ok(
        pageOf(
          state.queues.map((Name, at) => ({
            type: 'queue',
            id: String(at + 3),
            Name,
            Description: '',
            Lifecycle: 'default',
          })),
          query,
          false,
        ),
      )
    case 'customfields':
      return ok(
        pageOf(
          state.fields.map((field) => presentField(settings.rest, field)),
          query,
          false,
        ),
      )
    case 'customfield': {
      const field = state.fields.find((each) => String(each.id) === id)
      return field === undefined
        ? fail(404, 'Not Found')
        : ok({ ...presentField(settings.rest, field), Values: field.values })
    }
    case 'users':
      return ok(
        pageOf(
          state.users.map(({ login, name, email }) => ({ Name: login, RealName: name, EmailAddress: email })),
          query,
          false,
        ),
      )
    case 'user':
      return aboutUser(state, id)
    case 'attachment': {
      const row = state.attachments.find((each) => String(each.id) === id)
      return row === undefined ? fail(404, 'Not Found') : ok(presentFile(row))
    }
    default:
      return fail(404, 'Not Found')
  }
}
