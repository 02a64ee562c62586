import { takeInCommits } from '../../commands/take-in-commits.ts'
import { type TracedKey, traceRelease } from '../../commands/trace-release.ts'
import { findProduct } from '../../store/organisation.ts'
import { listContents, listTracedReleases, releaseTrace, type ShownCommit } from '../../store/views/trace.ts'
import { countWaiting, listWaiting } from '../../store/views/waiting-for-release.ts'
import { listStandings, type ReleaseOfFix, workTrace } from '../../store/views/who-has-it.ts'
import { answer, read } from '../answer.ts'
import type { App } from '../app.ts'
import type { ApiDeps } from '../deps.ts'
import { problem, sendProblem } from '../errors.ts'
import { asJson } from '../json.ts'
import { pageRequest, sendPage } from '../page.ts'
import { ById, pageOf } from '../shapes.ts'
import { iso } from '../times.ts'
import {
  CommitsInput,
  Content,
  ContentQuery,
  KeptCommits,
  KnownRelease,
  ReleaseTrace,
  Standing,
  StandingQuery,
  TracedContents,
  TracedQuery,
  TraceInput,
  WaitingCounts,
  WaitingQuery,
  WaitingTicket,
  WorkTrace,
} from './schema.ts'

const tags = ['releases']

/** As many as one reads in the output of a pipeline; the release's page has them all. */
const TOLD = 100

const told = (keys: readonly TracedKey[]) => ({
  total: keys.length,
  items: keys.slice(0, TOLD).map(({ key, workItem }) => ({ key, workItem })),
})

const dated = <T extends ShownCommit | ReleaseOfFix>(row: T) => ({ ...row, at: iso(row.at) })

/** From commits to releases, and to who runs them: told by a pipeline, read by everybody who asks where a fix is. */
export const traceRoutes = (app: App, deps: ApiDeps): void => {
  tellRoutes(app, deps)
  releaseRoutes(app, deps)
  waitingRoutes(app, deps)
  workRoutes(app, deps)
}

const tellRoutes = (app: App, deps: ApiDeps): void => {
  app.get(
    '/api/v1/trace/releases',
    {
      config: { access: 'releases.read' },
      schema: {
        tags,
        summary: 'Releases of a repository whose commit is known',
        querystring: TracedQuery,
        response: { 200: pageOf(KnownRelease) },
      },
    },
    async (request, reply) => {
      const { product: ref, repository } = request.query
      const product = await read(deps, (tx) => findProduct(tx, ref))
      if (product === null)
        return sendProblem(reply, {
          ...problem('not-found', `There is no product “${ref}”.`),
          field: '/product',
        })
      const filter = { productId: product.id, repository }
      const page = await read(deps, (tx) => listTracedReleases(tx, filter, pageRequest(request.query)))
      return sendPage(reply, page, (row) => ({ ...row, at: iso(row.at) }))
    },
  )
  app.post(
    '/api/v1/trace/commits',
    {
      config: { access: 'releases.write' },
      schema: {
        tags,
        summary: 'Take in commits, any number of times; answers which of them matter',
        body: CommitsInput,
        response: { 200: KeptCommits },
      },
    },
    async (request, reply) =>
      answer(deps, request, reply, {
        command: takeInCommits,
        input: {
          ...request.body,
          commits: request.body.commits.map((commit) => ({ ...commit, at: new Date(commit.at) })),
        },
        present: async (_tx, { kept }) => ({ kept: [...kept] }),
      }),
  )
  app.post(
    '/api/v1/trace/releases',
    {
      config: { access: 'releases.write' },
      schema: {
        tags,
        summary: 'Say which commit a release is; what it contains follows',
        body: TraceInput,
        response: { 200: TracedContents },
      },
    },
    async (request, reply) =>
      answer(deps, request, reply, {
        command: traceRelease,
        input: { ...request.body, at: new Date(request.body.at) },
        present: async (_tx, { release, isNew, enters, leaves }) => ({
          ...{ release, isNew, enters: told(enters), leaves: told(leaves) },
        }),
      }),
  )
}

