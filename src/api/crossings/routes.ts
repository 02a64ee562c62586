import type { Static } from 'typebox'
import { type CrossingRow, listCrossings } from '../../store/views/crossing-list.ts'
import { read } from '../answer.ts'
import type { App } from '../app.ts'
import type { ApiDeps } from '../deps.ts'
import { problem, sendProblem } from '../errors.ts'
import { pageOf } from '../shapes.ts'
import { iso } from '../times.ts'
import { CrossingQuery, ListedCrossing } from './schema.ts'

const DEFAULT_PAGE = 50

const present = (row: CrossingRow): Static<typeof ListedCrossing> => ({
  event: row.id,
  at: iso(row.at),
  by: row.actor.name,
  because: row.because,
  connection: row.connection,
  record: { kind: row.record_kind, key: row.record_key },
  there: { key: row.remote_key, url: row.remote_url },
  fields: row.lines.map(({ field, to }) => ({ field, to })),
  isUndone: row.is_undone,
})

/** What the sync wrote, here and there, by name and not by value: where one finds what to take back. */
export const crossingRoutes = (app: App, deps: ApiDeps): void => {
  app.get(
    '/api/v1/crossings',
    {
      config: { access: 'sync.read' },
      schema: {
        tags: ['sync'],
        summary: 'What the sync wrote, the latest first; values are told by “why”',
        querystring: CrossingQuery,
        response: { 200: pageOf(ListedCrossing) },
      },
    },
    async (request, reply) => {
      const { connection = null, limit = DEFAULT_PAGE, cursor = null } = request.query
      if (cursor !== null && !/^\d{1,18}$/.test(cursor))
        return sendProblem(
          reply,
          problem('invalid', 'Begin with the first page again.', { field: '/cursor' }),
        )
      const rows = await read(deps, (tx) => listCrossings(tx, connection, cursor, limit + 1))
      const shown = rows.slice(0, limit)
      return reply.send({
        items: shown.map(present),
        next: rows.length > limit ? (shown.at(-1)?.seq ?? null) : null,
      })
    },
  )
}
