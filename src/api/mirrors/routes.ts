import { listMirrors, mirrorDetail } from '../../store/views/mirror-list.ts'
import { read } from '../answer.ts'
import type { App } from '../app.ts'
import type { ApiDeps } from '../deps.ts'
import { problem, sendProblem } from '../errors.ts'
import { pageRequest, sendPage } from '../page.ts'
import { ById, pageOf } from '../shapes.ts'
import { presentMirror, presentMirrorDetail } from './present.ts'
import { Mirror, MirrorQuery, MirrorWithHistory } from './schema.ts'

const tags = ['mirrors']

export const mirrorRoutes = (app: App, deps: ApiDeps): void => {
  app.get(
    '/api/v1/mirrors',
    {
      config: { access: 'sync.read' },
      schema: {
        tags,
        summary: 'External items and the records they stand for, newest first',
        querystring: MirrorQuery,
        response: { 200: pageOf(Mirror) },
      },
    },
    async (request, reply) => {
      const { limit: _, cursor: __, ...filter } = request.query
      const page = await read(deps, (tx) => listMirrors(tx, filter, pageRequest(request.query)))
      return sendPage(reply, page, presentMirror)
    },
  )
  app.get(
    '/api/v1/mirrors/:id',
    {
      config: { access: 'sync.read' },
      schema: {
        tags,
        summary: 'One, with what it holds and its last writes',
        params: ById,
        response: { 200: MirrorWithHistory },
      },
    },
    async (request, reply) => {
      const detail = await read(deps, (tx) => mirrorDetail(tx, request.params.id))
      return detail === null
        ? sendProblem(reply, problem('not-found', 'There is no such mirror.'))
        : presentMirrorDetail(detail)
    },
  )
}
