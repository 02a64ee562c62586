import type { FastifyDynamicSwaggerOptions } from '@fastify/swagger'
import { Type } from 'typebox'
import type { App } from './app.ts'
import type { ApiDeps } from './deps.ts'

/** The API's description, OpenAPI 3.1, made from the schemas that also check requests and write answers. */
export const openApiOptions = (deps: ApiDeps): FastifyDynamicSwaggerOptions => ({
  openapi: {
    openapi: '3.1.0',
    info: {
      title: 'Causeway',
      version: deps.version,
      description:
        'Tickets, work items and the escalations between them, and the mirrors that keep them in step with other tools. ' +
        'Lists are paged with `cursor`. A POST with an `Idempotency-Key` is done once. ' +
        'Refusals are problem details (RFC 9457) with a stable `code`.',
    },
    servers: [{ url: deps.config.publicUrl ?? '/' }],
    components: {
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'From POST /api/v1/sign-in.' },
      },
    },
    security: [{ token: [] }],
  },
  hideUntagged: false,
  refResolver: { buildLocalReference: (json, _base, _fragment, index) => String(json.$id ?? `def-${index}`) },
})

export const openApiDocument = (app: App): void => {
  let text: string | null = null
  app.get(
    '/api/openapi.json',
    {
      config: { access: 'public' },
      schema: {
        tags: ['description'],
        summary: 'This description',
        security: [],
        response: { 200: Type.Unknown({ description: 'OpenAPI 3.1' }) },
      },
    },
    async (_request, reply) => {
      text ??= JSON.stringify(app.swagger())
      return reply.header('content-type', 'application/json').serializer(String).send(text)
    },
  )
}
