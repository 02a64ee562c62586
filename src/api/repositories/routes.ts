import { changeFollowedRepository, readRepositoryNow } from '../../commands/change-followed-repository.ts'
import { followRepository } from '../../commands/follow-repository.ts'
import type { Tx } from '../../store/database.ts'
import { type ListedRepository, listFollowed } from '../../store/views/followed-list.ts'
import { answer, read } from '../answer.ts'
import type { App } from '../app.ts'
import type { ApiDeps } from '../deps.ts'
import { problem, sendProblem } from '../errors.ts'
import { asJson } from '../json.ts'
import { pageRequest, sendPage } from '../page.ts'
import { ById, pageOf } from '../shapes.ts'
import { versionOf } from '../tickets/step-routes.ts'
import {
  FollowedRepository,
  FollowedRepositoryChange,
  NewFollowedRepository,
  RepositoryQuery,
} from './schema.ts'

const tags = ['repositories']

const present = ({ version, ...repository }: ListedRepository) => asJson({ ...repository, revision: version })

/** Repositories that Causeway reads itself. Those of which a pipeline tells need no entry here. */
export const repositoryRoutes = (app: App, deps: ApiDeps): void => {
  const findListed = async (tx: Tx, id: string): Promise<ListedRepository | null> => {
    const page = await listFollowed(tx, { id }, deps.runner.now(), { after: null, limit: 1 })
    return (page.ok ? page.value.items[0] : undefined) ?? null
  }
  const presentOf = async (tx: Tx, { id }: { readonly id: string }) => {
    const found = await findListed(tx, id)
    if (found === null) throw new Error(`repository ${id} is gone within its own transaction`)
    return present(found)
  }
  app.get(
    '/api/v1/repositories',
    {
      config: { access: 'repositories.read' },
      schema: {
        tags,
        summary: 'Repositories that Causeway reads itself, by product',
        querystring: RepositoryQuery,
        response: { 200: pageOf(FollowedRepository) },
      },
    },
    async (request, reply) => {
      const { archived } = request.query
      const filter = archived === undefined ? {} : { archived }
      const now = deps.runner.now()
      const page = await read(deps, (tx) => listFollowed(tx, filter, now, pageRequest(request.query)))
      return sendPage(reply, page, present)
    },
  )
  app.get(
    '/api/v1/repositories/:id',
    {
      config: { access: 'repositories.read' },
      schema: { tags, summary: 'One repository', params: ById, response: { 200: FollowedRepository } },
    },
    async (request, reply) => {
      const found = await read(deps, (tx) => findListed(tx, request.params.id))
      return found === null
        ? sendProblem(reply, problem('not-found', 'There is no such repository.'))
        : reply.send(present(found))
    },
  )
  app.post(
    '/api/v1/repositories',
    {
      config: { access: 'repositories.write' },
      schema: {
        tags,
        summary: 'Follow a repository: it is read at once, and every so often',
        body: NewFollowedRepository,
        response: { 201: FollowedRepository },
      },
    },
    async (request, reply) =>
      answer(deps, request, reply, {
        command: followRepository(deps.master),
        input: request.body,
        present: presentOf,
        status: 201,
      }),
  )
  app.patch(
    '/api/v1/repositories/:id',
    {
      config: { access: 'repositories.write' },
      schema: {
        tags,
        summary: 'Change how it is read, pause it, or follow it no more',
        params: ById,
        body: FollowedRepositoryChange,
        response: { 200: FollowedRepository },
      },
    },
    async (request, reply) => {
      const { revision, ...set } = request.body
      return answer(deps, request, reply, {
        command: changeFollowedRepository(deps.master),
        input: { id: request.params.id, set, ...versionOf(revision) },
        present: presentOf,
      })
    },
  )
  app.post(
    '/api/v1/repositories/:id/read',
    {
      config: { access: 'repositories.write' },
      schema: {
        tags,
        summary: 'Read it now; look again to see what came of it',
        params: ById,
        response: { 200: FollowedRepository },
      },
    },
    async (request, reply) =>
      answer(deps, request, reply, {
        command: readRepositoryNow,
        input: { id: request.params.id },
        present: presentOf,
      }),
  )
}
