import { parseBoundedJson } from '../../lib/bounded-json.ts'
import type { Http, HttpDownload, HttpRequest, HttpResponse } from '../../sync/connector.ts'
import { RemoteFault } from '../../sync/fault.ts'
import type { Beside } from './convert.ts'
import { refusal, type Written } from './refusal.ts'
import {
  answers,
  readAs,
  type WireAttachment,
  type WireAudit,
  type WireComment,
  type WireEvents,
  type WireOrganization,
  type WireTicket,
  type WireUser,
} from './schema.ts'

/**
 * Zendesk's calls about tickets, one function each, with answers read at once. What surprises in them:
 *
 * - There is no call that adds a comment: it is part of an update, and public unless it is called private. So every
 *   comment here says which it is.
 * - 403 about one ticket means "not for this account": the credentials are fine, so it must not stop the connection.
 * - An update answers the ticket as it is now, and the audit of just this update.
 */

export interface Params {
  readonly [name: string]: unknown
  readonly comment?: {
    readonly html_body: string
    readonly public: boolean
    readonly uploads?: readonly string[]
  }
}

export interface TicketPage {
  readonly tickets: readonly WireTicket[]
  readonly beside: Beside
  /** null: there are no more. */
  readonly after: string | null
}

export interface ChangedPage extends Omit<TicketPage, 'after'> {
  readonly after: string | null
  readonly isEnd: boolean
  /** Zendesk's clock; null when the answer did not tell. */
  readonly toolNow: Date | null
}

export interface WrittenTicket {
  readonly ticket: WireTicket
  readonly audit: WireEvents | null
}

/** The most that Zendesk lists at once. */
export const LIST_SIZE = 100
/** Of 1,000 possible: with the fields of a large account an answer stays within what is read at once. */
export const CHANGES_SIZE = 200
const MAX_CHANGES_BYTES = 64 * 1024 * 1024
/** A ticket takes 5,000 comments. */
const MAX_COMMENT_PAGES = 60
const MAX_AUDIT_PAGES = 10
const SIDELOADS = 'users,organizations'
const NOTHING: Written = { fields: [], labels: new Map() }

export const bodyOf = (response: HttpResponse): unknown => {
  const parsed = parseBoundedJson(response.bytes)
  return parsed.ok ? parsed.value : null
}

export const clockOf = (response: HttpResponse): Date | null => {
  const at = Date.parse(response.headers['date'] ?? '')
  return Number.isNaN(at) ? null : new Date(at)
}

const besideOf = (answer: {
  readonly users?: readonly WireUser[]
  readonly organizations?: readonly WireOrganization[]
}): Beside => ({ users: answer.users ?? [], organizations: answer.organizations ?? [] })

/** Where the next page begins; null: there is none. */
export const afterOf = (
  meta: { has_more?: boolean; after_cursor?: string | null } | undefined,
): string | null => (meta?.has_more === true ? (meta.after_cursor ?? null) : null)

const notVisible = (what: string): RemoteFault =>
  new RemoteFault('invalid', `${what} is not visible to this account (any more)`)

const missing = (what: string): RemoteFault =>
  new RemoteFault('gone', `${what} does not exist in Zendesk (any more)`)

export type ZendeskClient = ReturnType<typeof zendeskClient>

