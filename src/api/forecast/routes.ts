import { cycleTime, forecastOf, promiseHistory } from '../../domain/release-forecast.ts'
import { findRelease } from '../../store/releases.ts'
import { listReleaseInstallations } from '../../store/views/release-installations.ts'
import { releasePace } from '../../store/views/release-pace.ts'
import { read } from '../answer.ts'
import type { App } from '../app.ts'
import type { ApiDeps } from '../deps.ts'
import { problem, sendProblem } from '../errors.ts'
import { asJson } from '../json.ts'
import { pageRequest, sendPage } from '../page.ts'
import { ById, pageOf } from '../shapes.ts'
import { Forecast, InstallationsQuery, ReleaseInstallation } from './schema.ts'

const tags = ['releases']
const NO_DAYS = { from: null, to: null, confidence: null }

/** When a release may come out, as measured, and who has it. */
export const forecastRoutes = (app: App, deps: ApiDeps): void => {
  app.get(
    '/api/v1/releases/:id/forecast',
    {
      config: { access: 'go-live.read' },
      schema: {
        ...{
          tags,
          summary: 'When it may come out, from what was really finished, and how promises were kept',
        },
        ...{ params: ById, response: { 200: Forecast } },
      },
    },
    async (request, reply) => {
      const now = deps.runner.now()
      const pace = await read(deps, async (tx) => {
        const release = await findRelease(tx, request.params.id)
        return release === null ? null : releasePace(tx, release, now)
      })
      if (pace === null) return sendProblem(reply, problem('not-found', 'There is no such release.'))
      const { kept, finished, left, done, cycleDays } = pace
      const today = now.toISOString().slice(0, 10)
      return reply.send({
        ...{ ...NO_DAYS, ...forecastOf({ finished, left, cycleDays, today }) },
        ...{
          left,
          done,
          finished: [...finished],
          cycle: cycleTime(cycleDays),
          promises: promiseHistory(kept),
        },
      })
    },
  )
  app.get(
    '/api/v1/releases/:id/installations',
    {
      config: { access: 'go-live.read' },
      schema: {
        ...{ tags, summary: 'Who has it: every installation of the product' },
        ...{ params: ById, querystring: InstallationsQuery, response: { 200: pageOf(ReleaseInstallation) } },
      },
    },
    async (request, reply) => {
      const filter = { releaseId: request.params.id, has: request.query.has ?? null }
      const page = await read(deps, (tx) => listReleaseInstallations(tx, filter, pageRequest(request.query)))
      return sendPage(reply, page, asJson)
    },
  )
}
