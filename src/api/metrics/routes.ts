import type { Histogram, Registry } from 'prom-client'
import { Type } from 'typebox'
import type { App } from '../app.ts'
import type { HealthDeps } from '../deps.ts'
import { measureProcess, measureRequests, measureStore } from './measures.ts'

/** `/metrics` for Prometheus: with a token of an admin or integrator, or from a program on this machine. */
export const metricsRoutes = (app: App, deps: HealthDeps, registry: Registry): void => {
  measureProcess(registry)
  const lookAtStore = measureStore(registry, deps)
  const duration: Histogram<string> = measureRequests(registry)
  app.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url
    if (route !== undefined)
      duration.observe({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime / 1000)
    done()
  })
  app.get(
    '/metrics',
    {
      config: { access: 'metrics' },
      schema: {
        tags: ['health'],
        summary: 'Figures for Prometheus',
        response: { 200: Type.String({ description: 'Prometheus text format' }) },
      },
    },
    async (_request, reply) => {
      await lookAtStore()
      return reply
        .header('content-type', registry.contentType)
        .serializer(String)
        .send(await registry.metrics())
    },
  )
}
