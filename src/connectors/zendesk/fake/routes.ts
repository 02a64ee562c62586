import type { FakeAnswer } from './faults.ts'
import { listChanged, listTickets, paged } from './lists.ts'
import {
  showAttachment,
  showAudit,
  showComment,
  showFields,
  showStatuses,
  showTicket,
  showUser,
  timeOf,
} from './show.ts'
import { type FakeAttachment, type FakeState, type FakeTicket, type FakeUser, nextId } from './state.ts'
import { webhookRoutes } from './webhooks.ts'
import { createTicket, type Params, type Problems, updateTicket, type Written } from './write.ts'

/** The calls of the Support API that a connector makes, and what Zendesk answers to them. */

export interface FakeRequest {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly body: Uint8Array
}

export type Deed = 'create' | 'comment' | 'attach' | 'update' | 'redact' | 'webhook'

export interface Context {
  readonly state: FakeState
  readonly request: FakeRequest
  readonly nowMs: number
  readonly base: string
  readonly who: FakeUser
  /** Notes an accepted change, and rings for it. */
  readonly did: (deed: Deed, ticketId: number) => void
  /** Calls of the incremental export in the last minute, this one included. */
  readonly exportsInMinute: () => number
  readonly exportsAllowed: number
}

/** Two hours, as its documentation says. */
const KEY_KEPT_MS = 2 * 60 * 60 * 1000

const json = (status: number, body: unknown, headers: FakeAnswer['headers'] = {}): FakeAnswer => ({
  status,
  json: body,
  headers,
})

export const notFound = json(404, { error: 'RecordNotFound', description: 'Not found' })

const invalid = (details: Problems): FakeAnswer =>
  json(422, { error: 'RecordInvalid', description: 'Record validation errors', details })

const bodyOf = ({ body }: FakeRequest): Params => {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(body).toString('utf8'))
    return typeof parsed === 'object' && parsed !== null ? (parsed as Params) : {}
  } catch {
    return {}
  }
}

const ticketOf = (state: FakeState, id: string | undefined): FakeTicket | null => {
  const ticket = state.tickets.get(Number(id))
  return ticket === undefined || ticket.isDeleted ? null : ticket
}

/** What is shown beside tickets when `include` asks for it. */
export const besideOf = ({ state, request }: Context, tickets: readonly FakeTicket[]) => {
  const wanted = (request.query.get('include') ?? '').split(',')
  const userIds = new Set(tickets.flatMap((each) => [each.assigneeId, each.requesterId, each.submitterId]))
  const organizationIds = new Set(tickets.map((each) => each.organizationId))
  return {
    ...(wanted.includes('users')
      ? { users: state.users.filter(({ id }) => userIds.has(id)).map(showUser) }
      : {}),
    ...(wanted.includes('organizations')
      ? { organizations: state.organizations.filter(({ id }) => organizationIds.has(id)) }
      : {}),
  }
}

// ---- tickets ------------------------------------------------------------------------------------------------

const writtenAnswer = (context: Context, status: number, ticket: FakeTicket): FakeAnswer => {
  const audit = ticket.audits.at(-1)
  return json(status, {
    ticket: showTicket(context.state, ticket, context.base),
    ...(audit === undefined ? {} : { audit: showAudit(ticket, audit, context.base) }),
  })
}

const deedOf = (written: Extract<Written, { ok: true }>): Deed => {
  if (written.comment === null) return 'update'
  return written.comment.attachments.length > 0 ? 'attach' : 'comment'
}

const create = (context: Context): FakeAnswer => {
  const { state, request, nowMs, who } = context
  const key = request.headers['idempotency-key']
  const body = Buffer.from(request.body).toString('utf8')
  const before = key === undefined ? undefined : state.made.get(key)
  if (before !== undefined && nowMs - before.atMs < KEY_KEPT_MS) {
    if (before.body !== body)
      return json(400, {
        error: 'IdempotentRequestError',
        description: "Request parameters don't match the given idempotency key",
      })
    const ticket = state.tickets.get(before.ticketId)
    if (ticket === undefined) return notFound
    return { ...writtenAnswer(context, 201, ticket), headers: { 'x-idempotency-lookup': 'hit' } }
  }
  const written = createTicket(state, (bodyOf(request)['ticket'] ?? {}) as Params, who, nowMs)
  if (!written.ok) return invalid(written.problems)
  if (key !== undefined) state.made.set(key, { body, atMs: nowMs, ticketId: written.ticket.id })
  context.did('create', written.ticket.id)
  return { ...writtenAnswer(context, 201, written.ticket), headers: { 'x-idempotency-lookup': 'miss' } }
}

