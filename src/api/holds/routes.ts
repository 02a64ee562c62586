import { Type } from 'typebox'
import { retryHolds } from '../../commands/retry-holds.ts'
import { type HoldCause, holdCauses } from '../../store/views/hold-causes.ts'
import { type HeldMirror, listHeldMirrors } from '../../store/views/open-questions.ts'
import { answer, read } from '../answer.ts'
import type { App } from '../app.ts'
import type { ApiDeps } from '../deps.ts'
import { presentMirror } from '../mirrors/present.ts'
import { pageRequest, sendPage } from '../page.ts'
import { pageOf } from '../shapes.ts'
import { iso } from '../times.ts'
import { Cause, CauseQuery, HoldQuery, ListedHold, Retried, Retry } from './schema.ts'

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

const presentCause = ({ next_step: nextStep, since, samples, ...cause }: HoldCause) => ({
  ...cause,
  nextStep,
  since: iso(since),
  samples: [...samples],
})

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
  app.get(
    '/api/v1/holds/causes',
    {
      config: { access: 'sync.read' },
      schema: {
        tags: ['holds'],
        summary: 'Holds by what they wait for, the most frequent first: one fix lets all of a cause go',
        querystring: CauseQuery,
        response: { 200: Type.Object({ items: Type.Array(Cause), next: Type.Null() }) },
      },
    },
    async (request) => {
      const { connection = null } = request.query
      const causes = await read(deps, (tx) => holdCauses(tx, connection))
      return { items: causes.map(presentCause), next: null }
    },
  )
  app.post(
    '/api/v1/holds/retry',
    {
      config: { access: 'sync.request' },
      schema: {
        tags: ['holds'],
        summary: 'The cause is gone: look at everything that waits for it now',
        body: Retry,
        response: { 200: Retried },
      },
    },
    async (request, reply) =>
      answer(deps, request, reply, {
        command: retryHolds,
        input: request.body,
        present: async (_tx, retried) => retried,
      }),
  )
}
