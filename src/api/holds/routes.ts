import { listHeldMirrors } from '../../store/views/open-questions.ts'
import { read } from '../answer.ts'
import type { App } from '../app.ts'
import type { ApiDeps } from '../deps.ts'
import { presentMirror } from '../mirrors/present.ts'
import { pageRequest, sendPage } from '../page.ts'
import { pageOf } from '../shapes.ts'
import { HeldMirror, HoldQuery } from './schema.ts'

export const holdRoutes = (app: App, deps: ApiDeps): void => {
  app.get(
    '/api/v1/holds',
    {
      config: { access: 'sync.read' },
      schema: {
        tags: ['holds'],
        summary: 'Fields that wait, by mirror, with the reason and what to do; the latest first',
        querystring: HoldQuery,
        response: { 200: pageOf(HeldMirror) },
      },
    },
    async (request, reply) => {
      const { connection = null } = request.query
      const page = await read(deps, (tx) => listHeldMirrors(tx, connection, pageRequest(request.query)))
      return sendPage(reply, page, (row) => ({
        mirror: presentMirror(row),
        holds: row.holds.map(({ next_step, ...hold }) => ({ ...hold, nextStep: next_step })),
      }))
    },
  )
}
