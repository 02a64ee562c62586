import type { Static } from 'typebox'
import { resolveLostAnswer } from '../../commands/resolve-lost-answer.ts'
import { type LostAnswer as LostRow, listLostAnswers } from '../../store/views/lost-answers.ts'
import { answer, read } from '../answer.ts'
import type { App } from '../app.ts'
import type { ApiDeps } from '../deps.ts'
import { presentMirror } from '../mirrors/present.ts'
import { pageRequest, sendPage } from '../page.ts'
import { ById, pageOf } from '../shapes.ts'
import { iso } from '../times.ts'
import { LostAnswer, LostQuery, Resolve, Resolved } from './schema.ts'

const tags = ['sync']

const present = (row: LostRow): Static<typeof LostAnswer> => {
  const { id, connection, record, there } = presentMirror(row)
  return {
    id: row.attempt_id,
    mirror: id,
    connection,
    record,
    there,
    operation: row.op,
    fields: [...row.fields],
    startedAt: iso(row.started_at),
    looks: row.misses,
    fault: row.attempt_fault,
  }
}

/** Calls of which nobody knows whether they happened: what was tried, and what a person who looked says of it. */
export const lostAnswerRoutes = (app: App, deps: ApiDeps): void => {
  app.get(
    '/api/v1/lost-answers',
    {
      config: { access: 'sync.read' },
      schema: {
        tags,
        summary: 'Calls that change a tool and whose answer was lost, the latest first',
        querystring: LostQuery,
        response: { 200: pageOf(LostAnswer) },
      },
    },
    async (request, reply) => {
      const { connection = null } = request.query
      const page = await read(deps, (tx) => listLostAnswers(tx, connection, pageRequest(request.query)))
      return sendPage(reply, page, present)
    },
  )
  app.post(
    '/api/v1/lost-answers/:id/resolve',
    {
      config: { access: 'sync.request' },
      schema: {
        tags,
        summary: 'A person looked in the tool and says whether it arrived',
        params: ById,
        body: Resolve,
        response: { 200: Resolved },
      },
    },
    async (request, reply) => {
      const { outcome, item } = request.body
      return answer(deps, request, reply, {
        command: resolveLostAnswer,
        input: { attempt: request.params.id, outcome, ...(item === undefined ? {} : { item }) },
        present: async (_tx, resolved) => resolved,
      })
    },
  )
}
