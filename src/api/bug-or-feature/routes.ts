import { bugOrFeature, type Evidence } from '../../commands/bug-or-feature.ts'
import { read } from '../answer.ts'
import type { App } from '../app.ts'
import type { ApiDeps } from '../deps.ts'
import { sendProblem } from '../errors.ts'
import { asJson } from '../json.ts'
import { BugOrFeature, BugOrFeatureQuery } from './schema.ts'

const present = ({ reading, work, score, reasons }: Evidence) => {
  const { id, key, title, kind, state, behaviourNote, workaround, declineReason } = work
  const { planned, has, firstIn, tickets } = work
  return {
    ...{ reading, workItem: { id, key, title, kind, state }, score, reasons },
    ...{ behaviourNote, workaround, declineReason, planned, has, firstIn, tickets },
  }
}

export const bugOrFeatureRoutes = (app: App, deps: ApiDeps): void => {
  app.get(
    '/api/v1/bug-or-feature',
    {
      config: { access: 'tickets.read' },
      schema: {
        tags: ['tickets'],
        summary: 'Whether what a caller describes is intended, a known defect, or neither that we know of',
        querystring: BugOrFeatureQuery,
        response: { 200: BugOrFeature },
      },
    },
    async (request, reply) => {
      const { text, product = null, version = null } = request.query
      const judged = await read(deps, (tx) => bugOrFeature(tx, { text, product, version }))
      if (!judged.ok) return sendProblem(reply, judged.error)
      const { verdict, release, evidence } = judged.value
      return reply.send(asJson({ verdict, release, evidence: evidence.map(present) }))
    },
  )
}
