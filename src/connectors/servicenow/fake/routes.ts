import { formOf, present, presentFile } from './present.ts'
import { queryOf } from './query.ts'
import { columnsOf, type FakeState, rowsOf, type Values } from './state.ts'
import {
  attachFile,
  createRecord,
  type Outcome,
  type Refused,
  removeFile,
  removeRecord,
  updateRecord,
} from './write.ts'

/** The Table API, the Attachment API and a little of the Change API. */

export interface FakeRequest {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly bytes: Buffer
}

export interface FakeAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  /** `undefined`: an empty body. */
  readonly json?: unknown
  readonly file?: Buffer
  /** The record that a write changed: it rings. */
  readonly touched?: { readonly table: string; readonly id: string }
}

const error = (status: number, message: string, detail: string | null): FakeAnswer => ({
  status,
  headers: {},
  json: { error: { message, detail }, status: 'failure' },
})

const noRecord = (): FakeAnswer =>
  error(404, 'No Record found', "Record doesn't exist or ACL restricts the record retrieval")

const refusedAs = ({ status, message, detail }: Refused): FakeAnswer => error(status, message, detail)

const DEFAULT_LIMIT = 10_000

const numberOf = (text: string | null, otherwise: number): number =>
  text !== null && /^\d{1,9}$/.test(text) ? Number(text) : otherwise

/** Everything in a body becomes a string, as in the database. */
const bodyOf = (bytes: Buffer): Values => {
  const parsed: unknown = JSON.parse(bytes.toString('utf8') || '{}')
  if (parsed === null || typeof parsed !== 'object') return {}
  return Object.fromEntries(
    Object.entries(parsed).map(([name, value]) => [name, value === null ? '' : String(value)]),
  )
}

export const openRoutes = (state: FakeState, base: () => string) => {
  const me = (): string => state.account.userName
  const isSeen = (table: string, row: Values): boolean =>
    !state.account.hiddenTables.has(table) && !state.account.hiddenRows.has(row['sys_id'] ?? '')

  const listRows = (table: string, query: URLSearchParams) => {
    const asked = queryOf(state, table, query.get('sysparm_query') ?? '')
    const matching = asked.sorted([...rowsOf(state, table).values()].filter(asked.matches))
    const offset = numberOf(query.get('sysparm_offset'), 0)
    const limit = numberOf(query.get('sysparm_limit'), DEFAULT_LIMIT)
    // Cut first, then looked at: a page can come short and not be the last.
    const page = matching.slice(offset, offset + limit).filter((row) => isSeen(table, row))
    const headers: Record<string, string> =
      query.get('sysparm_no_count') === 'true' ? {} : { 'x-total-count': String(matching.length) }
    return { page, headers }
  }

  const shown = (table: string, row: Values, query: URLSearchParams) => ({
    result: present(state, base(), table, row, formOf(query)),
  })

  const outcome = (table: string, made: Outcome, status: number, query: URLSearchParams): FakeAnswer => {
    if (!made.ok) return refusedAs(made.refused)
    const id = made.row['sys_id'] ?? ''
    const location = `${base()}/api/now/table/${table}/${id}`
    const headers: Record<string, string> = status === 201 ? { location } : {}
    return { status, headers, json: shown(table, made.row, query), touched: { table, id } }
  }

  const tableCall = (request: FakeRequest, table: string, id: string | undefined): FakeAnswer => {
    const { method, query } = request
    if (columnsOf(table) === null) return error(400, `Invalid table ${table}`, null)
    if (state.account.deniedTables.has(table))
      return error(403, 'User Not Authorized', 'Failed API level ACL Validation')
    if (id === undefined && method === 'GET') {
      const { page, headers } = listRows(table, query)
      const result = page.map((row) => present(state, base(), table, row, formOf(query)))
      return { status: 200, headers, json: { result } }
    }
    if (id === undefined && method === 'POST') {
      const made = createRecord(state, table, bodyOf(request.bytes), me(), 'api')
      if (made === 'aborted') return { status: 201, headers: {}, json: { result: {} } }
      return outcome(table, made, 201, query)
    }
    const row = rowsOf(state, table).get(id ?? '')
    if (row === undefined || !isSeen(table, row)) return noRecord()
    switch (method) {
      case 'GET':
        return { status: 200, headers: {}, json: shown(table, row, query) }
      case 'PUT':
      case 'PATCH':
        return outcome(table, updateRecord(state, table, row, bodyOf(request.bytes), me(), 'api'), 200, query)
      case 'DELETE':
        removeRecord(state, table, id ?? '', me(), 'api')
        return { status: 204, headers: {}, touched: { table, id: id ?? '' } }
      default:
        return error(405, 'Method not supported', null)
    }
  }

  const upload = ({ query, headers, bytes }: FakeRequest): FakeAnswer => {
    const [table, id, name] = [query.get('table_name'), query.get('table_sys_id'), query.get('file_name')]
    if (!table || !id || !name) return error(400, 'Missing mandatory parameter', null)
    if (!rowsOf(state, table).has(id)) return noRecord()
    const mediaType = headers['content-type'] ?? 'application/octet-stream'
    const row = attachFile(state, table, id, { name, mediaType, content: bytes }, me(), 'api')
    return {
      status: 201,
      headers: { location: `${base()}/api/now/attachment/${row['sys_id']}` },
      json: { result: presentFile(base(), row) },
      touched: { table, id },
    }
  }

  const attachmentCall = (
    request: FakeRequest,
    id: string | undefined,
    part: string | undefined,
  ): FakeAnswer => {
    if (request.method === 'POST' && id === 'file') return upload(request)
    if (request.method === 'GET' && id === undefined) {
      const { page, headers } = listRows('sys_attachment', request.query)
      return { status: 200, headers, json: { result: page.map((row) => presentFile(base(), row)) } }
    }
    const row = rowsOf(state, 'sys_attachment').get(id ?? '')
    if (row === undefined || id === undefined) return noRecord()
    if (request.method === 'DELETE') {
      removeFile(state, id, me(), 'api')
      return { status: 204, headers: {} }
    }
    if (part !== 'file') return { status: 200, headers: {}, json: { result: presentFile(base(), row) } }
    return {
      status: 200,
      headers: { 'content-type': row['content_type'] ?? 'application/octet-stream' },
      file: state.files.get(id) ?? Buffer.alloc(0),
    }
  }

  const NEXT: Readonly<Record<string, readonly string[]>> = {
    '-5': ['-5', '-4', '4'],
    '-4': ['-4', '-3', '4'],
  }

  const changeCall = (id: string): FakeAnswer => {
    const row = rowsOf(state, 'change_request').get(id)
    if (row === undefined) return noRecord()
    const available = NEXT[row['state'] ?? ''] ?? [row['state'] ?? '']
    return { status: 200, headers: {}, json: { result: { available_states: available } } }
  }

  return (request: FakeRequest): FakeAnswer => {
    const [, api, scope, kind, first, second, third] = request.path.split('/')
    if (api === 'api' && scope === 'now' && kind === 'table' && first !== undefined)
      return tableCall(request, first, second)
    if (api === 'api' && scope === 'now' && kind === 'attachment')
      return attachmentCall(request, first, second)
    if (scope === 'sn_chg_rest' && kind === 'change' && second === 'nextstates' && third === undefined)
      return changeCall(first ?? '')
    return error(400, 'Requested URI does not represent any resource', request.path)
  }
}
