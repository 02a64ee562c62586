import { changeFreeze, liftFreeze, planFreeze } from '../../commands/plan-freeze.ts'
import type { Tx } from '../../store/database.ts'
import { type ListedFreeze, listFreezes } from '../../store/views/freeze-list.ts'
import { answer, read } from '../answer.ts'
import type { App } from '../app.ts'
import type { ApiDeps } from '../deps.ts'
import { asJson } from '../json.ts'
import { pageRequest, sendPage } from '../page.ts'
import { ById, pageOf } from '../shapes.ts'
import { versionOf } from '../tickets/step-routes.ts'
import { Freeze, FreezeChange, FreezeQuery, FreezeStep, NewFreeze } from './schema.ts'

const tags = ['changes']

const present = ({ version, updatedAt: _, ...freeze }: ListedFreeze) =>
  asJson({ ...freeze, revision: version })

const windowOf = ({ from, to }: { readonly from: string; readonly to: string }) => ({
  from: new Date(from),
  to: new Date(to),
})

/** Times in which nothing that can wait is changed. */
export const freezeRoutes = (app: App, deps: ApiDeps): void => {
  const presentOf = async (tx: Tx, { id }: { readonly id: string }) => {
    const page = await listFreezes(tx, { id }, deps.runner.now(), { after: null, limit: 1 })
    const found = page.ok ? page.value.items[0] : undefined
    if (found === undefined) throw new Error(`freeze ${id} is gone within its own transaction`)
    return present(found)
  }
  const config = { access: 'freezes.write' } as const
  app.get(
    '/api/v1/freezes',
    {
      config: { access: 'changes.read' },
      schema: {
        tags,
        summary: 'Freezes by their beginning',
        querystring: FreezeQuery,
        response: { 200: pageOf(Freeze) },
      },
    },
    async (request, reply) => {
      const { past = false } = request.query
      const page = await read(deps, (tx) =>
        listFreezes(tx, { past }, deps.runner.now(), pageRequest(request.query)),
      )
      return sendPage(reply, page, present)
    },
  )
  app.post(
    '/api/v1/freezes',
    {
      config,
      schema: {
        tags,
        summary: 'Plan a freeze; changes that are planned there are shown as conflicts',
        body: NewFreeze,
        response: { 201: Freeze },
      },
    },
    async (request, reply) => {
      const { reason, products } = request.body
      const input = { reason, products, window: windowOf(request.body) }
      return answer(deps, request, reply, { command: planFreeze, input, present: presentOf, status: 201 })
    },
  )
  app.put(
    '/api/v1/freezes/:id',
    {
      config,
      schema: {
        tags,
        summary: 'Move a freeze, or say it anew',
        params: ById,
        body: FreezeChange,
        response: { 200: Freeze },
      },
    },
    async (request, reply) => {
      const { reason, products, revision } = request.body
      const input = { freeze: request.params.id, reason, products, window: windowOf(request.body) }
      return answer(deps, request, reply, {
        command: changeFreeze,
        input: { ...input, ...versionOf(revision) },
        present: presentOf,
      })
    },
  )
  app.post(
    '/api/v1/freezes/:id/lift',
    {
      config,
      schema: {
        tags,
        summary: 'End a freeze before its time',
        params: ById,
        body: FreezeStep,
        response: { 200: Freeze },
      },
    },
    async (request, reply) =>
      answer(deps, request, reply, {
        command: liftFreeze,
        input: { freeze: request.params.id, ...versionOf(request.body.revision) },
        present: presentOf,
      }),
  )
}
