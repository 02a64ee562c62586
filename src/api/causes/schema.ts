import { Type } from 'typebox'
import { CAUSE_KINDS, CAUSE_REASONS, CAUSE_STATES } from '../../domain/cause.ts'
import { TICKET_STATES } from '../../domain/words.ts'
import { Actor, Named } from '../record-shapes.ts'
import { closed, Id, Instant, nullable, oneOf, PageQuery } from '../shapes.ts'

export const CauseQuery = closed({
  hours: Type.Optional(
    Type.Integer({ minimum: 1, maximum: 720, description: 'How far back; absent: as the rules say.' }),
  ),
})
export const CauseDecision = closed({
  kind: oneOf(CAUSE_KINDS),
  id: Id,
  state: oneOf(CAUSE_STATES, '`suspected` takes back what was decided.'),
})
export const Impact = closed({
  at: nullable(
    Type.String({ format: 'date-time', description: 'Null: it counts from when the ticket was made.' }),
  ),
})

export const Causes = Type.Object({
  impact: Type.Object({
    at: Instant,
    isAssumed: Type.Boolean({ description: 'Nobody said when: it is when the ticket was made.' }),
  }),
  hours: Type.Integer(),
  isCut: Type.Boolean(),
  causes: Type.Array(
    Type.Object({
      kind: oneOf(CAUSE_KINDS),
      id: Id,
      key: nullable(Type.String()),
      title: Type.String(),
      release: nullable(Named),
      place: nullable(Type.String()),
      by: nullable(Type.String()),
      at: Instant,
      state: oneOf(CAUSE_STATES),
      decided: nullable(Type.Object({ by: Actor, at: Instant })),
      suspicion: Type.Object({
        points: Type.Integer(),
        minutesBefore: Type.Integer(),
        reasons: Type.Array(Type.Object({ because: oneOf(CAUSE_REASONS), points: Type.Integer() })),
      }),
    }),
    { description: 'What was confirmed first, what was cleared last, the rest by its points.' },
  ),
})

export const CostQuery = closed({
  ...PageQuery.properties,
  change: Type.Optional(Id),
  release: Type.Optional(Id),
  person: Type.Optional(Id),
})
export const Costs = Type.Object({
  of: nullable(Named),
  incidents: Type.Integer(),
  tickets: Type.Integer({ description: 'With those that were merged into them.' }),
  minutes: Type.Number({ description: 'From when the impact began until it was resolved, or until now.' }),
  items: Type.Array(
    Type.Object({
      id: Id,
      key: Type.String(),
      title: Type.String(),
      state: oneOf(TICKET_STATES),
      impactAt: Instant,
      isAssumed: Type.Boolean(),
      resolvedAt: nullable(Instant),
      minutes: Type.Integer(),
      tickets: Type.Integer(),
    }),
  ),
  next: nullable(Type.String()),
})
