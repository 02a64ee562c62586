import { Type } from 'typebox'
import { ESCALATION_STATES, SEVERITIES, WORK_ITEM_STATES } from '../../domain/words.ts'
import { type ListedEscalation, listEscalations } from '../../store/views/escalation-list.ts'
import { read } from '../answer.ts'
import type { App } from '../app.ts'
import { staffPartyOf } from '../caller.ts'
import type { ApiDeps } from '../deps.ts'
import { asJson } from '../json.ts'
import { pageRequest, sendPage } from '../page.ts'
import { Question } from '../record-shapes.ts'
import { closed, Id, Instant, nullable, oneOf, PageQuery, pageOf } from '../shapes.ts'
import { presentAsked } from '../words.ts'

const Query = closed({
  ...PageQuery.properties,
  state: Type.Optional(oneOf(ESCALATION_STATES)),
  team: Type.Optional(Id),
  owner: Type.Optional(Id),
  customer: Type.Optional(Id),
  ended: Type.Optional(Type.Boolean({ description: 'Also those that have ended.' })),
})

const Escalation = Type.Object({
  id: Id,
  state: oneOf(ESCALATION_STATES),
  move: nullable(Type.String({ description: 'Whose move it is.' })),
  reason: nullable(Type.String()),
  question: nullable(Type.String({ description: 'Markdown.' })),
  asked: nullable(Question),
  ticket: Type.Object({
    id: Id,
    key: Type.String(),
    title: Type.String(),
    severity: nullable(oneOf(SEVERITIES)),
    customer: nullable(Type.String()),
    owner: nullable(Type.String()),
  }),
  workItem: Type.Object({
    id: Id,
    key: Type.String(),
    title: Type.String(),
    state: oneOf(WORK_ITEM_STATES),
    team: nullable(Type.String()),
  }),
  createdAt: Instant,
  sentAt: nullable(Instant),
  updatedAt: Instant,
})

const present = (row: ListedEscalation) => {
  const asked = presentAsked(row.asked)
  return asJson({ ...row, question: asked?.text ?? null, asked })
}

export const escalationRoutes = (app: App, deps: ApiDeps): void => {
  app.get(
    '/api/v1/escalations',
    {
      config: { access: 'escalations.read' },
      schema: {
        tags: ['escalations'],
        summary: 'Escalations under way, those that wait longest first',
        querystring: Query,
        response: { 200: pageOf(Escalation) },
      },
    },
    async (request, reply) => {
      const { state, team, owner, customer, ended } = request.query
      const filter = {
        ...(state === undefined ? {} : { states: [state] }),
        ...(team === undefined ? {} : { teamId: team }),
        ...(owner === undefined ? {} : { ownerId: owner }),
        ...(customer === undefined ? {} : { customerId: customer }),
        ...(ended === undefined ? {} : { ended }),
      }
      const page = await read(deps, (tx) =>
        listEscalations(tx, staffPartyOf(request), filter, pageRequest(request.query)),
      )
      return sendPage(reply, page, present)
    },
  )
}
