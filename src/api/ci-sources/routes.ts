import { changeCiSource, createCiSource, renewCiSecret } from '../../commands/keep-ci-source.ts'
import { findCiSource } from '../../store/ci-sources.ts'
import type { Tx } from '../../store/database.ts'
import { type ListedCiSource, listCiSources, listWaitingReports } from '../../store/views/ci-lists.ts'
import { answer, read } from '../answer.ts'
import type { App } from '../app.ts'
import type { ApiDeps } from '../deps.ts'
import { problem, sendProblem } from '../errors.ts'
import { asJson } from '../json.ts'
import { pageRequest, sendPage } from '../page.ts'
import { ByRef } from '../record-shapes.ts'
import { PageQuery, pageOf } from '../shapes.ts'
import { versionOf } from '../tickets/step-routes.ts'
import * as shapes from './schema.ts'

const tags = ['deployments']

const present = ({ version, ...source }: ListedCiSource) =>
  asJson({ ...source, path: `/hooks/ci/${source.id}`, revision: version })

const findListed = async (tx: Tx, id: string): Promise<ListedCiSource | null> => {
  const page = await listCiSources(tx, { id }, { after: null, limit: 1 })
  return (page.ok ? page.value.items[0] : undefined) ?? null
}
const presentOf = async (tx: Tx, { id }: { readonly id: string }) => {
  const found = await findListed(tx, id)
  if (found === null) throw new Error(`source ${id} is gone within its own transaction`)
  return present(found)
}
const presentMade = async (tx: Tx, made: { readonly id: string; readonly secret: string }) => ({
  source: await presentOf(tx, made),
  secret: made.secret,
})

/** CI systems that tell of deployments, and what of it nobody understands yet. */
export const ciSourceRoutes = (app: App, deps: ApiDeps): void => {
  app.get(
    '/api/v1/ci-sources',
    {
      config: { access: 'connections.read' },
      schema: {
        tags,
        summary: 'CI systems that tell of deployments, by name',
        querystring: PageQuery,
        response: { 200: pageOf(shapes.CiSource) },
      },
    },
    async (request, reply) =>
      sendPage(reply, await read(deps, (tx) => listCiSources(tx, {}, pageRequest(request.query))), present),
  )
  app.get(
    '/api/v1/ci-sources/:ref',
    {
      config: { access: 'connections.read' },
      schema: { tags, summary: 'One of them', params: ByRef, response: { 200: shapes.CiSource } },
    },
    async (request, reply) => {
      const found = await read(deps, async (tx) => {
        const row = await findCiSource(tx, request.params.ref)
        return row === null ? null : findListed(tx, row.id)
      })
      return found === null
        ? sendProblem(reply, problem('not-found', 'There is no such source.'))
        : reply.send(present(found))
    },
  )
  app.get(
    '/api/v1/ci-reports/waiting',
    {
      config: { access: 'releases.read' },
      schema: {
        tags,
        summary: 'What CI systems told that is not understood yet, by place and what is missing',
        querystring: PageQuery,
        response: { 200: pageOf(shapes.WaitingReports) },
      },
    },
    async (request, reply) =>
      sendPage(reply, await read(deps, (tx) => listWaitingReports(tx, pageRequest(request.query))), asJson),
  )
  changeRoutes(app, deps)
}

const changeRoutes = (app: App, deps: ApiDeps): void => {
  app.post(
    '/api/v1/ci-sources',
    {
      config: { access: 'connections.write' },
      schema: {
        tags,
        summary: 'Let a CI system tell of deployments; answers its secret once',
        body: shapes.NewCiSource,
        response: { 201: shapes.MadeCiSource },
      },
    },
    async (request, reply) =>
      answer(deps, request, reply, {
        command: createCiSource(deps.master),
        input: request.body,
        present: presentMade,
        status: 201,
      }),
  )
  app.patch(
    '/api/v1/ci-sources/:ref',
    {
      config: { access: 'connections.write' },
      schema: {
        tags,
        summary: 'Rename it, pause it, end it, say where its places are; what waits is looked at again',
        params: ByRef,
        body: shapes.CiSourceChange,
        response: { 200: shapes.CiSource },
      },
    },
    async (request, reply) => {
      const { revision, ...set } = request.body
      return answer(deps, request, reply, {
        command: changeCiSource,
        input: { source: request.params.ref, set, ...versionOf(revision) },
        present: presentOf,
      })
    },
  )
  app.post(
    '/api/v1/ci-sources/:ref/secret',
    {
      config: { access: 'connections.write' },
      schema: {
        tags,
        summary: 'Renew its secret: the one before opens nothing any more',
        params: ByRef,
        body: shapes.SecretRenewal,
        response: { 200: shapes.MadeCiSource },
      },
    },
    async (request, reply) => {
      const { revision, secret } = request.body
      return answer(deps, request, reply, {
        command: renewCiSecret(deps.master),
        input: {
          source: request.params.ref,
          ...versionOf(revision),
          ...(secret === undefined ? {} : { secret }),
        },
        present: presentMade,
      })
    },
  )
}
