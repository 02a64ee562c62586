import { Type } from 'typebox'
import { MOVERS } from '../../domain/escalation.ts'
import { ESCALATION_STATES, SEVERITIES, WORK_ITEM_STATES } from '../../domain/words.ts'
import { Question } from '../record-shapes.ts'
import { closed, Day, Id, Instant, nullable, oneOf, PageQuery } from '../shapes.ts'

const Filters = {
  team: Type.Optional(Id),
  owner: Type.Optional(Id),
  customer: Type.Optional(Id),
  component: Type.Optional(Id),
  release: Type.Optional(Id),
  severity: Type.Optional(oneOf(SEVERITIES)),
  ended: Type.Optional(Type.Boolean({ description: 'Also those that have ended.' })),
}
export const EscalationQuery = closed({
  ...PageQuery.properties,
  ...Filters,
  state: Type.Optional(oneOf(ESCALATION_STATES)),
  move: Type.Optional(oneOf(MOVERS, 'Whose move it is.')),
})
export const TotalsQuery = closed(Filters)

export const Totals = Type.Object({
  items: Type.Array(
    Type.Object({
      move: oneOf(MOVERS),
      count: Type.Integer(),
      since: Type.Unsafe<string>({ ...Instant, description: 'Since when the one that waits longest waits.' }),
    }),
  ),
})

export const Escalation = Type.Object({
  id: Id,
  state: oneOf(ESCALATION_STATES),
  move: nullable(oneOf(MOVERS, 'Whose move it is.')),
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
    ownerId: nullable(Id),
  }),
  workItem: Type.Object({
    id: Id,
    key: Type.String(),
    title: Type.String(),
    state: oneOf(WORK_ITEM_STATES),
    team: nullable(Type.String()),
    teamId: nullable(Id),
    assignee: nullable(Type.String()),
    assigneeId: nullable(Id),
    component: nullable(Type.String()),
    release: nullable(Type.Object({ id: Id, name: Type.String(), to: nullable(Day) })),
  }),
  createdAt: Instant,
  sentAt: nullable(Instant),
  updatedAt: Instant,
})
