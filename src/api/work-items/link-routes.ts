import type { Static } from 'typebox'
import { type LinkWorkItems, linkWorkItems } from '../../commands/link-work-items.ts'
import { suggestOriginals } from '../../commands/suggest-originals.ts'
import { unlinkWorkItems } from '../../commands/unlink-work-items.ts'
import { voicesBehind } from '../../store/views/voices.ts'
import { findWorkItem } from '../../store/work-items.ts'
import { answer, read } from '../answer.ts'
import type { App } from '../app.ts'
import type { ApiDeps } from '../deps.ts'
import { problem, sendProblem } from '../errors.ts'
import { asJson } from '../json.ts'
import { ByRef } from '../record-shapes.ts'
import { Created, NoContent } from '../shapes.ts'
import { Suggestions } from '../tickets/schema.ts'
import { presentVoice } from './present.ts'
import { ByLink, NewLink, Voices } from './schema.ts'

const tags = ['work items']

const HALF_A_LINK = 'Send `role` and `to` for another work item, or `url` for something elsewhere.'

const endOf = ({ role, to, url, title }: Static<typeof NewLink>): LinkWorkItems['to'] | null => {
  if (url === undefined) return role === undefined || to === undefined ? null : { role, workItem: to }
  if (role !== undefined || to !== undefined) return null
  return { url, ...(title === undefined ? {} : { title }) }
}

/** What a work item stands beside: other work, things elsewhere, its likely originals, and its customers' words. */
export const workItemLinkRoutes = (app: App, deps: ApiDeps): void => {
  app.get(
    '/api/v1/work-items/:ref/suggestions',
    {
      config: { access: 'work-items.read' },
      schema: {
        tags,
        summary: 'Work items it may be a duplicate of, the likely ones first',
        params: ByRef,
        response: { 200: Suggestions },
      },
    },
    async (request, reply) => {
      const found = await read(deps, (tx) => suggestOriginals(tx, request.params.ref))
      return found.ok ? reply.send(asJson({ items: found.value })) : sendProblem(reply, found.error)
    },
  )
  app.get(
    '/api/v1/work-items/:ref/voices',
    {
      config: { access: 'work-items.read' },
      schema: {
        tags,
        summary: 'What the customers behind it said, in their own words',
        params: ByRef,
        response: { 200: Voices },
      },
    },
    async (request, reply) => {
      const voices = await read(deps, async (tx) => {
        const item = await findWorkItem(tx, request.params.ref)
        return item === null ? null : voicesBehind(tx, item.id)
      })
      return voices === null
        ? sendProblem(reply, problem('not-found', 'There is no such work item.'))
        : reply.send({ items: voices.map(presentVoice) })
    },
  )
  app.post(
    '/api/v1/work-items/:ref/links',
    {
      config: { access: 'work-items.write' },
      schema: {
        tags,
        summary: 'Say how it stands to another work item, or to something elsewhere',
        params: ByRef,
        body: NewLink,
        response: { 201: Created },
      },
    },
    async (request, reply) => {
      const to = endOf(request.body)
      if (to === null) return sendProblem(reply, problem('invalid', HALF_A_LINK))
      return answer(deps, request, reply, {
        command: linkWorkItems,
        input: { workItem: request.params.ref, to },
        present: async (_tx, link) => link,
        status: 201,
      })
    },
  )
  app.delete(
    '/api/v1/work-items/:ref/links/:link',
    {
      config: { access: 'work-items.write' },
      schema: { tags, summary: 'Take a link away', params: ByLink, response: { 204: NoContent } },
    },
    async (request, reply) =>
      answer(deps, request, reply, {
        command: unlinkWorkItems,
        input: { workItem: request.params.ref, link: request.params.link },
        present: async () => null,
        status: 204,
      }),
  )
}
