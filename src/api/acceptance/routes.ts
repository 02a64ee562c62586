import {
  addCase,
  changeCase,
  type RunCase,
  removeCase,
  restoreCase,
  runCase,
} from '../../commands/keep-acceptance.ts'
import type { Command } from '../../commands/run-command.ts'
import type { Tx } from '../../store/database.ts'
import { type ListedCase, listCases, suggestCases } from '../../store/views/acceptance-list.ts'
import { answer, read } from '../answer.ts'
import type { App } from '../app.ts'
import { type Caller, callerOfRequest } from '../caller.ts'
import type { ApiDeps } from '../deps.ts'
import { asPerson } from '../go-live/granted.ts'
import { asJson } from '../json.ts'
import { pageRequest, sendPage } from '../page.ts'
import { ById, PageQuery, pageOf } from '../shapes.ts'
import { versionOf } from '../tickets/step-routes.ts'
import { AcceptanceCase, CaseChange, CaseRun, CaseStep, NewCase, SuggestedCases } from './schema.ts'

const tags = ['releases']

const present = ({ version, ...one }: ListedCase) => asJson({ ...one, revision: version })

const presentOf = async (tx: Tx, { id }: { readonly id: string }) => {
  const page = await listCases(tx, { id }, { after: null, limit: 1 })
  const found = page.ok ? page.value.items[0] : undefined
  if (found === undefined) throw new Error(`case ${id} is gone within its own transaction`)
  return present(found)
}

const runBy =
  <T>(caller: Caller, command: Command<RunCase, T>): Command<Omit<RunCase, 'person'>, T> =>
  (tx, context, input) =>
    asPerson(caller, (person) => command(tx, context, { ...input, person }))

/** What is tried before a release goes live, and what came of it. */
export const acceptanceRoutes = (app: App, deps: ApiDeps): void => {
  app.get(
    '/api/v1/releases/:id/acceptance',
    {
      config: { access: 'go-live.read' },
      schema: {
        ...{ tags, summary: 'What is tried before it goes live, with the latest runs' },
        ...{ params: ById, querystring: PageQuery, response: { 200: pageOf(AcceptanceCase) } },
      },
    },
    async (request, reply) => {
      const filter = { releaseId: request.params.id }
      const page = await read(deps, (tx) => listCases(tx, filter, pageRequest(request.query)))
      return sendPage(reply, page, present)
    },
  )
  app.get(
    '/api/v1/releases/:id/acceptance/suggested',
    {
      config: { access: 'tickets.read' },
      schema: {
        ...{ tags, summary: 'What customers come with most about the parts that it touches' },
        ...{ params: ById, response: { 200: SuggestedCases } },
      },
    },
    async (request, reply) => {
      const items = await read(deps, (tx) => suggestCases(tx, request.params.id, deps.runner.now()))
      return reply.send({ items: [...items] })
    },
  )
  app.post(
    '/api/v1/releases/:id/acceptance',
    {
      config: { access: 'acceptance.write' },
      schema: {
        ...{ tags, summary: 'Write down what is tried before it goes live' },
        ...{ params: ById, body: NewCase, response: { 201: AcceptanceCase } },
      },
    },
    async (request, reply) =>
      answer(deps, request, reply, {
        command: addCase,
        input: { release: request.params.id, ...request.body },
        present: presentOf,
        status: 201,
      }),
  )
  caseRoutes(app, deps)
}

const caseRoutes = (app: App, deps: ApiDeps): void => {
  app.patch(
    '/api/v1/acceptance/:id',
    {
      config: { access: 'acceptance.write' },
      schema: {
        ...{ tags, summary: 'Change a case: it has to be run again' },
        ...{ params: ById, body: CaseChange, response: { 200: AcceptanceCase } },
      },
    },
    async (request, reply) =>
      answer(deps, request, reply, {
        command: changeCase,
        input: { case: request.params.id, set: request.body.set, ...versionOf(request.body.revision) },
        present: presentOf,
      }),
  )
  app.post(
    '/api/v1/acceptance/:id/run',
    {
      config: { access: 'acceptance.run' },
      schema: {
        ...{ tags, summary: 'Say, as who ran it, what came of a case' },
        ...{ params: ById, body: CaseRun, response: { 200: AcceptanceCase } },
      },
    },
    async (request, reply) => {
      const { revision, ...run } = request.body
      return answer(deps, request, reply, {
        command: runBy(callerOfRequest(request), runCase),
        input: { case: request.params.id, ...run, ...versionOf(revision) },
        present: presentOf,
      })
    },
  )
  for (const [name, summary, command] of [
    ['remove', 'It is tried no more', removeCase],
    ['restore', 'Bring back a case that was removed, with its runs', restoreCase],
  ] as const)
    app.post(
      `/api/v1/acceptance/:id/${name}`,
      {
        config: { access: 'acceptance.write' },
        schema: { tags, summary, params: ById, body: CaseStep, response: { 200: AcceptanceCase } },
      },
      async (request, reply) =>
        answer(deps, request, reply, {
          command,
          input: { case: request.params.id, ...versionOf(request.body.revision) },
          present: presentOf,
        }),
    )
}
