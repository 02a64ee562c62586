import { auditLog } from '../../store/views/audit-log.ts'
import { read } from '../answer.ts'
import type { App } from '../app.ts'
import { callerOfRequest } from '../caller.ts'
import type { ApiDeps } from '../deps.ts'
import { pageRequest, sendPage } from '../page.ts'
import { pageOf } from '../shapes.ts'
import { auditFilterOf, presentFor } from './present.ts'
import { AuditEntry, AuditQuery } from './schema.ts'

/** Who did what, when, from where: the log of everything that happened, refused sign-ins among it. */
export const auditRoutes = (app: App, deps: ApiDeps): void => {
  app.get(
    '/api/v1/audit',
    {
      config: { access: 'audit.read' },
      schema: {
        tags: ['audit'],
        summary: 'What happened, the latest first',
        querystring: AuditQuery,
        response: { 200: pageOf(AuditEntry) },
      },
    },
    async (request, reply) => {
      const filter = auditFilterOf(request.query)
      const page = await read(deps, (tx) => auditLog(tx, filter, pageRequest(request.query)))
      return sendPage(reply, page, presentFor(callerOfRequest(request)))
    },
  )
}
