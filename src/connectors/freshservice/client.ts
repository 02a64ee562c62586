import type { Http, HttpDownload, HttpPart, HttpRequest, HttpResponse } from '../../sync/connector.ts'
import { RemoteFault } from '../../sync/fault.ts'
import { INFO, type Kind, type Place, type Scope } from './kinds.ts'
import { bodyOf, codeOf, NOTHING, refusal, type Written } from './refusal.ts'
import { answers, readAs, type WireFormField, type WireNote, type WireRecord } from './schema.ts'
import { PAGE_SIZE } from './settings.ts'

/** The calls of Freshservice's API (version 2): paths, pages, and which refusal means what. */

export type Params = Readonly<Record<string, unknown>>

/** A ticket with more says the rest never. */
const MAX_NOTE_PAGES = 60
const MAX_LIST_BYTES = 64 * 1024 * 1024

export interface ListQuery {
  readonly updatedSince: string
  readonly page: number
  readonly orderBy: 'updated_at' | 'created_at'
  readonly orderType: 'asc' | 'desc'
}

interface ListPage {
  readonly records: readonly WireRecord[]
  readonly isLast: boolean
  /** Freshservice's clock. */
  readonly at: Date | null
}

/**
 * What makes a list better, and is documented by some and not by others: an order by time of change, tags beside tickets.
 * Freshservice refuses a whole call for a parameter it does not know; then it is asked without, from then on.
 */
const EXTRAS = ['order_by', 'order_type', 'include'] as const
type Extra = (typeof EXTRAS)[number]

const extrasOf = (
  kind: Kind,
  refused: ReadonlySet<Extra>,
  { orderBy, orderType }: Pick<ListQuery, 'orderBy' | 'orderType'>,
): Readonly<Record<string, string>> =>
  // Problems and changes are listed without any order.
  kind !== 'ticket'
    ? {}
    : {
        include: refused.has('include') ? 'requester' : 'requester,tags',
        ...(refused.has('order_by') ? {} : { order_by: orderBy }),
        ...(refused.has('order_type') ? {} : { order_type: orderType }),
      }

const extrasNamed = (body: unknown): readonly Extra[] => {
  const errors = answers.refusal.Check(body) ? (body.errors ?? []) : []
  return EXTRAS.filter((name) => errors.some(({ field }) => field === name))
}

export const clockOf = (response: HttpResponse): Date | null => {
  const at = Date.parse(response.headers['date'] ?? '')
  return Number.isNaN(at) ? null : new Date(at)
}

const nameOf = ({ kind, id }: Place): string => `${kind} ${id}`

const missing = (what: string): RemoteFault =>
  new RemoteFault('gone', `${what} does not exist in Freshservice (any more)`)

const recordIn = (kind: Kind, body: unknown, fault: 'down' | 'unknown'): WireRecord => {
  switch (kind) {
    case 'ticket':
      return readAs(answers.ticket, body, 'a ticket', fault).ticket
    case 'problem':
      return readAs(answers.problem, body, 'a problem', fault).problem
    case 'change':
      return readAs(answers.change, body, 'a change', fault).change
  }
}

const recordsIn = (kind: Kind, body: unknown): readonly WireRecord[] => {
  switch (kind) {
    case 'ticket':
      return readAs(answers.tickets, body, 'a list of tickets').tickets
    case 'problem':
      return readAs(answers.problems, body, 'a list of problems').problems
    case 'change':
      return readAs(answers.changes, body, 'a list of changes').changes
  }
}

const pathOf = ({ kind, id }: Place): string => `/api/v2/${INFO[kind].plural}/${id}`
const notesPath = (place: Place): string =>
  `${pathOf(place)}/${place.kind === 'ticket' ? 'conversations' : 'notes'}`
/** A conversation stands on its own; a note below its problem or change. */
const notePath = (place: Place, noteId: number): string =>
  place.kind === 'ticket' ? `/api/v2/conversations/${noteId}` : `${notesPath(place)}/${noteId}`

