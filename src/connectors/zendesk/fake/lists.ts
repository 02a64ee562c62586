import type { FakeAnswer } from './faults.ts'
import { besideOf, type Context } from './routes.ts'
import { showTicket } from './show.ts'
import type { FakeTicket } from './state.ts'

/** Lists: by pages with a cursor, and the incremental export, which knows nothing of the last minute. */

const MINUTE_MS = 60_000
const MAX_PAGE = 100

/** A cursor names the last row that was shown. */
export const paged = <T>(query: URLSearchParams, all: readonly T[], idOf: (row: T) => number) => {
  const size = Math.min(Number(query.get('page[size]') ?? MAX_PAGE) || MAX_PAGE, MAX_PAGE)
  const after = query.get('page[after]')
  const last = after === null ? 0 : Number(Buffer.from(after, 'base64url').toString())
  const from = after === null ? 0 : all.findIndex((row) => idOf(row) === last) + 1
  const rows = all.slice(from, from + size)
  const end = rows.at(-1)
  const cursor = end === undefined ? null : Buffer.from(String(idOf(end))).toString('base64url')
  const meta = { has_more: from + size < all.length, after_cursor: cursor, before_cursor: cursor }
  return { rows, meta, links: { next: null, prev: null } }
}

const living = (tickets: Iterable<FakeTicket>): readonly FakeTicket[] =>
  [...tickets].filter(({ isDeleted }) => !isDeleted).sort((a, b) => a.id - b.id)

export const listTickets = (context: Context): FakeAnswer => {
  const { state, request, base } = context
  const external = request.query.get('external_id')
  const wanted = living(state.tickets.values()).filter(
    // It compares without regard to case.
    (each) => external === null || each.externalId?.toLowerCase() === external.toLowerCase(),
  )
  const { rows, meta, links } = paged(request.query, wanted, (each) => each.id)
  const tickets = rows.map((each) => showTicket(state, each, base))
  return { status: 200, json: { tickets, ...besideOf(context, rows), meta, links } }
}

const placeOf = ({ request }: Context): { readonly ms: number; readonly id: number } | null => {
  const cursor = request.query.get('cursor')
  if (cursor === null) return { ms: Number(request.query.get('start_time')) * 1000, id: 0 }
  const found = /^(\d{1,15})\|(\d{1,15})$/.exec(Buffer.from(cursor, 'base64').toString())
  return found === null ? null : { ms: Number(found[1]), id: Number(found[2]) }
}

/** By time of change and number; deleted tickets are told too. */
export const listChanged = (context: Context): FakeAnswer => {
  const { state, request, base, nowMs } = context
  if (context.exportsInMinute() > context.exportsAllowed)
    return { status: 429, json: { error: 'APIRateLimitExceeded' }, headers: { 'retry-after': '23' } }
  const place = placeOf(context)
  const isTooRecent = request.query.get('cursor') === null && (place?.ms ?? 0) > nowMs - MINUTE_MS
  if (place === null || Number.isNaN(place.ms) || isTooRecent)
    return { status: 400, json: { error: 'InvalidValue', description: 'start_time or cursor is invalid' } }
  const changed = [...state.tickets.values()]
    .filter(({ updatedMs }) => updatedMs <= nowMs - MINUTE_MS)
    .filter((each) => each.updatedMs > place.ms || (each.updatedMs === place.ms && each.id > place.id))
    .sort((a, b) => a.updatedMs - b.updatedMs || a.id - b.id)
  const size = Math.min(Number(request.query.get('per_page') ?? 1000), 1000)
  const rows = changed.slice(0, size)
  const last = rows.at(-1)
  const next = last === undefined ? place : { ms: last.updatedMs, id: last.id }
  const after = Buffer.from(`${next.ms}|${next.id}`).toString('base64')
  return {
    status: 200,
    json: {
      tickets: rows.map((each) => showTicket(state, each, base)),
      ...besideOf(context, rows),
      after_cursor: after,
      after_url: `${base}/api/v2/incremental/tickets/cursor.json?cursor=${after}`,
      before_cursor: null,
      before_url: null,
      end_of_stream: changed.length <= size,
    },
  }
}
