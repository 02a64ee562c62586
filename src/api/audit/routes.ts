import type { Static } from 'typebox'
import { AUDIT_GROUPS, isWithoutWords } from '../../domain/audit.ts'
import { auditLog, type AuditEntry as StoredEntry } from '../../store/views/audit-log.ts'
import { read } from '../answer.ts'
import type { App } from '../app.ts'
import { type Caller, callerOfRequest } from '../caller.ts'
import type { ApiDeps } from '../deps.ts'
import { asJson } from '../json.ts'
import { pageRequest, sendPage } from '../page.ts'
import { pageOf } from '../shapes.ts'
import { iso } from '../times.ts'
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
      const { actor, group, record, from, until } = request.query
      const filter = {
        ...(actor === undefined ? {} : { actor }),
        ...(group === undefined ? {} : { nouns: AUDIT_GROUPS[group] }),
        ...(record === undefined ? {} : { record: record.trim() }),
        ...(from === undefined ? {} : { from: new Date(from) }),
        ...(until === undefined ? {} : { until: new Date(until) }),
      }
      const page = await read(deps, (tx) => auditLog(tx, filter, pageRequest(request.query)))
      return sendPage(reply, page, presentFor(callerOfRequest(request)))
    },
  )
}

/** Of signing in, where the one who asks is nobody yet, it stands in the event. */
const addressIn = ({ address }: StoredEntry['data']): string | null =>
  typeof address === 'string' ? address : null

/** An admin sees that a ticket was changed and by whom, and nothing that stands in it. */
const presentFor =
  ({ party }: Caller) =>
  (entry: StoredEntry): Static<typeof AuditEntry> => {
    const readsWords = party === 'both sides' || isWithoutWords(entry.kind)
    return {
      id: entry.id,
      at: iso(entry.at),
      kind: entry.kind,
      actor: entry.actor,
      record:
        entry.record_id === null || entry.record_kind === null
          ? null
          : {
              kind: entry.record_kind,
              id: entry.record_id,
              key: entry.called?.key ?? null,
              name: readsWords ? (entry.called?.name ?? null) : null,
            },
      connection: entry.connection,
      address: entry.address ?? addressIn(entry.data),
      data: readsWords ? (asJson(entry.data) as Record<string, unknown>) : {},
    }
  }
