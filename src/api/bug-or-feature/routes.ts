import { bugOrFeature, type Evidence } from '../../commands/bug-or-feature.ts'
import { read } from '../answer.ts'
import type { App } from '../app.ts'
import type { ApiDeps } from '../deps.ts'
import { sendProblem } from '../errors.ts'
import { asJson } from '../json.ts'
import { BugOrFeature, BugOrFeatureQuery } from './schema.ts'

/** Of a note, its own words are what is said. */
const present = ({ reading, work, note, score, reasons }: Evidence) => ({
  ...{ reading, score, reasons },
  workItem:
    work === null
      ? null
      : { id: work.id, key: work.key, title: work.title, kind: work.kind, state: work.state },
  note:
    note === null
      ? null
      : { id: note.id, kind: note.kind, title: note.title, release: note.release, say: note.say },
  behaviourNote: note === null ? (work?.behaviourNote ?? null) : note.body,
  workaround: note === null ? (work?.workaround ?? null) : note.workaround,
  ...{ declineReason: work?.declineReason ?? null, planned: work?.planned ?? null },
  ...{
    has: note?.has ?? work?.has ?? 'unknown',
    firstIn: work?.firstIn ?? null,
    tickets: work?.tickets ?? 0,
  },
})

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
