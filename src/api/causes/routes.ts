import { decideCause, setImpact } from '../../commands/decide-cause.ts'
import { readChangeRules } from '../../store/change-rules.ts'
import type { Tx } from '../../store/database.ts'
import { findPerson } from '../../store/organisation.ts'
import { findTicket } from '../../store/tickets.ts'
import { causesOf } from '../../store/views/cause-list.ts'
import { type CostOf, costsOf } from '../../store/views/cost-list.ts'
import { answer, read } from '../answer.ts'
import type { App } from '../app.ts'
import type { ApiDeps } from '../deps.ts'
import { problem, sendProblem } from '../errors.ts'
import { asJson } from '../json.ts'
import { pageRequest } from '../page.ts'
import { ByRef } from '../record-shapes.ts'
import { CauseDecision, CauseQuery, Causes, CostQuery, Costs, Impact } from './schema.ts'

const tags = ['causes']

const presentCauses = async (tx: Tx, ref: string, hours?: number) => {
  const ticket = await findTicket(tx, ref)
  if (ticket === null) return null
  return asJson(await causesOf(tx, ticket, hours ?? (await readChangeRules(tx)).causeHours))
}

const presentOf = async (tx: Tx, { id }: { readonly id: string }) => {
  const found = await presentCauses(tx, id)
  if (found === null) throw new Error(`ticket ${id} is gone within its own transaction`)
  return found
}

/** What incidents were caused by, and what that cost. */
export const causeRoutes = (app: App, deps: ApiDeps): void => {
  const config = { access: 'causes.write' } as const
  app.get(
    '/api/v1/tickets/:ref/causes',
    {
      config: { access: 'tickets.read' },
      schema: {
        tags,
        summary: 'What was done before its impact began, ranked, with reasons',
        params: ByRef,
        querystring: CauseQuery,
        response: { 200: Causes },
      },
    },
    async (request, reply) => {
      const found = await read(deps, (tx) => presentCauses(tx, request.params.ref, request.query.hours))
      return found === null
        ? sendProblem(reply, problem('not-found', 'There is no such ticket.'))
        : reply.send(found)
    },
  )
  app.post(
    '/api/v1/tickets/:ref/causes',
    {
      config,
      schema: {
        tags,
        summary: 'Confirm a cause, clear it, or take that back',
        params: ByRef,
        body: CauseDecision,
        response: { 200: Causes },
      },
    },
    async (request, reply) => {
      const { kind, id, state } = request.body
      const input = { ticket: request.params.ref, cause: { kind, id }, state }
      return answer(deps, request, reply, { command: decideCause, input, present: presentOf })
    },
  )
  app.put(
    '/api/v1/tickets/:ref/impact',
    {
      config,
      schema: {
        tags,
        summary: 'Say when its impact began',
        params: ByRef,
        body: Impact,
        response: { 200: Causes },
      },
    },
    async (request, reply) => {
      const { at } = request.body
      const input = { ticket: request.params.ref, at: at === null ? null : new Date(at) }
      return answer(deps, request, reply, { command: setImpact, input, present: presentOf })
    },
  )
  costRoute(app, deps)
}

const costRoute = (app: App, deps: ApiDeps): void => {
  app.get(
    '/api/v1/costs',
    {
      config: { access: 'tickets.read' },
      schema: {
        tags,
        summary: 'The incidents that a change, a release or a person caused, and the minutes they took',
        querystring: CostQuery,
        response: { 200: Costs },
      },
    },
    async (request, reply) => {
      const { change, release, person } = request.query
      const asked: readonly CostOf[] = [
        ...(change === undefined ? [] : [{ change }]),
        ...(release === undefined ? [] : [{ release }]),
        ...(person === undefined ? [] : [{ person }]),
      ]
      const [of] = asked
      if (of === undefined || asked.length > 1)
        return sendProblem(reply, problem('invalid', 'Name one of change, release and person.'))
      const { costs, named } = await read(deps, async (tx) => ({
        costs: await costsOf(tx, of, deps.runner.now(), pageRequest(request.query)),
        named: person === undefined ? null : await findPerson(tx, person),
      }))
      if (person !== undefined && named === null)
        return sendProblem(reply, problem('not-found', 'There is no such person.'))
      if (!costs.ok) return sendProblem(reply, { ...costs.error, field: '/cursor' })
      const { page, ...sums } = costs.value
      const who = named === null ? null : { id: named.id, name: named.name }
      return reply.send({ of: who, ...sums, items: page.items.map(asJson), next: page.next })
    },
  )
}
