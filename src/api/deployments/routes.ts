import {
  changeDeployment,
  type RecordedDeployment,
  recordDeployment,
} from '../../commands/record-deployment.ts'
import type { DeploymentReport } from '../../domain/deployment.ts'
import type { Tx } from '../../store/database.ts'
import { findEnvironment } from '../../store/environments.ts'
import { findProduct } from '../../store/organisation.ts'
import { type ListedDeployment, listDeployments } from '../../store/views/deployment-list.ts'
import { answer, read } from '../answer.ts'
import type { App } from '../app.ts'
import type { ApiDeps } from '../deps.ts'
import { problem, sendProblem } from '../errors.ts'
import { asJson } from '../json.ts'
import { pageRequest, sendPage } from '../page.ts'
import { ById, pageOf } from '../shapes.ts'
import { versionOf } from '../tickets/step-routes.ts'
import * as shapes from './schema.ts'

const tags = ['deployments']

const present = ({ version, ...deployment }: ListedDeployment) => asJson({ ...deployment, revision: version })

const findListed = async (tx: Tx, id: string): Promise<ListedDeployment | null> => {
  const page = await listDeployments(tx, { id }, { after: null, limit: 1 })
  return (page.ok ? page.value.items[0] : undefined) ?? null
}

const presentOf = async (tx: Tx, { id }: RecordedDeployment) => {
  const found = await findListed(tx, id)
  if (found === null) throw new Error(`deployment ${id} is gone within its own transaction`)
  return present(found)
}

const reportOf = (body: {
  readonly state?: DeploymentReport['state']
  readonly startedAt?: string
  readonly finishedAt?: string
}): DeploymentReport => ({
  state: body.state ?? 'succeeded',
  startedAt: body.startedAt === undefined ? null : new Date(body.startedAt),
  finishedAt: body.finishedAt === undefined ? null : new Date(body.finishedAt),
})

/** What was put where, told by pipelines and people. */
export const deploymentRoutes = (app: App, deps: ApiDeps): void => {
  app.get(
    '/api/v1/deployments',
    {
      config: { access: 'releases.read' },
      schema: {
        tags,
        summary: 'Deployments, the last to start first',
        querystring: shapes.DeploymentQuery,
        response: { 200: pageOf(shapes.Deployment) },
      },
    },
    async (request, reply) => {
      const { product, environment, release, installation, change, state, since } = request.query
      const found = await read(deps, async (tx) => ({
        product: product === undefined ? null : await findProduct(tx, product),
        environment: environment === undefined ? null : await findEnvironment(tx, environment),
      }))
      for (const noun of ['product', 'environment'] as const)
        if (request.query[noun] !== undefined && found[noun] === null)
          return sendProblem(reply, {
            ...problem('not-found', `There is no such ${noun}.`),
            field: `/${noun}`,
          })
      const filter = {
        ...(found.product === null ? {} : { productId: found.product.id }),
        ...(found.environment === null ? {} : { environmentId: found.environment.id }),
        ...(release === undefined ? {} : { releaseId: release }),
        ...(installation === undefined ? {} : { installationId: installation }),
        ...(change === undefined ? {} : { changeId: change }),
        ...(state === undefined ? {} : { state }),
        ...(since === undefined ? {} : { since: new Date(since) }),
      }
      const page = await read(deps, (tx) => listDeployments(tx, filter, pageRequest(request.query)))
      return sendPage(reply, page, present)
    },
  )
  app.get(
    '/api/v1/deployments/:id',
    {
      config: { access: 'releases.read' },
      schema: { tags, summary: 'One deployment', params: ById, response: { 200: shapes.Deployment } },
    },
    async (request, reply) => {
      const found = await read(deps, (tx) => findListed(tx, request.params.id))
      return found === null
        ? sendProblem(reply, problem('not-found', 'There is no such deployment.'))
        : reply.send(present(found))
    },
  )
  app.post(
    '/api/v1/deployments',
    {
      config: { access: 'environments.deploy' },
      schema: {
        tags,
        summary: 'Say that a release was put somewhere; told again it is the same deployment',
        body: shapes.NewDeployment,
        response: { 200: shapes.RecordedDeployment },
      },
    },
    async (request, reply) => {
      const { state: _, startedAt: _s, finishedAt: _f, source = 'api', ...told } = request.body
      return answer(deps, request, reply, {
        command: recordDeployment,
        input: { ...told, source, ...reportOf(request.body) },
        present: async (tx, recorded) => ({
          deployment: await presentOf(tx, recorded),
          isNew: recorded.isNew,
        }),
      })
    },
  )
  app.patch(
    '/api/v1/deployments/:id',
    {
      config: { access: 'environments.deploy' },
      schema: {
        tags,
        summary: 'Say how a deployment went on: it succeeded, it failed, it was rolled back',
        params: ById,
        body: shapes.DeploymentChange,
        response: { 200: shapes.Deployment },
      },
    },
    async (request, reply) => {
      const { revision, build, url, change } = request.body
      return answer(deps, request, reply, {
        command: changeDeployment,
        input: {
          deployment: request.params.id,
          ...reportOf(request.body),
          ...(build === undefined ? {} : { build }),
          ...(url === undefined ? {} : { url }),
          ...(change === undefined ? {} : { change }),
          ...versionOf(revision),
        },
        present: presentOf,
      })
    },
  )
}