const update = (context: Context, ticket: FakeTicket): FakeAnswer => {
  const { state, request, nowMs, who } = context
  const params = (bodyOf(request)['ticket'] ?? {}) as Params
  if (params['safe_update'] === true && params['updated_stamp'] !== timeOf(ticket.updatedMs))
    return json(409, {
      error: 'UpdateConflict',
      description: 'Safe Update prevented the update due to outdated ticket data',
    })
  const written = updateTicket(state, ticket, params, who, nowMs)
  if (!written.ok) return invalid(written.problems)
  context.did(deedOf(written), ticket.id)
  return writtenAnswer(context, 200, ticket)
}

const ofTicket = (context: Context, id: string | undefined): FakeAnswer => {
  const ticket = ticketOf(context.state, id)
  if (ticket === null) return notFound
  if (context.request.method === 'PUT') return update(context, ticket)
  return json(200, {
    ticket: showTicket(context.state, ticket, context.base),
    ...besideOf(context, [ticket]),
  })
}

const comments = (context: Context, id: string | undefined): FakeAnswer => {
  const ticket = ticketOf(context.state, id)
  if (ticket === null) return notFound
  const { rows, meta, links } = paged(context.request.query, ticket.comments, (each) => each.id)
  const authors = new Set(rows.map(({ authorId }) => authorId))
  return json(200, {
    comments: rows.map((each) => showComment(each, context.base)),
    users: context.state.users.filter((each) => authors.has(each.id)).map(showUser),
    meta,
    links,
  })
}

const audits = (context: Context, id: string | undefined): FakeAnswer => {
  const ticket = ticketOf(context.state, id)
  if (ticket === null) return notFound
  const isNewestFirst = context.request.query.get('sort') === '-created_at'
  const ordered = isNewestFirst ? ticket.audits.toReversed() : ticket.audits
  const { rows, meta, links } = paged(context.request.query, ordered, (each) => each.id)
  return json(200, { audits: rows.map((each) => showAudit(ticket, each, context.base)), meta, links })
}

const ofComment = (context: Context, ids: readonly string[], what: string): FakeAnswer => {
  const [id, commentId, attachmentId] = ids
  const ticket = ticketOf(context.state, id)
  const comment = ticket?.comments.find((each) => each.id === Number(commentId))
  if (ticket === null || comment === undefined) return notFound
  if (what === 'make_private') {
    comment.isPublic = false
    context.did('update', ticket.id)
    return { status: 200 }
  }
  const attachment = comment.attachments.find((each) => each.id === Number(attachmentId))
  if (attachment === undefined) return notFound
  Object.assign(attachment, { name: 'redacted.txt', mediaType: 'text/plain', bytes: new Uint8Array() })
  context.did('redact', ticket.id)
  return json(200, { attachment: showAttachment(attachment, context.base) })
}

// ---- files --------------------------------------------------------------------------------------------------

const upload = ({ state, request, base }: Context): FakeAnswer => {
  const name = request.query.get('filename') ?? ''
  if (name === '') return json(400, { error: 'BadRequest', description: 'filename is missing' })
  const attachment: FakeAttachment = {
    id: nextId(state),
    name,
    mediaType: request.headers['content-type'] ?? 'application/octet-stream',
    bytes: request.body,
    // A file whose name says so is found to hold malware.
    malware: name.startsWith('malware'),
  }
  const token = `upload-${attachment.id}`
  state.uploads.set(token, attachment)
  const shown = showAttachment(attachment, base)
  return json(201, { upload: { token, attachment: shown, attachments: [shown] } })
}

const attachmentOf = (state: FakeState, id: string | undefined): FakeAttachment | null =>
  [...state.tickets.values()]
    .flatMap((ticket) => ticket.comments.flatMap((comment) => comment.attachments))
    .find((each) => each.id === Number(id)) ?? null

const attachment = ({ state, base }: Context, id: string | undefined): FakeAnswer => {
  const found = attachmentOf(state, id)
  return found === null ? notFound : json(200, { attachment: showAttachment(found, base) })
}

const fileOf = ({ state }: Context, id: string | undefined): FakeAnswer => {
  const found = attachmentOf(state, id)
  if (found === null) return notFound
  return { status: 200, bytes: found.bytes, headers: { 'content-type': found.mediaType } }
}

