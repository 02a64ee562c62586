import { Type } from 'typebox'
import { Fault } from '../connections/schema.ts'
import { closed, Id, Instant, nullable, oneOf, PageQuery, ToldHold } from '../shapes.ts'

export const MIRROR_STATES = ['candidate', 'creating', 'live', 'gone', 'unlinked', 'paused'] as const

export const MirrorQuery = closed({
  ...PageQuery.properties,
  connection: Type.Optional(Type.String({ maxLength: 100, description: 'Key of a connection.' })),
  state: Type.Optional(oneOf(MIRROR_STATES)),
  record: Type.Optional(Id),
})

/** An external item and the record it stands for. */
export const Mirror = Type.Object({
  id: Id,
  state: oneOf(MIRROR_STATES),
  stateReason: nullable(Type.String()),
  connection: Type.String({ description: 'Key.' }),
  record: nullable(
    Type.Object({
      kind: Type.String(),
      id: Id,
      key: nullable(Type.String()),
      title: nullable(Type.String()),
    }),
  ),
  there: Type.Object({
    key: nullable(Type.String()),
    url: nullable(Type.String()),
    container: nullable(Type.String()),
  }),
  waiting: nullable(Type.String({ description: 'Why it is to be looked at again; null: in step.' })),
  retryAt: nullable(Instant),
  failures: Type.Integer(),
  fault: nullable(Fault),
  agreedAt: nullable(Instant),
})

export const Hold = Type.Object({
  field: Type.String(),
  code: Type.String(),
  reason: Type.String(),
  nextStep: Type.String({ description: 'What a person can do.' }),
  told: ToldHold,
  since: Instant,
})

export const MirrorWithHistory = Type.Object({
  mirror: Mirror,
  holds: Type.Array(Hold),
  writes: Type.Array(
    Type.Object({ operation: Type.String(), state: Type.String(), at: Instant, fault: nullable(Fault) }),
    { description: 'The last calls that change the tool.' },
  ),
})
