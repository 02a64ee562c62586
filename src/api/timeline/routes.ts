import { Type } from 'typebox'
import { type TimelineEntry, timeline } from '../../store/views/timeline.ts'
import { read } from '../answer.ts'
import type { App } from '../app.ts'
import { staffPartyOf } from '../caller.ts'
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

const present = (entry: TimelineEntry) => {
  const { type, id, at } = entry
  if (entry.type === 'comment') {
    const { on, audience, body, editedAt, version, attachments, author } = entry
    const text = writeMarkdown(body)
    return asJson({ type, id, at, author, audience, text, editedAt, attachments, on, revision: version })
  }
  if (entry.type === 'attachment')
    return asJson({ type, id, at, author: entry.author, attachment: entry.attachment })
  const { kind, actor, data } = entry
  return asJson({ type, id, at, kind, actor, data })
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
        const party = staffPartyOf(request)
        const page = await read(deps, async (tx) => {
          const home = await findHome(tx, kind, request.params.ref)
          return home === null ? null : timeline(tx, home, party, pageRequest(request.query))
        })
        return page === null
          ? sendProblem(reply, problem('not-found', `There is no such ${kind}.`))
          : sendPage(reply, page, present)
      },
    )
}
