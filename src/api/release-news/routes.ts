import { Type } from 'typebox'
import { seeReleaseNews } from '../../commands/tell-followers.ts'
import { listReleaseNews } from '../../store/views/release-news-list.ts'
import { answer, read } from '../answer.ts'
import type { App } from '../app.ts'
import { callerOfRequest } from '../caller.ts'
import type { ApiDeps } from '../deps.ts'
import { asJson } from '../json.ts'
import { ById, closed, NoContent } from '../shapes.ts'
import { AllReleaseNews } from './schema.ts'

/** What became of the releases that one follows: listed with My move until it is seen. */
export const releaseNewsRoutes = (app: App, deps: ApiDeps): void => {
  const tags = ['my move']
  app.get(
    '/api/v1/release-news',
    {
      config: { access: 'self.read' },
      schema: {
        tags,
        summary: 'What became of releases that you follow and that you have not seen, the latest first',
        response: { 200: AllReleaseNews },
      },
    },
    async (request, reply) => {
      const { personId, party } = callerOfRequest(request)
      const isStaff = personId !== null && party !== null && party !== 'customer'
      const items = isStaff ? await read(deps, (tx) => listReleaseNews(tx, personId)) : []
      return reply.send(asJson({ items: [...items] }))
    },
  )
  app.post(
    '/api/v1/release-news/:id/seen',
    {
      config: { access: 'self.write' },
      schema: {
        tags,
        summary: 'I have seen it',
        params: ById,
        body: Type.Optional(closed({})),
        response: { 204: NoContent },
      },
    },
    async (request, reply) =>
      answer(deps, request, reply, {
        command: seeReleaseNews,
        input: { news: request.params.id },
        present: async () => null,
        status: 204,
      }),
  )
}
