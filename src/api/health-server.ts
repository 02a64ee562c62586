import { type TypeBoxTypeProvider, TypeBoxValidatorCompiler } from '@fastify/type-provider-typebox'
import type { FastifyBaseLogger } from 'fastify'
import Fastify, { LogController } from 'fastify'
import { Registry } from 'prom-client'
import type { App } from './app.ts'
import { guard } from './caller.ts'
import type { HealthDeps } from './deps.ts'
import { onError, onMissing } from './errors.ts'
import { healthRoutes } from './health/routes.ts'
import { metricsRoutes } from './metrics/routes.ts'
import { sessionCookie } from './session/cookie.ts'

const REQUEST_TIMEOUT_MS = 10_000
/** Nothing here takes a body. */
const BODY_MAX_BYTES = 1024

/**
 * `/healthz`, `/readyz` and `/metrics` of a process without the web role, and nothing else: the same routes under the
 * same rules, so an alarm reads alike on every process.
 */
export const buildHealthServer = async (deps: HealthDeps, log: FastifyBaseLogger): Promise<App> => {
  const app: App = Fastify({
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_MAX_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    forceCloseConnections: true,
    exposeHeadRoutes: false,
  }).withTypeProvider<TypeBoxTypeProvider>()
  app.setValidatorCompiler(TypeBoxValidatorCompiler)
  app.setErrorHandler(onError)
  app.setNotFoundHandler(onMissing)
  app.decorateRequest('caller', null)
  app.addHook('onRequest', guard(deps.runner.db, deps.runner.now, sessionCookie(false)))
  app.addHook('onSend', (_request, reply, payload, done) => {
    reply.header('x-content-type-options', 'nosniff').header('cache-control', 'no-store')
    done(null, payload)
  })
  metricsRoutes(app, deps, new Registry())
  healthRoutes(app, deps)
  await app.ready()
  return app
}
