import type { Static } from 'typebox'
import {
  countEscalations,
  type EscalationFilter,
  type ListedEscalation,
  listEscalations,
} from '../../store/views/escalation-list.ts'
import { read } from '../answer.ts'
import type { App } from '../app.ts'
import { staffPartyOf } from '../caller.ts'
import type { ApiDeps } from '../deps.ts'
import { asJson } from '../json.ts'
import { pageRequest, sendPage } from '../page.ts'
import { pageOf } from '../shapes.ts'
import { presentAsked } from '../words.ts'
import { Escalation, EscalationQuery, Totals, TotalsQuery } from './schema.ts'

const present = (row: ListedEscalation) => {
  const asked = presentAsked(row.asked)
  return asJson({ ...row, question: asked?.text ?? null, asked })
}

const filterOf = (query: Static<typeof TotalsQuery>): EscalationFilter => {
  const { team, owner, customer, component, release, severity, ended } = query
  return {
    ...(team === undefined ? {} : { teamId: team }),
    ...(owner === undefined ? {} : { ownerId: owner }),
    ...(customer === undefined ? {} : { customerId: customer }),
    ...(component === undefined ? {} : { componentId: component }),
    ...(release === undefined ? {} : { releaseId: release }),
    ...(severity === undefined ? {} : { severity }),
    ...(ended === undefined ? {} : { ended }),
  }
}

export const escalationRoutes = (app: App, deps: ApiDeps): void => {
  app.get(
    '/api/v1/escalations',
    {
      config: { access: 'escalations.read' },
      schema: {
        tags: ['escalations'],
        summary: 'Escalations under way, those that wait longest first',
        querystring: EscalationQuery,
        response: { 200: pageOf(Escalation) },
      },
    },
    async (request, reply) => {
      const { state, move } = request.query
      const filter = {
        ...filterOf(request.query),
        ...(state === undefined ? {} : { states: [state] }),
        ...(move === undefined ? {} : { move }),
      }
      const page = await read(deps, (tx) =>
        listEscalations(tx, staffPartyOf(request), filter, pageRequest(request.query)),
      )
      return sendPage(reply, page, present)
    },
  )
  app.get(
    '/api/v1/escalations/totals',
    {
      config: { access: 'escalations.read' },
      schema: {
        tags: ['escalations'],
        summary: 'How many escalations wait for whom, and for how long the longest',
        querystring: TotalsQuery,
        response: { 200: Totals },
      },
    },
    async (request, reply) => {
      const items = await read(deps, (tx) => countEscalations(tx, filterOf(request.query)))
      return reply.send(asJson({ items }))
    },
  )
}
