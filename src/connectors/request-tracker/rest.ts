import type { Http, HttpRequest, HttpResponse } from '../../sync/connector.ts'
import { RemoteFault } from '../../sync/fault.ts'
import {
  pathId,
  type RtAttachment,
  type RtField,
  type RtPage,
  type RtPerson,
  type RtQueue,
  type RtTicket,
  type RtTransaction,
  readAttachment,
  readField,
  readOptions,
  readPage,
  readPerson,
  readQueue,
  readTicket,
  readTransaction,
} from './schema.ts'

/**
 * The reads of REST2 that we use, each one request or one listing. "Few and fat": RT checks the token anew, at the cost
 * of a password check, in every request, so fields are asked for together and pages are as large as RT allows.
 */

/** RT caps it there and shows 20 when not asked. */
const PAGE_SIZE = 100
/**
 * Tickets in one answer. Each costs RT 20 to 30 ms with its custom fields and people, on an idle machine; a hundred of
 * them took a busy one 55 s, which is longer than we wait.
 */
export const LIST_SIZE = 25
const MAX_PAGES = 300
/** Message texts of a hundred rows come in one answer. */
const MAX_TEXT_BYTES = 64 * 1024 * 1024

const PEOPLE = { 'fields[Owner]': 'RealName,EmailAddress', 'fields[Creator]': 'RealName,EmailAddress' }
const LISTED =
  'Subject,Status,Queue,Owner,Requestor,Creator,Created,LastUpdated,Due,Priority,CustomFields,_hyperlinks'

export interface Shown {
  readonly ticket: RtTicket
  /** Number of the newest transaction this account may see. */
  readonly version: string | null
}

export interface Listed extends RtPage<RtTicket> {
  /** RT's clock while it answered, seconds since 1970. */
  readonly toolNow: number | null
}

export interface Rest {
  send(request: HttpRequest): Promise<HttpResponse>
  ticket(id: string): Promise<Shown>
  tickets(
    query: string,
    order: readonly { readonly by: string; readonly descending?: boolean }[],
    size?: number,
  ): Promise<Listed>
  history(id: string, version: string | null): Promise<readonly RtTransaction[]>
  attachments(id: string, transactionIds: readonly string[], texts: boolean): Promise<readonly RtAttachment[]>
  customFields(): Promise<readonly RtField[]>
  /** Values to choose from. */
  options(fieldId: string): Promise<readonly string[]>
  queues(): Promise<readonly RtQueue[]>
  user(login: string): Promise<RtPerson>
  users(): Promise<readonly RtPerson[]>
}

/** From the Date header: the only place where RT tells its time. */
export const clockOf = (response: HttpResponse): number | null => {
  const time = Date.parse(response.headers['date'] ?? '')
  return Number.isNaN(time) ? null : Math.floor(time / 1000)
}

const jsonQuery = (conditions: readonly unknown[]): string => JSON.stringify(conditions)

const chunksOf = <T>(items: readonly T[], size: number): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, at) => items.slice(at * size, (at + 1) * size))