// ---- the account --------------------------------------------------------------------------------------------

const organizationsNamed = ({ state, request }: Context): FakeAnswer => {
  const name = request.query.get('name')?.toLowerCase()
  return json(200, {
    organizations: state.organizations.filter((each) => each.name.toLowerCase() === name),
    count: 1,
    next_page: null,
    previous_page: null,
  })
}

const agents = (context: Context): FakeAnswer => {
  const roles = context.request.query.getAll('role[]')
  const wanted = context.state.users.filter(({ role }) => roles.length === 0 || roles.includes(role))
  const { rows, meta, links } = paged(context.request.query, wanted, (each) => each.id)
  return json(200, { users: rows.map(showUser), meta, links })
}

const named = (
  context: Context,
  member: string,
  all: readonly { readonly id: number; readonly name: string }[],
): FakeAnswer => {
  const { rows, meta, links } = paged(context.request.query, all, (each) => each.id)
  return json(200, { [member]: rows, meta, links })
}

const shownBrand = (brand: { readonly id: number; readonly name: string }) => ({
  ...brand,
  subdomain: brand.name.toLowerCase(),
  active: true,
})

type Route = readonly [
  method: string,
  path: RegExp,
  answer: (context: Context, ids: readonly string[]) => FakeAnswer,
]

const ROUTES: readonly Route[] = [
  ['GET', /^\/api\/v2\/tickets$/, listTickets],
  ['POST', /^\/api\/v2\/tickets$/, create],
  ['GET', /^\/api\/v2\/incremental\/tickets\/cursor$/, listChanged],
  ['GET', /^\/api\/v2\/tickets\/(\d+)$/, (context, [id]) => ofTicket(context, id)],
  ['PUT', /^\/api\/v2\/tickets\/(\d+)$/, (context, [id]) => ofTicket(context, id)],
  ['GET', /^\/api\/v2\/tickets\/(\d+)\/comments$/, (context, [id]) => comments(context, id)],
  ['GET', /^\/api\/v2\/tickets\/(\d+)\/audits$/, (context, [id]) => audits(context, id)],
  [
    'PUT',
    /^\/api\/v2\/tickets\/(\d+)\/comments\/(\d+)\/make_private$/,
    (context, ids) => ofComment(context, ids, 'make_private'),
  ],
  [
    'PUT',
    /^\/api\/v2\/tickets\/(\d+)\/comments\/(\d+)\/attachments\/(\d+)\/redact$/,
    (context, ids) => ofComment(context, ids, 'redact'),
  ],
  ['POST', /^\/api\/v2\/uploads$/, upload],
  ['GET', /^\/api\/v2\/attachments\/(\d+)$/, (context, [id]) => attachment(context, id)],
  ['GET', /^\/files\/(\d+)$/, (context, [id]) => fileOf(context, id)],
  [
    'GET',
    /^\/attachments\/token\/t(\d+)\/$/,
    (context, [id]) =>
      attachmentOf(context.state, id) === null
        ? notFound
        : { status: 302, headers: { location: `${context.base}/files/${id}` } },
  ],
  ['GET', /^\/api\/v2\/users\/me$/, ({ who }) => json(200, { user: showUser(who) })],
  ['GET', /^\/api\/v2\/users$/, agents],
  ['GET', /^\/api\/v2\/organizations\/search$/, organizationsNamed],
  ['GET', /^\/api\/v2\/groups$/, (context) => named(context, 'groups', context.state.groups)],
  ['GET', /^\/api\/v2\/brands$/, (context) => named(context, 'brands', context.state.brands.map(shownBrand))],
  ['GET', /^\/api\/v2\/ticket_forms$/, ({ state }) => json(200, { ticket_forms: state.forms })],
  ['GET', /^\/api\/v2\/ticket_fields$/, ({ state }) => json(200, { ticket_fields: showFields(state) })],
  ['GET', /^\/api\/v2\/custom_statuses$/, ({ state }) => json(200, { custom_statuses: showStatuses(state) })],
  ...webhookRoutes,
]

export const answer = (context: Context): FakeAnswer => {
  const { method, path } = context.request
  for (const [wanted, pattern, work] of ROUTES) {
    const match = wanted === method ? pattern.exec(path) : null
    if (match !== null) return work(context, match.slice(1))
  }
  return json(404, { error: 'InvalidEndpoint', description: 'Not found' })
}
