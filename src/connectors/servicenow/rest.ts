import type { Http, HttpDownload, HttpRequest, HttpResponse } from '../../sync/connector.ts'
import { RemoteFault } from '../../sync/fault.ts'
import { isSysId } from './query.ts'
import { answers, type Refusal, type Row, readAs, refusalIn } from './schema.ts'

/**
 * The calls. Two things are asked of every answer: is it JSON (a sleeping developer instance and an ended session send
 * a page with 200), and does it speak of an error all the same (a call that ran into its quota says 200, sends what
 * rows it had and then the error).
 */

export interface Listed {
  readonly rows: readonly Row[]
  /** Rows that match, those included that this account may not see; null when the answer does not say. */
  readonly total: number | null
  /** ServiceNow's clock, ms; null when the answer does not say. */
  readonly toolNow: number | null
}

export interface Listing {
  readonly query: string
  readonly fields: readonly string[]
  readonly limit: number
  readonly offset?: number
}

/** A write that was refused: told apart from credentials that are wrong, which are a fault of their own. */
export type Answered<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly refusal: Refusal; readonly status: number }

export interface Rest {
  list(table: string, listing: Listing): Promise<Listed>
  attachments(table: string, id: string): Promise<readonly Row[]>
  /** The record as it is after all rules of the table ran; null: the answer holds none. */
  create(table: string, body: Body, fields: readonly string[]): Promise<Answered<Row | null>>
  update(table: string, id: string, body: Body, fields: readonly string[]): Promise<Answered<Row | null>>
  upload(file: Upload): Promise<Answered<Row | null>>
  removeAttachment(id: string): Promise<Answered<null>>
  download(id: string): Promise<HttpDownload>
  /** States that a change can go to from where it is; null: ServiceNow does not say. */
  nextStates(id: string): Promise<readonly string[] | null>
}

export type Body = Readonly<Record<string, string>>

export interface Upload {
  readonly table: string
  readonly id: string
  readonly name: string
  readonly mediaType: string
  readonly size: number
  readonly content: AsyncIterable<Uint8Array>
}

/** A call is ended there after 30 to 60 seconds by a quota rule; ours ends after it, to hear the reason. */
const TIMEOUT_MS = 65_000
const MAX_FILES = 10_000
const FILES_AT_ONCE = 500
const REFUSALS = [400, 403, 405, 406, 415]

const isAsleep = (response: HttpResponse): boolean =>
  (response.headers['content-type'] ?? '').includes('html') && /hibernat/i.test(response.text())

const jsonOf = (response: HttpResponse): unknown => {
  if (isAsleep(response))
    throw new RemoteFault(
      'down',
      'the instance is hibernating: somebody must wake it at developer.servicenow.com',
    )
  return response.json()
}

const sentence = ({ message, detail }: Refusal): string =>
  [message, detail]
    .filter((part) => part !== '')
    .join(': ')
    .slice(0, 300)

/** Throws when an answer with 2xx tells of an error: part of it was not done, and nobody can say which. */
const soundly = (response: HttpResponse, kind: 'down' | 'unknown'): unknown => {
  const value = jsonOf(response)
  const refusal = refusalIn(value)
  if (refusal === null) return value
  throw new RemoteFault(kind, `ServiceNow answered ${response.status} with an error: ${sentence(refusal)}`)
}

const totalOf = (response: HttpResponse): number | null => {
  const text = response.headers['x-total-count'] ?? ''
  return /^\d{1,15}$/.test(text) ? Number(text) : null
}

const clockOf = (response: HttpResponse): number | null => {
  const ms = Date.parse(response.headers['date'] ?? '')
  return Number.isNaN(ms) ? null : ms
}

const READING = { sysparm_display_value: 'all', sysparm_exclude_reference_link: 'true' } as const

/** No valid access for the whole API is about the account, not about the record. */
const isAboutTheAccount = ({ message, detail }: Refusal): boolean =>
  /not authori[sz]ed|not authenticated/i.test(message) && /API level|web.?service|authenticat/i.test(detail)