export const openRest = (http: Http): Rest => {
  /** 403 about one thing is not about the credentials: it must not stop the whole connection as `auth` would. */
  const send = async (request: HttpRequest): Promise<HttpResponse> => {
    if (!/^\/(ticket|user|customfield)\//.test(request.path)) return http.request(request)
    const response = await http.request({ ...request, accept: [...(request.accept ?? []), 403] })
    if (response.status !== 403) return response
    throw new RemoteFault(
      'invalid',
      `the account lacks a right in Request Tracker: ${request.method} ${request.path}`,
    )
  }

  /** Reads pages until `isLast`. Pages of a listing can have gaps: rows this account may not see are left out. */
  const pages = async <T>(
    path: string,
    query: NonNullable<HttpRequest['query']>,
    readItem: (item: unknown) => T,
    isLast: (items: readonly T[]) => boolean,
  ): Promise<readonly T[]> => {
    const found: T[] = []
    for (let page = 1; page <= MAX_PAGES; page += 1) {
      const response = await send({
        method: 'GET',
        path,
        query: { ...query, per_page: PAGE_SIZE, page },
        maxBytes: MAX_TEXT_BYTES,
      })
      const { items } = readPage(response.json(), readItem)
      found.push(...items)
      if (isLast(items)) break
    }
    return found
  }

  const isShort = (items: readonly unknown[]): boolean => items.length < PAGE_SIZE

  return {
    send,

    ticket: async (id) => {
      const response = await send({
        method: 'GET',
        path: `/ticket/${pathId(id)}`,
        query: { 'fields[Queue]': 'Name', ...PEOPLE },
      })
      return { ticket: readTicket(response.json()), version: response.headers['etag'] ?? null }
    },

    tickets: async (query, order, size = LIST_SIZE) => {
      const response = await send({
        method: 'GET',
        path: '/tickets',
        query: {
          query,
          fields: LISTED,
          'fields[Queue]': 'Name',
          'fields[Requestor]': 'RealName,EmailAddress',
          ...PEOPLE,
          orderby: order.map((each) => each.by),
          order: order.map((each) => (each.descending === true ? 'DESC' : 'ASC')),
          per_page: size,
        },
        maxBytes: MAX_TEXT_BYTES,
      })
      return { ...readPage(response.json(), readTicket), toolNow: clockOf(response) }
    },

    // A page may be short or empty because of hidden rows, so its size does not tell the end. The ETag does: it is the
    // number of the newest transaction that can be seen.
    history: (id, version) => {
      const newest = Number(/\d+/.exec(version ?? '')?.[0] ?? Number.NaN)
      const isLast = (items: readonly RtTransaction[]): boolean =>
        Number.isNaN(newest) ? isShort(items) : items.some((item) => Number(item.id) >= newest)
      const query = {
        fields: 'Type,ObjectType,ObjectId,Creator,Created',
        'fields[Creator]': 'RealName,EmailAddress',
        orderby: 'id',
      }
      return pages(`/ticket/${pathId(id)}/history`, query, readTransaction, isLast)
    },

    // Limited to transactions that can be seen: no gaps then, and none of the mails RT sent about them.
    attachments: async (id, transactionIds, texts) => {
      const found: RtAttachment[] = []
      for (const some of chunksOf(transactionIds, PAGE_SIZE)) {
        const ofThese = { field: 'TransactionId', operator: 'IN', value: some }
        const conditions = texts
          ? [
              ofThese,
              { field: 'Filename', operator: 'IS', value: 'NULL' },
              { field: 'ContentType', operator: 'STARTSWITH', value: 'text/' },
            ]
          : [ofThese]
        const fields = `TransactionId,Filename,ContentType,ContentLength,Created${texts ? ',Content' : ''}`
        const query = { fields, query: jsonQuery(conditions), orderby: 'id' }
        found.push(...(await pages(`/ticket/${pathId(id)}/attachments`, query, readAttachment, isShort)))
      }
      return found
    },

    customFields: () => {
      const query = {
        fields: 'Name,Type,MaxValues',
        query: jsonQuery([{ field: 'LookupType', value: 'RT::Queue-RT::Ticket' }]),
        orderby: 'id',
      }
      return pages('/customfields', query, readField, isShort)
    },

    options: async (fieldId) => {
      const response = await send({ method: 'GET', path: `/customfield/${pathId(fieldId)}` })
      return readOptions(response.json())
    },

    queues: () => {
      const query = { fields: 'Name,Description,Lifecycle' }
      return pages('/queues/all', query, readQueue, isShort)
    },

    users: () => {
      const query = {
        fields: 'Name,RealName,EmailAddress',
        query: jsonQuery([{ field: 'id', operator: '>', value: '0' }]),
        orderby: 'id',
      }
      return pages('/users', query, (item) => readPerson(item, ''), isShort)
    },

    user: async (login) => {
      const response = await send({ method: 'GET', path: `/user/${encodeURIComponent(login)}` })
      return readPerson(response.json(), login)
    },
  }
}