const releaseRoutes = (app: App, deps: ApiDeps): void => {
  app.get(
    '/api/v1/releases/:id/trace',
    {
      config: { access: 'releases.read' },
      schema: {
        tags,
        summary: 'Where the commits of a release come from, and how much they bring',
        params: ById,
        response: { 200: ReleaseTrace },
      },
    },
    async (request, reply) => {
      const found = await read(deps, (tx) => releaseTrace(tx, request.params.id))
      if (found === null) return sendProblem(reply, problem('not-found', 'There is no such release.'))
      const repositories = found.repositories.map((from) => ({ ...from, at: iso(from.at) }))
      return reply.send({ ...found, repositories, isTraced: repositories.length > 0 })
    },
  )
  app.get(
    '/api/v1/releases/:id/contents',
    {
      config: { access: 'work-items.read' },
      schema: {
        tags,
        summary: 'What a release contains, by its commits',
        params: ById,
        querystring: ContentQuery,
        response: { 200: pageOf(Content) },
      },
    },
    async (request, reply) => {
      const filter = { releaseId: request.params.id, change: request.query.change ?? null }
      const page = await read(deps, (tx) => listContents(tx, filter, pageRequest(request.query)))
      return sendPage(reply, page, (row) => ({ ...row, commits: row.commits.map(dated) }))
    },
  )
}

const waitingRoutes = (app: App, deps: ApiDeps): void => {
  app.get(
    '/api/v1/releases/:id/waiting',
    {
      config: { access: 'tickets.read' },
      schema: {
        tags,
        summary: 'Open tickets whose fix is new in a release, and whether their customers have it',
        params: ById,
        querystring: WaitingQuery,
        response: { 200: pageOf(WaitingTicket) },
      },
    },
    async (request, reply) => {
      const filter = { releaseId: request.params.id, standing: request.query.standing ?? null }
      const page = await read(deps, (tx) => listWaiting(tx, filter, pageRequest(request.query)))
      return sendPage(reply, page, asJson)
    },
  )
  app.get(
    '/api/v1/releases/:id/waiting/counts',
    {
      config: { access: 'tickets.read' },
      schema: {
        tags,
        summary: 'How many tickets and customers wait for a release, by how they stand to it',
        params: ById,
        response: { 200: WaitingCounts },
      },
    },
    async (request, reply) => reply.send(await read(deps, (tx) => countWaiting(tx, request.params.id))),
  )
}

const workRoutes = (app: App, deps: ApiDeps): void => {
  app.get(
    '/api/v1/work-items/:id/trace',
    {
      config: { access: 'work-items.read' },
      schema: {
        tags,
        summary: 'Its commits, the first releases that have it, and how many installations do',
        params: ById,
        response: { 200: WorkTrace },
      },
    },
    async (request, reply) => {
      const found = await read(deps, (tx) => workTrace(tx, request.params.id))
      return found === null
        ? sendProblem(reply, problem('not-found', 'There is no such work item.'))
        : reply.send({
            ...found,
            commits: found.commits.map(dated),
            firstIn: found.firstIn.map(dated),
            leftIn: found.leftIn.map(dated),
          })
    },
  )
  app.get(
    '/api/v1/work-items/:id/installations',
    {
      config: { access: 'work-items.read' },
      schema: {
        tags,
        summary: 'Who has the fix: every installation of the product',
        params: ById,
        querystring: StandingQuery,
        response: { 200: pageOf(Standing) },
      },
    },
    async (request, reply) => {
      const filter = { workItemId: request.params.id, has: request.query.has ?? null }
      const page = await read(deps, (tx) => listStandings(tx, filter, pageRequest(request.query)))
      return sendPage(reply, page, (row) => row)
    },
  )
}
