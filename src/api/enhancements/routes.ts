import { askForEnhancement, changeAsk, withdrawAsk } from '../../commands/ask-for-enhancement.ts'
import {
  buildEnhancement,
  decideEnhancement,
  mergeEnhancement,
  reopenEnhancement,
  unmergeEnhancement,
} from '../../commands/decide-enhancement.ts'
import { changeEnhancement, createEnhancement, reviewEnhancement } from '../../commands/keep-enhancement.ts'
import { wishOfTicket } from '../../commands/wish-of-ticket.ts'
import type { Tx } from '../../store/database.ts'
import { findEnhancement } from '../../store/enhancements.ts'
import {
  type ListedEnhancement,
  listAsks,
  listEnhancements,
  listUnfiled,
} from '../../store/views/enhancement-list.ts'
import { answer, read } from '../answer.ts'
import type { App } from '../app.ts'
import type { ApiDeps } from '../deps.ts'
import { problem, sendProblem } from '../errors.ts'
import { asJson } from '../json.ts'
import { pageRequest, sendPage } from '../page.ts'
import { ByRef } from '../record-shapes.ts'
import { ById, NoContent, PageQuery, pageOf } from '../shapes.ts'
import { versionOf } from '../tickets/step-routes.ts'
import * as s from './schema.ts'

const tags = ['enhancements']

const present = ({ version, ...enhancement }: ListedEnhancement) =>
  asJson({
    ...enhancement,
    demand: { ...enhancement.demand, importance: [...enhancement.demand.importance] },
    revision: version,
  })

const findListed = async (tx: Tx, id: string): Promise<ListedEnhancement | null> => {
  const page = await listEnhancements(tx, { id }, 'newest', { after: null, limit: 1 })
  return (page.ok ? page.value.items[0] : undefined) ?? null
}
const presentOf = async (tx: Tx, { id }: { readonly id: string }) => {
  const found = await findListed(tx, id)
  if (found === null) throw new Error(`request ${id} is gone within its own transaction`)
  return present(found)
}
const missing = problem('not-found', 'There is no such enhancement request.')

/** What customers wish for: their own intake and triage, apart from defects. */
export const enhancementRoutes = (app: App, deps: ApiDeps): void => {
  readRoutes(app, deps)
  keepRoutes(app, deps)
  decideRoutes(app, deps)
  askRoutes(app, deps)
}

const readRoutes = (app: App, deps: ApiDeps): void => {
  const config = { access: 'enhancements.read' } as const
  app.get(
    '/api/v1/enhancements',
    {
      config,
      schema: {
        tags,
        summary: 'Enhancement requests with who wants them, by one column',
        querystring: s.EnhancementQuery,
        response: { 200: pageOf(s.Enhancement) },
      },
    },
    async (request, reply) => {
      const { product, workItem, standing, text, order = 'newest' } = request.query
      const filter = {
        ...(product === undefined ? {} : { productId: product }),
        ...(workItem === undefined ? {} : { workItemId: workItem }),
        ...(standing === undefined ? {} : { standing }),
        ...(text === undefined ? {} : { text }),
      }
      const page = await read(deps, (tx) => listEnhancements(tx, filter, order, pageRequest(request.query)))
      return sendPage(reply, page, present)
    },
  )
  app.get(
    '/api/v1/enhancements/unfiled',
    {
      config,
      schema: {
        tags,
        summary: 'Tickets that wish for something nobody has filed yet, the oldest first',
        querystring: PageQuery,
        response: { 200: pageOf(s.UnfiledWish) },
      },
    },
    async (request, reply) =>
      sendPage(reply, await read(deps, (tx) => listUnfiled(tx, pageRequest(request.query))), asJson),
  )
  app.get(
    '/api/v1/enhancements/:ref',
    {
      config,
      schema: { tags, summary: 'One enhancement request', params: ByRef, response: { 200: s.Enhancement } },
    },
    async (request, reply) => {
      const found = await read(deps, async (tx) => {
        const row = await findEnhancement(tx, request.params.ref)
        return row === null ? null : findListed(tx, row.id)
      })
      return found === null ? sendProblem(reply, missing) : reply.send(present(found))
    },
  )
  app.get(
    '/api/v1/enhancements/:ref/asks',
    {
      config,
      schema: {
        tags,
        summary: 'The tickets that ask for it, the first first',
        params: ByRef,
        querystring: PageQuery,
        response: { 200: pageOf(s.Ask) },
      },
    },
    async (request, reply) => {
      const page = await read(deps, async (tx) => {
        const row = await findEnhancement(tx, request.params.ref)
        return row === null ? null : listAsks(tx, row.id, pageRequest(request.query))
      })
      return page === null ? sendProblem(reply, missing) : sendPage(reply, page, asJson)
    },
  )
  app.get(
    '/api/v1/tickets/:ref/wish',
    {
      config,
      schema: {
        tags,
        summary: 'What a ticket asks for, else requests that it may be about',
        params: ByRef,
        response: { 200: s.WishOfTicket },
      },
    },
    async (request, reply) => {
      const found = await read(deps, async (tx) => {
        const wish = await wishOfTicket(tx, request.params.ref)
        if (!wish.ok || wish.value.ask === null) return { wish, enhancement: null }
        return { wish, enhancement: await findListed(tx, wish.value.ask.enhancementId) }
      })
      const { wish, enhancement } = found
      if (!wish.ok) return sendProblem(reply, wish.error)
      const { ask, suggestions } = wish.value
      return reply.send({
        ask:
          ask === null || enhancement === null
            ? null
            : { id: ask.id, importance: ask.importance, enhancement: present(enhancement) },
        suggestions: asJson(suggestions),
      })
    },
  )
}

