import { Type } from 'typebox'
import { type ShownAttachment, type TimelineEntry, timeline } from '../../store/views/timeline.ts'
import { read } from '../answer.ts'
import type { App } from '../app.ts'
import { type Caller, callerOfRequest } from '../caller.ts'
import { findHome } from '../comments/home.ts'
import type { ApiDeps } from '../deps.ts'
import { problem, sendProblem } from '../errors.ts'
import { asJson } from '../json.ts'
import { pageRequest, sendPage } from '../page.ts'
import { ByRef } from '../record-shapes.ts'
import { Instant, PageQuery, pageOf } from '../shapes.ts'
import { writeMarkdown } from '../words.ts'

const Entry = Type.Object(
  { type: Type.String({ enum: ['comment', 'attachment', 'event'] }), id: Type.String(), at: Instant },
  {
    additionalProperties: true,
    description:
      'A comment (`text`, `author`, `audience`), a file (`attachment`) or something that happened (`kind`).',
  },
)

const HOMES = [
  { path: 'tickets', kind: 'ticket', rule: 'tickets.read' },
  { path: 'work-items', kind: 'work item', rule: 'work-items.read' },
] as const

/** Why a tool did not give a file out is told in the words of its fault: addresses and names from inside. */
const fileForCustomer = ({ id, name, mediaType, size, state }: ShownAttachment) => ({
  id,
  name,
  mediaType,
  size,
  state,
})

/** Built member by member for a customer, so that nothing new reaches one by default. */
const presentFor = (caller: Caller) => (entry: TimelineEntry) => {
  const { type, id, at } = entry
  if (entry.type === 'comment') {
    const { on, audience, body, editedAt, version, attachments, author } = entry
    const said = {
      type,
      id,
      at,
      author,
      audience,
      text: writeMarkdown(body),
      editedAt,
      attachments,
    }
    return asJson(
      caller.reach !== null
        ? { ...said, attachments: attachments.map(fileForCustomer) }
        : { ...said, on, revision: version },
    )
  }
  if (entry.type === 'attachment')
    return asJson({
      ...{ type, id, at, author: entry.author },
      attachment: caller.reach !== null ? fileForCustomer(entry.attachment) : entry.attachment,
    })
  const { kind, actor, data } = entry
  return asJson(caller.reach !== null ? { type, id, at, kind } : { type, id, at, kind, actor, data })
}

export const timelineRoutes = (app: App, deps: ApiDeps): void => {
  for (const { path, kind, rule } of HOMES)
    app.get(
      `/api/v1/${path}/:ref/timeline`,
      {
        config: { access: rule },
        schema: {
          tags: [path === 'tickets' ? 'tickets' : 'work items'],
          summary: `Words, files and happenings of a ${kind}, the latest first`,
          params: ByRef,
          querystring: PageQuery,
          response: { 200: pageOf(Entry) },
        },
      },
      async (request, reply) => {
        const caller = callerOfRequest(request)
        const { party } = caller
        const page = await read(deps, async (tx) => {
          const home = await findHome(tx, caller, kind, request.params.ref)
          return home === null || party === null
            ? null
            : timeline(tx, home, party, pageRequest(request.query))
        })
        return page === null
          ? sendProblem(reply, problem('not-found', `There is no such ${kind}.`))
          : sendPage(reply, page, presentFor(caller))
      },
    )
}
