import { changeView } from '../../commands/change-view.ts'
import { createView } from '../../commands/create-view.ts'
import { pinViews } from '../../commands/pin-views.ts'
import type { Tx } from '../../store/database.ts'
import { type ShownView, viewsFor } from '../../store/saved-views.ts'
import { answer, read } from '../answer.ts'
import type { App } from '../app.ts'
import { type Caller, callerOfRequest } from '../caller.ts'
import type { ApiDeps } from '../deps.ts'
import { ById } from '../shapes.ts'
import { NewView, Pins, View, ViewChange, Views } from './schema.ts'

const tags = ['views']

/** Lists with their filters, kept under a name. */
export const viewRoutes = (app: App, deps: ApiDeps): void => {
  app.get(
    '/api/v1/views',
    {
      config: { access: 'views.read' },
      schema: {
        tags,
        summary: 'Views of one’s own, of one’s teams and of everyone',
        response: { 200: Views },
      },
    },
    async (request, reply) => {
      const caller = callerOfRequest(request)
      const views = await read(deps, (tx) => viewsFor(tx, caller.personId))
      return reply.send({ items: views.map(present(caller)) })
    },
  )
  app.post(
    '/api/v1/views',
    {
      config: { access: 'views.write' },
      schema: {
        tags,
        summary: 'Keep a list with its filters under a name',
        body: NewView,
        response: { 201: View },
      },
    },
    async (request, reply) =>
      answer(deps, request, reply, {
        command: createView,
        input: request.body,
        present: presentOf(callerOfRequest(request)),
        status: 201,
      }),
  )
  app.put(
    '/api/v1/views/pinned',
    {
      config: { access: 'views.write' },
      schema: {
        tags,
        summary: 'Which views one keeps in sight, and in which order',
        body: Pins,
        response: { 200: Views },
      },
    },
    async (request, reply) => {
      const caller = callerOfRequest(request)
      return answer(deps, request, reply, {
        command: pinViews,
        input: request.body,
        present: async (tx) => ({ items: (await viewsFor(tx, caller.personId)).map(present(caller)) }),
      })
    },
  )
  app.patch(
    '/api/v1/views/:id',
    {
      config: { access: 'views.write' },
      schema: {
        tags,
        summary: 'Rename, share or delete a view of one’s own, or bring it back',
        params: ById,
        body: ViewChange,
        response: { 200: View },
      },
    },
    async (request, reply) =>
      answer(deps, request, reply, {
        command: changeView,
        input: { view: request.params.id, set: request.body },
        present: presentOf(callerOfRequest(request)),
      }),
  )
}

const presentOf =
  (caller: Caller) =>
  async (tx: Tx, { id }: { readonly id: string }) => {
    const [view] = await viewsFor(tx, caller.personId, id)
    if (view === undefined) throw new Error(`view ${id} is gone within its own transaction`)
    return present(caller)(view)
  }

const present =
  (caller: Caller) =>
  ({ id, list, name, query, shared_with, team, owner, position }: ShownView) => ({
    ...{ id, list, name, query, team, owner, position },
    sharedWith: shared_with,
    isMine: owner.id === caller.personId,
  })
