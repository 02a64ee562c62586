import { changeRelease } from '../../commands/change-release.ts'
import { createRelease } from '../../commands/create-release.ts'
import { estimateRelease } from '../../commands/estimate-release.ts'
import { releaseRelease } from '../../commands/release-release.ts'
import { withdrawRelease } from '../../commands/withdraw-release.ts'
import type { Tx } from '../../store/database.ts'
import { type ListedRelease, listReleases } from '../../store/views/organisation-lists.ts'
import { answer, read } from '../answer.ts'
import type { App } from '../app.ts'
import type { ApiDeps } from '../deps.ts'
import { problem, sendProblem } from '../errors.ts'
import { asJson } from '../json.ts'
import { pageRequest, sendPage } from '../page.ts'
import { ById, pageOf } from '../shapes.ts'
import { versionOf } from '../tickets/step-routes.ts'
import {
  ComingOut,
  NewEstimate,
  NewRelease,
  Release,
  ReleaseChange,
  ReleaseQuery,
  ReleaseStep,
} from './schema.ts'

const tags = ['releases']

const present = ({ version, ...release }: ListedRelease) => asJson({ ...release, revision: version })

const findListed = async (tx: Tx, id: string): Promise<ListedRelease | null> => {
  const page = await listReleases(tx, { id }, { after: null, limit: 1 })
  return (page.ok ? page.value.items[0] : undefined) ?? null
}

export const releaseRoutes = (app: App, deps: ApiDeps): void => {
  const presentOf = async (tx: Tx, value: { readonly id: string }) => {
    const found = await findListed(tx, value.id)
    if (found === null) throw new Error(`release ${value.id} is gone within its own transaction`)
    return present(found)
  }
  app.get(
    '/api/v1/releases',
    {
      config: { access: 'releases.read' },
      schema: {
        tags,
        summary: 'Releases, the latest made first',
        querystring: ReleaseQuery,
        response: { 200: pageOf(Release) },
      },
    },
    async (request, reply) => {
      const { product, state } = request.query
      const filter = {
        ...(product === undefined ? {} : { productId: product }),
        ...(state === undefined ? {} : { states: [state] }),
      }
      const page = await read(deps, (tx) => listReleases(tx, filter, pageRequest(request.query)))
      return sendPage(reply, page, present)
    },
  )
  app.get(
    '/api/v1/releases/:id',
    {
      config: { access: 'releases.read' },
      schema: { tags, summary: 'One release', params: ById, response: { 200: Release } },
    },
    async (request, reply) => {
      const found = await read(deps, (tx) => findListed(tx, request.params.id))
      return found === null
        ? sendProblem(reply, problem('not-found', 'There is no such release.'))
        : reply.send(present(found))
    },
  )
  app.post(
    '/api/v1/releases',
    {
      config: { access: 'releases.write' },
      schema: { tags, summary: 'Plan a release of a product', body: NewRelease, response: { 201: Release } },
    },
    async (request, reply) =>
      answer(deps, request, reply, {
        command: createRelease,
        input: request.body,
        present: presentOf,
        status: 201,
      }),
  )
  app.patch(
    '/api/v1/releases/:id',
    {
      config: { access: 'releases.write' },
      schema: {
        tags,
        summary: 'Rename it, or move it along before it comes out',
        params: ById,
        body: ReleaseChange,
        response: { 200: Release },
      },
    },
    async (request, reply) =>
      answer(deps, request, reply, {
        command: changeRelease,
        input: {
          release: request.params.id,
          set: request.body.set,
          ...versionOf(request.body.revision),
        },
        present: presentOf,
      }),
  )
  app.post(
    '/api/v1/releases/:id/estimate',
    {
      config: { access: 'releases.write' },
      schema: {
        tags,
        summary: 'Say when it is expected; each estimate is kept',
        params: ById,
        body: NewEstimate,
        response: { 200: Release },
      },
    },
    async (request, reply) =>
      answer(deps, request, reply, {
        command: estimateRelease,
        input: {
          release: request.params.id,
          estimate: request.body.estimate,
          ...versionOf(request.body.revision),
        },
        present: presentOf,
      }),
  )
  app.post(
    '/api/v1/releases/:id/release',
    {
      config: { access: 'releases.write' },
      schema: {
        tags,
        summary: 'It is out: every ticket whose fix is in it hears of it',
        params: ById,
        body: ComingOut,
        response: { 200: Release },
      },
    },
    async (request, reply) => {
      const { revision, ...why } = request.body
      return answer(deps, request, reply, {
        command: releaseRelease,
        input: { release: request.params.id, ...why, ...versionOf(revision) },
        present: presentOf,
      })
    },
  )
  app.post(
    '/api/v1/releases/:id/withdraw',
    {
      config: { access: 'releases.write' },
      schema: {
        tags,
        summary: 'It does not come, or was taken back',
        params: ById,
        body: ReleaseStep,
        response: { 200: Release },
      },
    },
    async (request, reply) =>
      answer(deps, request, reply, {
        command: withdrawRelease,
        input: { release: request.params.id, ...versionOf(request.body.revision) },
        present: presentOf,
      }),
  )
}