const keepRoutes = (app: App, deps: ApiDeps): void => {
  const config = { access: 'enhancements.write' } as const
  app.post(
    '/api/v1/enhancements',
    {
      config,
      schema: {
        tags,
        summary: 'Write down what somebody wishes for',
        body: s.NewEnhancement,
        response: { 201: s.Enhancement },
      },
    },
    async (request, reply) =>
      answer(deps, request, reply, {
        command: createEnhancement,
        input: request.body,
        present: presentOf,
        status: 201,
      }),
  )
  app.patch(
    '/api/v1/enhancements/:ref',
    {
      config,
      schema: {
        tags,
        summary: 'Change its words, or what is said of it to everybody who asked',
        params: ByRef,
        body: s.EnhancementChange,
        response: { 200: s.Enhancement },
      },
    },
    async (request, reply) => {
      const { revision, ...set } = request.body
      return answer(deps, request, reply, {
        command: changeEnhancement,
        input: { enhancement: request.params.ref, set, ...versionOf(revision) },
        present: presentOf,
      })
    },
  )
  app.post(
    '/api/v1/enhancements/:ref/review',
    {
      config,
      schema: {
        tags,
        summary: 'Somebody looks at it',
        params: ByRef,
        body: s.EnhancementStep,
        response: { 200: s.Enhancement },
      },
    },
    async (request, reply) =>
      answer(deps, request, reply, {
        command: reviewEnhancement,
        input: { enhancement: request.params.ref, ...versionOf(request.body.revision) },
        present: presentOf,
      }),
  )
}

const decideRoutes = (app: App, deps: ApiDeps): void => {
  const config = { access: 'enhancements.decide' } as const
  app.post(
    '/api/v1/enhancements/:ref/decide',
    {
      config,
      schema: {
        tags,
        summary: 'Accept or decline it: the words are told once on every ticket that asks',
        params: ByRef,
        body: s.Decision,
        response: { 200: s.Enhancement },
      },
    },
    async (request, reply) => {
      const { revision, decision, words } = request.body
      return answer(deps, request, reply, {
        command: decideEnhancement,
        input: { enhancement: request.params.ref, decision, words, ...versionOf(revision) },
        present: presentOf,
      })
    },
  )
  for (const [step, command, summary] of [
    ['reopen', reopenEnhancement, 'Take the decision back; what was said stays said'],
    ['unmerge', unmergeEnhancement, 'Take a merge back'],
  ] as const)
    app.post(
      `/api/v1/enhancements/:ref/${step}`,
      {
        config,
        schema: { tags, summary, params: ByRef, body: s.EnhancementStep, response: { 200: s.Enhancement } },
      },
      async (request, reply) =>
        answer(deps, request, reply, {
          command,
          input: { enhancement: request.params.ref, ...versionOf(request.body.revision) },
          present: presentOf,
        }),
    )
  app.post(
    '/api/v1/enhancements/:ref/merge',
    {
      config,
      schema: {
        tags,
        summary: 'Merge it into another, which is answered',
        params: ByRef,
        body: s.Merge,
        response: { 200: s.Enhancement },
      },
    },
    async (request, reply) => {
      const { revision, into } = request.body
      return answer(deps, request, reply, {
        command: mergeEnhancement,
        input: { enhancement: request.params.ref, into, ...versionOf(revision) },
        present: presentOf,
      })
    },
  )
  app.post(
    '/api/v1/enhancements/:ref/build',
    {
      config,
      schema: {
        tags,
        summary: 'Say which feature answers it, or make one: everybody who asked waits for its release',
        params: ByRef,
        body: s.Build,
        response: { 200: s.Enhancement },
      },
    },
    async (request, reply) => {
      const { revision, workItem } = request.body
      return answer(deps, request, reply, {
        command: buildEnhancement,
        input: {
          enhancement: request.params.ref,
          ...versionOf(revision),
          ...(workItem === undefined ? {} : { workItem }),
        },
        present: presentOf,
      })
    },
  )
}

const askRoutes = (app: App, deps: ApiDeps): void => {
  const config = { access: 'enhancements.write' } as const
  app.post(
    '/api/v1/enhancements/:ref/asks',
    {
      config,
      schema: {
        tags,
        summary: 'A ticket asks for it too',
        params: ByRef,
        body: s.NewAsk,
        response: { 200: s.Enhancement },
      },
    },
    async (request, reply) => {
      const { ticket, importance = null } = request.body
      return answer(deps, request, reply, {
        command: askForEnhancement,
        input: { enhancement: request.params.ref, ticket, importance },
        present: presentOf,
      })
    },
  )
  app.patch(
    '/api/v1/enhancement-asks/:id',
    {
      config,
      schema: {
        tags,
        summary: 'How much it matters to them; what they said of it when they had it',
        params: ById,
        body: s.AskChange,
        response: { 200: s.Enhancement },
      },
    },
    async (request, reply) =>
      answer(deps, request, reply, {
        command: changeAsk,
        input: { ask: request.params.id, ...request.body },
        present: presentOf,
      }),
  )
  app.delete(
    '/api/v1/enhancement-asks/:id',
    {
      config,
      schema: {
        tags,
        summary: 'The ticket asks for it no more',
        params: ById,
        response: { 204: NoContent },
      },
    },
    async (request, reply) =>
      answer(deps, request, reply, {
        command: withdrawAsk,
        input: { ask: request.params.id },
        present: async () => null,
        status: 204,
      }),
  )
}
