import { changeEnvironment } from '../../commands/change-environment.ts'
import { gateOfPlace } from '../../commands/cover-deployment.ts'
import { createEnvironment } from '../../commands/create-environment.ts'
import { deployToEnvironment } from '../../commands/deploy-to-environment.ts'
import { releaseIdOf } from '../../commands/progress-release.ts'
import { ok } from '../../lib/result.ts'
import type { Tx } from '../../store/database.ts'
import { findEnvironment } from '../../store/environments.ts'
import { type ListedEnvironment, listEnvironments } from '../../store/views/environment-list.ts'
import { answer, read } from '../answer.ts'
import type { App } from '../app.ts'
import type { ApiDeps } from '../deps.ts'
import { problem, sendProblem } from '../errors.ts'
import { asJson } from '../json.ts'
import { pageRequest, sendPage } from '../page.ts'
import { ByRef } from '../record-shapes.ts'
import { pageOf } from '../shapes.ts'
import { versionOf } from '../tickets/step-routes.ts'
import {
  Deployment,
  Environment,
  EnvironmentChange,
  EnvironmentQuery,
  NewEnvironment,
  PlaceGate,
  PlaceGateQuery,
} from './schema.ts'

const tags = ['environments']

const present = ({ version, ...environment }: ListedEnvironment) =>
  asJson({ ...environment, revision: version })

/** Where builds of ours run. What a customer runs is an installation. */
export const environmentRoutes = (app: App, deps: ApiDeps): void => {
  const findListed = async (tx: Tx, id: string): Promise<ListedEnvironment | null> => {
    const page = await listEnvironments(tx, { id }, deps.runner.now(), { after: null, limit: 1 })
    return (page.ok ? page.value.items[0] : undefined) ?? null
  }
  const presentOf = async (tx: Tx, { id }: { readonly id: string }) => {
    const found = await findListed(tx, id)
    if (found === null) throw new Error(`environment ${id} is gone within its own transaction`)
    return present(found)
  }
  app.get(
    '/api/v1/environments',
    {
      config: { access: 'environments.read' },
      schema: {
        tags,
        summary: 'Environments by name, with what runs there and who has each now',
        querystring: EnvironmentQuery,
        response: { 200: pageOf(Environment) },
      },
    },
    async (request, reply) => {
      const { product, text, archived } = request.query
      const filter = {
        ...(product === undefined ? {} : { productId: product }),
        ...(text === undefined ? {} : { text }),
        ...(archived === undefined ? {} : { archived }),
      }
      const now = deps.runner.now()
      const page = await read(deps, (tx) => listEnvironments(tx, filter, now, pageRequest(request.query)))
      return sendPage(reply, page, present)
    },
  )
  app.get(
    '/api/v1/environments/:ref',
    {
      config: { access: 'environments.read' },
      schema: { tags, summary: 'One environment', params: ByRef, response: { 200: Environment } },
    },
    async (request, reply) => {
      const found = await read(deps, async (tx) => {
        const row = await findEnvironment(tx, request.params.ref)
        return row === null ? null : findListed(tx, row.id)
      })
      return found === null
        ? sendProblem(reply, problem('not-found', 'There is no such environment.'))
        : reply.send(present(found))
    },
  )
  app.get(
    '/api/v1/environments/:ref/gate',
    {
      config: { access: 'changes.read' },
      schema: {
        tags,
        summary: 'Whether something may be put there now: an approved change covers it, and if not, why',
        params: ByRef,
        querystring: PlaceGateQuery,
        response: { 200: PlaceGate },
      },
    },
    async (request, reply) => {
      const { release: ref } = request.query
      const now = deps.runner.now()
      const found = await read(deps, async (tx) => {
        const environment = await findEnvironment(tx, request.params.ref)
        if (environment === null) return null
        const release = await releaseIdOf(tx, ref ?? null, environment.product_id, '/release')
        if (!release.ok) return release
        const { id: environmentId, product_id: productId } = environment
        return ok(await gateOfPlace(tx, { productId, environmentId, releaseId: release.value }, now))
      })
      if (found === null) return sendProblem(reply, problem('not-found', 'There is no such environment.'))
      if (!found.ok) return sendProblem(reply, found.error)
      const { change, reasons } = found.value
      return reply.send(asJson({ isOpen: change !== null, change, reasons: [...reasons] }))
    },
  )
  app.post(
    '/api/v1/environments',
    {
      config: { access: 'environments.write' },
      schema: { tags, summary: 'Make an environment', body: NewEnvironment, response: { 201: Environment } },
    },
    async (request, reply) =>
      answer(deps, request, reply, {
        command: createEnvironment,
        input: request.body,
        present: presentOf,
        status: 201,
      }),
  )
  app.patch(
    '/api/v1/environments/:ref',
    {
      config: { access: 'environments.write' },
      schema: {
        tags,
        summary: 'Change an environment, archive it or bring it back',
        params: ByRef,
        body: EnvironmentChange,
        response: { 200: Environment },
      },
    },
    async (request, reply) => {
      const { revision, ...set } = request.body
      return answer(deps, request, reply, {
        command: changeEnvironment,
        input: { environment: request.params.ref, set, ...versionOf(revision) },
        present: presentOf,
      })
    },
  )
  app.post(
    '/api/v1/environments/:ref/deploy',
    {
      config: { access: 'environments.deploy' },
      schema: {
        tags,
        summary: 'Say what runs there from now on',
        params: ByRef,
        body: Deployment,
        response: { 200: Environment },
      },
    },
    async (request, reply) =>
      answer(deps, request, reply, {
        command: deployToEnvironment,
        input: { environment: request.params.ref, release: request.body.release },
        present: presentOf,
      }),
  )
}
