import { Type } from 'typebox'
import { closed, Id, Instant, line, nullable, oneOf, ToldHold } from '../shapes.ts'

export const ByKey = closed({ key: Type.String({ maxLength: 100 }) })

export const Fault = Type.Object({
  kind: Type.String(),
  detail: Type.String(),
  field: nullable(Type.String()),
  at: Type.String(),
})

export const Connection = Type.Object({
  id: Id,
  key: Type.String(),
  kind: Type.String({ description: 'Which connector.' }),
  party: oneOf(['desk', 'tracker']),
  title: Type.String(),
  state: oneOf(['active', 'paused', 'failing']),
  stateReason: nullable(Type.String()),
  mappingVersion: Type.Integer(),
  polledAt: nullable(Instant),
  sweptAt: nullable(Instant),
  sweepFound: Type.Integer({ description: 'Differences the last sweep found.' }),
  missedByWebhook: Type.Integer({ description: 'Changes a webhook should have told of and did not.' }),
  blockedUntil: nullable(Instant),
  downSince: nullable(Instant),
  fault: nullable(Fault),
  mirrors: Type.Integer(),
  waiting: Type.Integer({ description: 'Mirrors not yet looked at again.' }),
  waitingSince: nullable(Instant),
  holds: Type.Integer(),
  conflicts: Type.Integer(),
  unknownWrites: Type.Integer({ description: 'Writes whose answer was lost, not yet read back.' }),
  mostUrgentHold: nullable(
    Type.Object(
      { reason: Type.String(), told: ToldHold },
      { description: 'The reason most of its holds share.' },
    ),
  ),
  budget: nullable(
    Type.Object(
      { left: Type.Number(), perSecond: Type.Number(), waiting: Type.Integer() },
      { description: 'Calls left now; null: its worker is another process.' },
    ),
  ),
  webhookUrl: nullable(Type.String({ description: 'Where the tool rings.' })),
  lastRejectedDelivery: nullable(Type.Object({ at: Instant, reason: Type.String() })),
})

export const Pause = closed({
  reason: Type.Optional(line(500, 'Shown to whoever wonders why nothing moves.')),
})

export const Check = Type.Object({
  ok: Type.Boolean(),
  tool: nullable(Type.String({ description: 'What answered, with its version.' })),
  account: nullable(Type.Object({ name: Type.String() }, { description: 'As whom we are known there.' })),
  problems: Type.Array(Type.String(), { description: 'Sentences for a person.' }),
})
