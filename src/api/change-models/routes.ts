import {
  approveChangeModel,
  archiveChangeModel,
  changeChangeModel,
  createChangeModel,
} from '../../commands/keep-change-model.ts'
import type { Tx } from '../../store/database.ts'
import { type ListedModel, listModels } from '../../store/views/change-model-list.ts'
import { answer, read } from '../answer.ts'
import type { App } from '../app.ts'
import type { ApiDeps } from '../deps.ts'
import { asJson } from '../json.ts'
import { pageRequest, sendPage } from '../page.ts'
import { ById, pageOf } from '../shapes.ts'
import { versionOf } from '../tickets/step-routes.ts'
import { ChangeModel, ChangeModelEdit, ModelQuery, ModelStep, NewChangeModel } from './schema.ts'

const tags = ['changes']

const present = ({ version, ...model }: ListedModel) => asJson({ ...model, revision: version })

const presentOf = async (tx: Tx, { id }: { readonly id: string }) => {
  const page = await listModels(tx, { id }, { after: null, limit: 1 })
  const found = page.ok ? page.value.items[0] : undefined
  if (found === undefined) throw new Error(`change model ${id} is gone within its own transaction`)
  return present(found)
}

/** What standard changes are made from. */
export const changeModelRoutes = (app: App, deps: ApiDeps): void => {
  const config = { access: 'changes.write' } as const
  app.get(
    '/api/v1/change-models',
    {
      config: { access: 'changes.read' },
      schema: {
        tags,
        summary: 'Models of standard changes, by name',
        querystring: ModelQuery,
        response: { 200: pageOf(ChangeModel) },
      },
    },
    async (request, reply) => {
      const { archived = false } = request.query
      const page = await read(deps, (tx) => listModels(tx, { archived }, pageRequest(request.query)))
      return sendPage(reply, page, present)
    },
  )
  app.post(
    '/api/v1/change-models',
    {
      config,
      schema: {
        tags,
        summary: 'Write a model; nothing is made from it before the change manager approves it',
        body: NewChangeModel,
        response: { 201: ChangeModel },
      },
    },
    async (request, reply) =>
      answer(deps, request, reply, {
        command: createChangeModel,
        input: request.body,
        present: presentOf,
        status: 201,
      }),
  )
  app.put(
    '/api/v1/change-models/:id',
    {
      config,
      schema: {
        tags,
        summary: 'Write it anew; its approval is void',
        params: ById,
        body: ChangeModelEdit,
        response: { 200: ChangeModel },
      },
    },
    async (request, reply) => {
      const { revision, ...body } = request.body
      const input = { model: request.params.id, ...body, ...versionOf(revision) }
      return answer(deps, request, reply, { command: changeChangeModel, input, present: presentOf })
    },
  )
  app.post(
    '/api/v1/change-models/:id/approve',
    {
      config: { access: 'changes.approve' },
      schema: {
        tags,
        summary: 'One key, once: the change manager’s',
        params: ById,
        body: ModelStep,
        response: { 200: ChangeModel },
      },
    },
    async (request, reply) => {
      const input = { model: request.params.id, ...versionOf(request.body.revision) }
      return answer(deps, request, reply, { command: approveChangeModel, input, present: presentOf })
    },
  )
  for (const [name, archived] of [
    ['archive', true],
    ['restore', false],
  ] as const)
    app.post(
      `/api/v1/change-models/:id/${name}`,
      {
        config,
        schema: {
          tags,
          summary: archived ? 'Offer it no more' : 'Offer it again',
          params: ById,
          body: ModelStep,
          response: { 200: ChangeModel },
        },
      },
      async (request, reply) => {
        const input = { model: request.params.id, archived, ...versionOf(request.body.revision) }
        return answer(deps, request, reply, { command: archiveChangeModel, input, present: presentOf })
      },
    )
}
