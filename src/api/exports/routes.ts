import { Readable } from 'node:stream'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { logExport } from '../../commands/log-export.ts'
import { runCommand } from '../../commands/run-command.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { CSV_START, csvLine } from '../../lib/csv.ts'
import { ok, type Result } from '../../lib/result.ts'
import type { Page } from '../../store/cursor.ts'
import type { Tx } from '../../store/database.ts'
import { auditLog } from '../../store/views/audit-log.ts'
import { outreachReport } from '../../store/views/outreach-report.ts'
import { listTickets } from '../../store/views/ticket-list.ts'
import { listWorkItems } from '../../store/views/work-item-list.ts'
import { read } from '../answer.ts'
import type { App } from '../app.ts'
import { listedByWords } from '../asked.ts'
import { auditFilterOf, presentFor } from '../audit/present.ts'
import { AuditQuery } from '../audit/schema.ts'
import { callerOfRequest } from '../caller.ts'
import type { ApiDeps } from '../deps.ts'
import { Bytes, closed, Id } from '../shapes.ts'
import { filterOf } from '../tickets/input.ts'
import { TicketQuery } from '../tickets/schema.ts'
import { workItemFilterOf } from '../work-items/input.ts'
import { WorkItemQuery } from '../work-items/schema.ts'
import { AUDIT_COLUMNS, type Column, OUTREACH_COLUMNS, TICKET_COLUMNS, WORK_ITEM_COLUMNS } from './columns.ts'

/** A list as a file for a spreadsheet: what the list shows to who asks, page by page, so that memory stays flat. */
const MAX_ROWS = 10_000
const PAGE = 200

const tags = ['exports']
const { limit: _, cursor: __, ...ticketFilters } = TicketQuery.properties
const { limit: ___, cursor: ____, ...workItemFilters } = WorkItemQuery.properties
const { limit: _____, cursor: ______, ...auditFilters } = AuditQuery.properties
const describe = (list: string): string =>
  `${list} as comma-separated values, at most ${MAX_ROWS} lines; cells cannot run as formulas`

export const exportRoutes = (app: App, deps: ApiDeps): void => {
  app.get(
    '/api/v1/exports/tickets',
    {
      config: { access: 'tickets.read' },
      schema: {
        tags,
        summary: describe('The list of tickets'),
        querystring: closed(ticketFilters),
        response: { 200: Bytes },
      },
    },
    async (request, reply) => {
      const caller = callerOfRequest(request)
      const filter = filterOf(request.query, caller, deps.runner.now())
      const pages = (tx: Tx, after: string | null) =>
        filter === null
          ? Promise.resolve(NO_PAGE)
          : listedByWords(tx, 'ticket', filter, (found) => listTickets(tx, found, { after, limit: PAGE }))
      const lines = linesOf(deps, TICKET_COLUMNS, pages)
      return sendLines(deps, request, reply, 'tickets', lines)
    },
  )
  app.get(
    '/api/v1/exports/work-items',
    {
      config: { access: 'work-items.read' },
      schema: {
        tags,
        summary: describe('The list of work items'),
        querystring: closed(workItemFilters),
        response: { 200: Bytes },
      },
    },
    async (request, reply) => {
      const filter = workItemFilterOf(request.query, callerOfRequest(request), deps.runner.now())
      const pages = (tx: Tx, after: string | null) =>
        listedByWords(tx, 'work item', filter, (found) => listWorkItems(tx, found, { after, limit: PAGE }))
      return sendLines(deps, request, reply, 'work-items', linesOf(deps, WORK_ITEM_COLUMNS, pages))
    },
  )
  app.get(
    '/api/v1/exports/outreach',
    {
      config: { access: 'outreach.read' },
      schema: {
        tags,
        summary: describe('The fixes of a release and who was told'),
        querystring: closed({ release: Id }),
        response: { 200: Bytes },
      },
    },
    async (request, reply) => {
      const pages = (tx: Tx, after: string | null) =>
        outreachReport(tx, request.query.release, { after, limit: PAGE })
      return sendLines(deps, request, reply, 'outreach', linesOf(deps, OUTREACH_COLUMNS, pages))
    },
  )
  app.get(
    '/api/v1/exports/audit',
    {
      config: { access: 'audit.read' },
      schema: {
        tags,
        summary: describe('The audit log, the latest first,'),
        querystring: closed(auditFilters),
        response: { 200: Bytes },
      },
    },
    async (request, reply) => {
      const filter = auditFilterOf(request.query)
      const present = presentFor(callerOfRequest(request))
      const pages = async (tx: Tx, after: string | null) => {
        const page = await auditLog(tx, filter, { after, limit: PAGE })
        return page.ok ? ok({ ...page.value, items: page.value.items.map(present) }) : page
      }
      return sendLines(deps, request, reply, 'audit', linesOf(deps, AUDIT_COLUMNS, pages))
    },
  )
}

const NO_PAGE = { ok: true, value: { items: [], next: null } } as const

async function* linesOf<T>(
  deps: ApiDeps,
  columns: readonly Column<T>[],
  page: (tx: Tx, after: string | null) => Promise<Result<Page<T>, Refusal>>,
): AsyncGenerator<string> {
  yield CSV_START + csvLine(columns.map(({ title }) => title))
  let after: string | null = null
  for (let rows = 0; rows < MAX_ROWS; rows += PAGE) {
    const place: string | null = after
    const found: Result<Page<T>, Refusal> = await read(deps, (tx) => page(tx, place))
    if (!found.ok) throw new Error(`a cursor of our own was refused: ${found.error.detail}`)
    yield found.value.items.map((row) => csvLine(columns.map(({ of }) => of(row)))).join('')
    after = found.value.next
    if (after === null) return
  }
}

const sendLines = async (
  deps: ApiDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  list: string,
  lines: AsyncIterable<string>,
): Promise<FastifyReply> => {
  const { actor } = callerOfRequest(request)
  const query = { ...(request.query as Readonly<Record<string, unknown>>) }
  const logged = await runCommand(deps.runner, actor, logExport, { list, query })
  if (!logged.ok) throw new Error(logged.error.detail)
  const day = deps.runner.now().toISOString().slice(0, 10)
  return reply
    .header('content-type', 'text/csv; charset=utf-8; header=present')
    .header('content-disposition', `attachment; filename="causeway-${list}-${day}.csv"`)
    .send(Readable.from(lines))
}
