import { type HeldMirror, listHeldMirrors } from '../../store/views/open-questions.ts'
import { read } from '../answer.ts'
import type { App } from '../app.ts'
import type { ApiDeps } from '../deps.ts'
import { presentMirror } from '../mirrors/present.ts'
import { pageRequest, sendPage } from '../page.ts'
import { pageOf } from '../shapes.ts'
import { HoldQuery, ListedHold } from './schema.ts'

const presentHolds = (row: HeldMirror) => {
  const { id: mirror, connection, record, there } = presentMirror(row)
  return row.holds.map(({ next_step: nextStep, ...hold }) => ({
    ...hold,
    nextStep,
    mirror,
    connection,
    record,
    remoteKey: there.key,
    remoteUrl: there.url,
  }))
}

export const holdRoutes = (app: App, deps: ApiDeps): void => {
  app.get(
    '/api/v1/holds',
    {
      config: { access: 'sync.read' },
      schema: {
        tags: ['holds'],
        summary: 'Fields that wait, with the reason and what to do; the mirror held last comes first',
        querystring: HoldQuery,
        response: { 200: pageOf(ListedHold) },
      },
    },
    async (request, reply) => {
      const { connection = null } = request.query
      const page = await read(deps, (tx) => listHeldMirrors(tx, connection, pageRequest(request.query)))
      if (!page.ok) return sendPage(reply, page, presentMirror)
      // a page is cut between mirrors, so that the holds of one stay together
      return reply.send({ items: page.value.items.flatMap(presentHolds), next: page.value.next })
    },
  )
}