export const zendeskClient = (http: Http) => {
  const send = (request: HttpRequest): Promise<HttpResponse> => http.request(request)
  const get = async (path: string, query: HttpRequest['query'] = {}): Promise<unknown> =>
    (await send({ method: 'GET', path, query })).json()

  const write = async (request: HttpRequest, what: string, written: Written): Promise<HttpResponse> => {
    const response = await send({ ...request, accept: [403, 404, 413, 422, ...(request.accept ?? [])] })
    switch (response.status) {
      case 403:
        throw new RemoteFault('invalid', `the account may not do this to ${what}`)
      case 404:
        throw missing(what)
      case 413:
        throw new RemoteFault('invalid', `what was sent for ${what} is too large for Zendesk`)
      case 422:
        throw refusal(bodyOf(response), written)
      default:
        return response
    }
  }

  const readWritten = (response: HttpResponse, what: string): WrittenTicket => {
    const { ticket, audit } = readAs(answers.written, response.json(), what, 'unknown')
    return { ticket, audit: audit ?? null }
  }

  return {
    send,
    get,

    /** null: deleted, or never there. */
    ticket: async (id: number): Promise<{ ticket: WireTicket; beside: Beside } | null> => {
      const path = `/api/v2/tickets/${id}`
      const response = await send({ method: 'GET', path, query: { include: SIDELOADS }, accept: [403, 404] })
      if (response.status === 404) return null
      if (response.status === 403) throw notVisible(`ticket ${id}`)
      const answer = readAs(answers.ticket, response.json(), `ticket ${id}`)
      return answer.ticket.status === 'deleted' ? null : { ticket: answer.ticket, beside: besideOf(answer) }
    },

    /** Oldest first, all of them; null: the ticket went away. */
    comments: async (
      id: number,
    ): Promise<{ comments: readonly WireComment[]; users: readonly WireUser[] } | null> => {
      const comments: WireComment[] = []
      const users: WireUser[] = []
      let after: string | null | undefined
      for (let page = 0; after !== null && page < MAX_COMMENT_PAGES; page += 1) {
        const response = await send({
          method: 'GET',
          path: `/api/v2/tickets/${id}/comments`,
          query: { include: 'users', 'page[size]': LIST_SIZE, 'page[after]': after },
          accept: [403, 404],
        })
        if (response.status === 404) return null
        if (response.status === 403) throw notVisible(`ticket ${id}`)
        const answer = readAs(answers.comments, response.json(), `comments of ticket ${id}`)
        comments.push(...answer.comments)
        users.push(...(answer.users ?? []))
        after = afterOf(answer.meta)
      }
      return { comments, users }
    },

    /** Newest first, down to the first that is not after `sinceMs`. */
    auditsSince: async (id: number, sinceMs: number): Promise<readonly WireAudit[]> => {
      const audits: WireAudit[] = []
      let after: string | null | undefined
      for (let page = 0; after !== null && page < MAX_AUDIT_PAGES; page += 1) {
        const query = { sort: '-created_at', 'page[size]': LIST_SIZE, 'page[after]': after }
        const answer = readAs(
          answers.audits,
          await get(`/api/v2/tickets/${id}/audits`, query),
          `audits of ticket ${id}`,
        )
        const newer = answer.audits.filter((each) => Date.parse(each.created_at) > sinceMs)
        audits.push(...newer)
        if (newer.length < answer.audits.length) break
        after = afterOf(answer.meta)
      }
      return audits
    },

    /** By number: a change moves none of them. Archived tickets are not among them. */
    tickets: async (after: string | null): Promise<TicketPage> => {
      const query = {
        sort: 'id',
        include: SIDELOADS,
        'page[size]': LIST_SIZE,
        'page[after]': after ?? undefined,
      }
      const answer = readAs(answers.tickets, await get('/api/v2/tickets', query), 'a list of tickets')
      return { tickets: answer.tickets, beside: besideOf(answer), after: afterOf(answer.meta) }
    },

    /** A list, not the search: it needs no index. */
    ticketsMarked: async (marker: string): Promise<TicketPage> => {
      const query = { external_id: marker, include: SIDELOADS, 'page[size]': LIST_SIZE }
      const answer = readAs(
        answers.tickets,
        await get('/api/v2/tickets', query),
        'tickets of one external id',
      )
      return { tickets: answer.tickets, beside: besideOf(answer), after: afterOf(answer.meta) }
    },

    changed: async (from: { cursor: string } | { startS: number }): Promise<ChangedPage> => {
      const place = 'cursor' in from ? { cursor: from.cursor } : { start_time: from.startS }
      const response = await send({
        method: 'GET',
        path: '/api/v2/incremental/tickets/cursor',
        query: { ...place, per_page: CHANGES_SIZE, include: SIDELOADS },
        maxBytes: MAX_CHANGES_BYTES,
      })
      const answer = readAs(answers.changed, response.json(), 'changed tickets')
      return {
        tickets: answer.tickets,
        beside: besideOf(answer),
        after: answer.after_cursor ?? null,
        isEnd: answer.end_of_stream,
        toolNow: clockOf(response),
      }
    },

    /** `key`: the same one makes the same ticket for two hours, as long as the rest is the same too. */
    createTicket: async (ticket: Params, key: string, written: Written): Promise<WrittenTicket> => {
      const request = {
        method: 'POST',
        path: '/api/v2/tickets',
        json: { ticket },
        headers: { 'idempotency-key': key },
        accept: [400, 409],
      } as const
      const response = await write(request, 'a new ticket', written)
      if (response.status === 409 || (response.status === 400 && isKeyTaken(response)))
        // Made before with other values, or being made now: the marker tells.
        throw new RemoteFault(
          'unknown',
          'Zendesk has seen this ticket before, and does not say what came of it',
        )
      if (response.status === 400) throw refusal(bodyOf(response), written)
      return readWritten(response, 'a new ticket')
    },

    updateTicket: async (id: number, ticket: Params, written: Written = NOTHING): Promise<WrittenTicket> => {
      const request = { method: 'PUT', path: `/api/v2/tickets/${id}`, json: { ticket } } as const
      return readWritten(await write(request, `ticket ${id}`, written), `ticket ${id}`)
    },

    makePrivate: async (ticketId: number, commentId: number): Promise<void> => {
      const path = `/api/v2/tickets/${ticketId}/comments/${commentId}/make_private`
      await write({ method: 'PUT', path }, `comment ${commentId}`, NOTHING)
    },

    redactAttachment: async (ticketId: number, commentId: number, id: number): Promise<void> => {
      const path = `/api/v2/tickets/${ticketId}/comments/${commentId}/attachments/${id}/redact`
      await write({ method: 'PUT', path, json: {} }, `attachment ${id}`, NOTHING)
    },

    /** Nobody sees an upload before a comment takes its token, so repeating it is harmless. */
    upload: async (name: string, mediaType: string, size: number, bytes: AsyncIterable<Uint8Array>) => {
      const response = await write(
        {
          method: 'POST',
          path: '/api/v2/uploads',
          query: { filename: name },
          headers: { 'content-type': safeMediaType(mediaType), 'content-length': String(size) },
          body: bytes,
          effect: 'read',
        },
        `the file ${name}`,
        NOTHING,
      )
      return readAs(answers.upload, response.json(), 'an upload').upload.token
    },

    attachment: async (id: number): Promise<WireAttachment> => {
      const response = await send({ method: 'GET', path: `/api/v2/attachments/${id}`, accept: [403, 404] })
      if (response.status === 404) throw missing(`attachment ${id}`)
      if (response.status === 403) throw notVisible(`attachment ${id}`)
      return readAs(answers.attachment, response.json(), `attachment ${id}`).attachment
    },

    download: async (id: number, path: string): Promise<HttpDownload> => {
      const request = {
        method: 'GET',
        path,
        headers: { accept: '*/*' },
        accept: [403, 404],
        follow: true,
      } as const
      const answer = await http.download(request)
      if (answer.status !== 403 && answer.status !== 404) return answer
      for await (const _ of answer.stream) break
      throw answer.status === 404 ? missing(`attachment ${id}`) : notVisible(`attachment ${id}`)
    },
  }
}

const isKeyTaken = (response: HttpResponse): boolean => {
  const body = bodyOf(response)
  return answers.refusal.Check(body) && body.error === 'IdempotentRequestError'
}

/** It becomes a header, and Zendesk wants one it knows. */
const safeMediaType = (type: string): string =>
  /^[\w.+-]{1,60}\/[\w.+-]{1,100}$/.test(type) ? type : 'application/octet-stream'