const noteIn = (kind: Kind, body: unknown): WireNote =>
  kind === 'ticket'
    ? readAs(answers.conversation, body, 'a conversation', 'unknown').conversation
    : readAs(answers.note, body, 'a note', 'unknown').note

export type FreshserviceClient = ReturnType<typeof freshserviceClient>

export const freshserviceClient = (http: Http) => {
  const send = (request: HttpRequest): Promise<HttpResponse> => http.request(request)
  const refusedExtras = new Set<Extra>()

  /** null: it is not there, or this account or plan may not see it. */
  const maybe = async (path: string, query: HttpRequest['query'] = {}): Promise<unknown> => {
    const response = await send({ method: 'GET', path, query, accept: [403, 404] })
    if (response.status === 404) return null
    if (response.status !== 403) return response.json()
    if (codeOf(bodyOf(response.bytes)) === 'account_suspended')
      throw new RemoteFault('auth', 'Freshservice has suspended the account')
    return null
  }

  const write = async (request: HttpRequest, what: string, written: Written): Promise<HttpResponse> => {
    const response = await send({ ...request, accept: [400, 403, 404, 405, 409, 413, 415, 422] })
    switch (response.status) {
      case 400:
      case 409:
      case 415:
      case 422:
        throw refusal(bodyOf(response.bytes), written)
      case 403: {
        const code = codeOf(bodyOf(response.bytes))
        if (code !== 'access_denied')
          throw new RemoteFault('auth', `Freshservice refuses the account: ${code}`)
        throw new RemoteFault('invalid', `the account may not do this to ${what}`)
      }
      case 404:
      // What lies in the trash can be read, and answers every change with "method not allowed".
      case 405:
        throw missing(what)
      case 413:
        throw new RemoteFault('invalid', `what was sent for ${what} is too large for Freshservice`)
      default:
        return response
    }
  }

  const list = async (
    { kind, workspace }: Scope,
    { updatedSince, page, orderBy, orderType }: ListQuery,
  ): Promise<ListPage> => {
    const path = `/api/v2/${INFO[kind].plural}`
    const always = {
      updated_since: updatedSince,
      per_page: PAGE_SIZE,
      page,
      ...(workspace === null ? {} : { workspace_id: workspace }),
    }
    const wanted = { ...always, ...extrasOf(kind, refusedExtras, { orderBy, orderType }) }
    const response = await send({
      method: 'GET',
      path,
      query: wanted,
      accept: [400],
      maxBytes: MAX_LIST_BYTES,
    })
    if (response.status === 400) {
      const fault = refusal(bodyOf(response.bytes), NOTHING)
      const unknown = extrasNamed(bodyOf(response.bytes)).filter((name) => !refusedExtras.has(name))
      if (unknown.length === 0) throw fault
      for (const name of unknown) refusedExtras.add(name)
      return list({ kind, workspace }, { updatedSince, page, orderBy, orderType })
    }
    const rows = recordsIn(kind, response.json())
    // A page can come short, of rows that are hidden: the header decides where there is one.
    const hasNext = /rel="?next"?/i.test(response.headers['link'] ?? '')
    return {
      records: rows.filter(({ deleted }) => deleted !== true),
      isLast: rows.length < PAGE_SIZE && !hasNext,
      at: clockOf(response),
    }
  }

  return {
    send,
    maybe,

    /** null: deleted, or never there. `include` costs a call of the budget for each. */
    record: async (place: Place): Promise<WireRecord | null> => {
      const query = place.kind === 'ticket' ? { include: 'requester,tags' } : {}
      const response = await send({ method: 'GET', path: pathOf(place), query, accept: [403, 404, 405] })
      if (response.status === 404 || response.status === 405) return null
      if (response.status === 403)
        throw new RemoteFault('invalid', `${nameOf(place)} is not visible to this account`)
      const record = recordIn(place.kind, response.json(), 'down')
      return record.deleted === true ? null : record
    },

    list,

    /** Oldest first, all of them; null: the record went away. */
    notes: async (place: Place): Promise<readonly WireNote[] | null> => {
      const notes: WireNote[] = []
      for (let page = 1; page <= MAX_NOTE_PAGES; page += 1) {
        const query = { per_page: PAGE_SIZE, page }
        const response = await send({ method: 'GET', path: notesPath(place), query, accept: [404, 405] })
        if (response.status !== 200) return null
        const rows =
          place.kind === 'ticket'
            ? readAs(answers.conversations, response.json(), 'conversations').conversations
            : readAs(answers.notes, response.json(), 'notes').notes
        notes.push(...rows)
        if (rows.length < PAGE_SIZE) break
      }
      return notes
    },

    create: async (kind: Kind, json: Params, written: Written): Promise<WireRecord> => {
      const path = `/api/v2/${INFO[kind].plural}`
      const response = await write({ method: 'POST', path, json }, `a new ${kind}`, written)
      return recordIn(kind, response.json(), 'unknown')
    },

    update: async (place: Place, json: Params, written: Written): Promise<WireRecord> => {
      const response = await write({ method: 'PUT', path: pathOf(place), json }, nameOf(place), written)
      return recordIn(place.kind, response.json(), 'unknown')
    },

    addNote: async (place: Place, json: Params): Promise<WireNote> => {
      const request = { method: 'POST', path: `${pathOf(place)}/notes`, json } as const
      const response = await write(request, nameOf(place), NOTHING)
      // The documentation shows a note of a ticket as a conversation.
      return noteIn(place.kind, response.json())
    },

    /** Mails the requester. */
    reply: async (place: Place, body: string): Promise<WireNote> => {
      const request = { method: 'POST', path: `${pathOf(place)}/reply`, json: { body } } as const
      return noteIn(place.kind, (await write(request, nameOf(place), NOTHING)).json())
    },

    addFileNote: async (place: Place, parts: readonly HttpPart[]): Promise<WireNote> => {
      const request = { method: 'POST', path: `${pathOf(place)}/notes`, multipart: parts } as const
      return noteIn(place.kind, (await write(request, nameOf(place), NOTHING)).json())
    },

    editNote: async (place: Place, noteId: number, body: string): Promise<void> => {
      const request = { method: 'PUT', path: notePath(place, noteId), json: { body } } as const
      await write(request, `comment ${noteId}`, NOTHING)
    },

    /** Takes what is not there for deleted. */
    remove: async (path: string, what: string): Promise<void> => {
      await write({ method: 'DELETE', path }, what, NOTHING).catch((fault: unknown) => {
        if (!(fault instanceof RemoteFault) || fault.kind !== 'gone') throw fault
      })
    },

    pathOf,
    notePath,

    form: async ({ kind, workspace }: Scope): Promise<readonly WireFormField[]> => {
      const query = workspace === null ? {} : { workspace_id: workspace }
      const response = await send({ method: 'GET', path: `/api/v2/${kind}_form_fields`, query })
      const body = response.json()
      switch (kind) {
        case 'ticket':
          return readAs(answers.ticketForm, body, 'the form of tickets').ticket_fields
        case 'problem':
          return readAs(answers.problemForm, body, 'the form of problems').problem_fields
        case 'change':
          return readAs(answers.changeForm, body, 'the form of changes').change_fields
      }
    },

    /** `url`: presigned and short-lived, on a host for files; credentials stay at home. */
    download: async (name: string, url: string): Promise<HttpDownload> => {
      const request = {
        method: 'GET',
        path: url,
        headers: { accept: '*/*' },
        accept: [403, 404],
        follow: true,
      } as const
      const answer = await http.download(request)
      if (answer.status !== 403 && answer.status !== 404) return answer
      for await (const _ of answer.stream) break
      if (answer.status === 404) throw missing(`the file ${name}`)
      throw new RemoteFault('down', `the address of ${name} has expired; it is asked for anew next time`)
    },
  }
}
