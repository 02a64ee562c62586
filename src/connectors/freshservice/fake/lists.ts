import type { Kind } from '../kinds.ts'
import type { FakeAnswer } from './faults.ts'
import type { Context } from './routes.ts'
import { showRecord } from './show.ts'
import type { FakeRecord } from './state.ts'
import type { Flaw } from './write.ts'

/**
 * Lists as Freshservice gives them: pages by number, a hundred rows at most, the last thirty days unless told otherwise, one
 * workspace, and a refusal of the whole call for a parameter that it does not know.
 */

const MONTH_MS = 30 * 24 * 60 * 60 * 1000
const MAX_PAGE = 100

const KNOWN: Readonly<Record<Kind, readonly string[]>> = {
  ticket: [
    'filter',
    'email',
    'requester_id',
    'updated_since',
    'include',
    'order_type',
    'type',
    'workspace_id',
  ],
  problem: ['updated_since', 'workspace_id'],
  change: ['filter_name', 'requester_id', 'email', 'updated_since', 'workspace_id'],
}
const INCLUDES = ['requester', 'stats', 'requested_for', 'department']

export const refused = (errors: readonly Flaw[]): FakeAnswer => ({
  status: 400,
  json: { description: 'Validation failed', errors },
})

/** A page of rows, with the address of the next. */
export const paged = <T>({ request, base }: Context, rows: readonly T[]) => {
  const size = Math.min(Number(request.query.get('per_page') ?? 30) || 30, MAX_PAGE)
  const page = Math.max(Number(request.query.get('page') ?? 1) || 1, 1)
  const next = new URL(`${base}${request.path}?${request.query}`)
  next.searchParams.set('page', String(page + 1))
  const headers: Readonly<Record<string, string>> =
    page * size < rows.length ? { link: `<${next}>; rel="next"` } : {}
  return { rows: rows.slice((page - 1) * size, page * size), headers }
}

const flawsOf = (kind: Kind, { request, habits }: Context): readonly Flaw[] => {
  const known = [
    ...KNOWN[kind],
    ...['page', 'per_page'],
    ...(kind === 'ticket' && habits.listsByTime ? ['order_by'] : []),
  ]
  const includes = [...INCLUDES, ...(habits.listsTags ? ['tags'] : [])]
  const asked = (request.query.get('include') ?? '').split(',').filter((each) => each !== '')
  const unknown = [...new Set(request.query.keys())].filter((name) => !known.includes(name))
  return [
    ...unknown.map((field) => ({
      field,
      message: 'Unexpected/invalid field in request',
      code: 'invalid_field',
    })),
    ...(asked.every((each) => includes.includes(each))
      ? []
      : [
          {
            field: 'include',
            message: `It should be one of these values: '${includes.join(', ')}'`,
            code: 'invalid_value',
          },
        ]),
  ]
}

const ordered = (rows: readonly FakeRecord[], query: URLSearchParams): readonly FakeRecord[] => {
  const by = query.get('order_by') === 'updated_at' ? 'updatedMs' : 'createdMs'
  const ascending = [...rows].sort((a, b) => a[by] - b[by] || a.id - b.id)
  return query.get('order_type') === 'asc' ? ascending : ascending.reverse()
}

export const listRecords = (context: Context, kind: Kind, plural: string): FakeAnswer => {
  const { state, request, nowMs } = context
  const flaws = flawsOf(kind, context)
  if (flaws.length > 0) return refused(flaws)
  const since = Date.parse(request.query.get('updated_since') ?? '')
  const primary = state.workspaces.find((each) => each.primary)?.id
  const workspace = Number(request.query.get('workspace_id') ?? primary)
  const wanted = state.records.filter(
    (each) =>
      each.kind === kind &&
      !each.isDeleted &&
      each.workspaceId === workspace &&
      // Both in whole seconds.
      (Number.isNaN(since)
        ? each.createdMs >= nowMs - MONTH_MS
        : Math.floor(each.updatedMs / 1000) >= Math.floor(since / 1000)),
  )
  const { rows, headers } = paged(context, ordered(wanted, request.query))
  const include = (request.query.get('include') ?? '').split(',')
  return {
    status: 200,
    json: { [plural]: rows.map((each) => showRecord(context, each, include, true)) },
    headers,
  }
}
