import { sql } from 'kysely'
import { Type } from 'typebox'
import type { App } from '../app.ts'
import type { HealthDeps } from '../deps.ts'

const Health = Type.Object({ status: Type.Literal('ok'), version: Type.String() })
const Readiness = Type.Object({
  status: Type.Union([Type.Literal('ready'), Type.Literal('not ready')]),
  database: Type.Union([Type.Literal('ok'), Type.Literal('cannot be reached')]),
  disk: Type.Union([Type.Literal('ok'), Type.Literal('nearly full')]),
})

const DATABASE_ANSWERS_WITHIN_MS = 2_000

/** `/healthz`: the process lives. `/readyz`: it can do its work (a load balancer sends no requests otherwise). */
export const healthRoutes = (app: App, deps: HealthDeps): void => {
  app.get(
    '/healthz',
    {
      config: { access: 'public' },
      schema: { tags: ['health'], summary: 'The process lives', security: [], response: { 200: Health } },
    },
    async () => ({ status: 'ok' as const, version: deps.version }),
  )
  app.get(
    '/readyz',
    {
      config: { access: 'public' },
      schema: {
        tags: ['health'],
        summary: 'Database and disk are well',
        security: [],
        response: { 200: Readiness, 503: Readiness },
      },
    },
    async (_request, reply) => {
      const database = (await databaseAnswers(deps)) ? ('ok' as const) : ('cannot be reached' as const)
      const disk = deps.disk.isNearlyFull() ? ('nearly full' as const) : ('ok' as const)
      const ready = database === 'ok' && disk === 'ok'
      const status = ready ? ('ready' as const) : ('not ready' as const)
      return reply.code(ready ? 200 : 503).send({ status, database, disk })
    },
  )
}

const databaseAnswers = async (deps: HealthDeps): Promise<boolean> => {
  const timeout = AbortSignal.timeout(DATABASE_ANSWERS_WITHIN_MS)
  const tooLate = new Promise<false>((resolve) =>
    timeout.addEventListener('abort', () => resolve(false), { once: true }),
  )
  const answer = sql`select 1`.execute(deps.runner.db).then(
    () => true,
    () => false,
  )
  return Promise.race([answer, tooLate])
}
