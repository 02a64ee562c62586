import type { Static } from 'typebox'
import { isSeenBy } from '../../domain/audience.ts'
import { type ConflictRow, listConflicts } from '../../store/views/open-questions.ts'
import { read } from '../answer.ts'
import type { App } from '../app.ts'
import { type Caller, callerOfRequest } from '../caller.ts'
import type { ApiDeps } from '../deps.ts'
import { presentMirror } from '../mirrors/present.ts'
import { pageRequest, sendPage } from '../page.ts'
import { pageOf } from '../shapes.ts'
import { iso, isoOrNull } from '../times.ts'
import { Conflict, ConflictQuery } from './schema.ts'

/** Who looks after the pipes sees that a field waits, not the words in it; so does who may not read the comment. */
const maySeeWords = (caller: Caller, row: ConflictRow): boolean =>
  caller.party !== null &&
  (!row.field.startsWith('comment:') || (row.words_for !== null && isSeenBy(row.words_for, caller.party)))

const presentConflict =
  (caller: Caller) =>
  (row: ConflictRow): Static<typeof Conflict> => ({
    id: row.conflict_id,
    mirror: row.id,
    connection: row.connection_key,
    record: presentMirror(row).record,
    remoteKey: row.remote_key,
    field: row.field,
    ...(maySeeWords(caller, row)
      ? { base: row.base, hub: row.hub, tool: row.tool, replacedBy: row.replaced_by }
      : {}),
    overwritten: row.overwritten,
    openedAt: iso(row.opened_at),
    settledAt: isoOrNull(row.settled_at),
    settledBy: row.settled_by?.name ?? null,
    choice: row.choice,
  })

export const conflictRoutes = (app: App, deps: ApiDeps): void => {
  app.get(
    '/api/v1/conflicts',
    {
      config: { access: 'sync.read' },
      schema: {
        tags: ['conflicts'],
        summary: 'Fields both sides changed, waiting for a person; the latest first',
        querystring: ConflictQuery,
        response: { 200: pageOf(Conflict) },
      },
    },
    async (request, reply) => {
      const { connection = null, state = 'open', overwritten = null, field = null } = request.query
      const page = await read(deps, (tx) =>
        listConflicts(tx, { connection, state, overwritten, field }, pageRequest(request.query)),
      )
      return sendPage(reply, page, presentConflict(callerOfRequest(request)))
    },
  )
}
