import { Type } from 'typebox'
import { seeMention } from '../../commands/see-mention.ts'
import { answer } from '../answer.ts'
import type { App } from '../app.ts'
import type { ApiDeps } from '../deps.ts'
import { ById, closed, NoContent } from '../shapes.ts'

/** Somebody called for me in a note: what they were is listed with My move. */
export const mentionRoutes = (app: App, deps: ApiDeps): void => {
  app.post(
    '/api/v1/mentions/:id/seen',
    {
      config: { access: 'self.write' },
      schema: {
        tags: ['my move'],
        summary: 'I have seen it',
        params: ById,
        body: Type.Optional(closed({})),
        response: { 204: NoContent },
      },
    },
    async (request, reply) =>
      answer(deps, request, reply, {
        command: seeMention,
        input: { mention: request.params.id },
        present: async () => null,
        status: 204,
      }),
  )
}