export const openRest = (http: Http): Rest => {
  const write = async (request: HttpRequest): Promise<Answered<Row | null>> => {
    const response = await http.request({ timeoutMs: TIMEOUT_MS, ...request, accept: REFUSALS })
    if (REFUSALS.includes(response.status)) {
      const refusal = refusalIn(jsonOf(response)) ?? { message: '', detail: '' }
      if (isAboutTheAccount(refusal))
        throw new RemoteFault('auth', `ServiceNow lets this account not do that: ${sentence(refusal)}`)
      return { ok: false, refusal, status: response.status }
    }
    if (response.status === 204) return { ok: true, value: null }
    const value = soundly(response, 'unknown')
    return { ok: true, value: answers.one.Check(value) ? value.result : null }
  }

  const list = async (table: string, { query, fields, limit, offset = 0 }: Listing): Promise<Listed> => {
    const response = await http.request({
      method: 'GET',
      path: `/api/now/table/${table}`,
      query: {
        sysparm_query: query,
        sysparm_fields: fields.join(','),
        sysparm_limit: limit,
        ...(offset === 0 ? {} : { sysparm_offset: offset }),
        ...READING,
      },
      timeoutMs: TIMEOUT_MS,
    })
    const { result } = readAs(answers.rows, soundly(response, 'down'), `the table ${table}`)
    return { rows: result, total: totalOf(response), toolNow: clockOf(response) }
  }

  return {
    list,
    attachments: async (table, id) => {
      const found: Row[] = []
      for (let offset = 0; offset < MAX_FILES; offset += FILES_AT_ONCE) {
        const response = await http.request({
          method: 'GET',
          path: '/api/now/attachment',
          query: {
            sysparm_query: `table_name=${table}^table_sys_id=${id}^ORDERBYsys_created_on^ORDERBYsys_id`,
            sysparm_limit: FILES_AT_ONCE,
            ...(offset === 0 ? {} : { sysparm_offset: offset }),
          },
          timeoutMs: TIMEOUT_MS,
        })
        const { result } = readAs(answers.rows, soundly(response, 'down'), 'attachments')
        found.push(...result)
        const total = totalOf(response)
        if (total === null ? result.length < FILES_AT_ONCE : total <= offset + FILES_AT_ONCE) break
      }
      return found
    },
    create: (table, json, fields) =>
      write({
        method: 'POST',
        path: `/api/now/table/${table}`,
        query: { sysparm_fields: fields.join(','), ...READING },
        json,
      }),
    update: (table, id, json, fields) =>
      write({
        method: 'PATCH',
        path: `/api/now/table/${table}/${id}`,
        query: { sysparm_fields: fields.join(','), ...READING },
        json,
      }),
    upload: ({ table, id, name, mediaType, size, content }) =>
      write({
        method: 'POST',
        path: '/api/now/attachment/file',
        query: { table_name: table, table_sys_id: id, file_name: name },
        headers: { 'content-type': mediaType, 'content-length': String(size) },
        body: content,
        timeoutMs: 600_000,
      }),
    removeAttachment: async (id) => {
      const answer = await write({ method: 'DELETE', path: `/api/now/attachment/${id}` })
      return answer.ok ? { ok: true, value: null } : answer
    },
    download: (id) => {
      if (!isSysId(id)) throw new RemoteFault('gone', `"${id.slice(0, 60)}" is no attachment of ServiceNow`)
      return http.download({
        method: 'GET',
        path: `/api/now/attachment/${id}/file`,
        headers: { accept: '*/*' },
        timeoutMs: TIMEOUT_MS,
      })
    },
    nextStates: async (id) => {
      const response = await http.request({
        method: 'GET',
        path: `/api/sn_chg_rest/change/${id}/nextstates`,
        accept: [400, 403, 404],
      })
      if (response.status !== 200) return null
      const value = soundly(response, 'down')
      return answers.nextStates.Check(value) ? value.result.available_states.map(String) : null
    },
  }
}
