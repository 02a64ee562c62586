import { Type } from 'typebox'
import { Hold, Mirror } from '../mirrors/schema.ts'
import { closed, Id, Instant, nullable, PageQuery, ToldHold } from '../shapes.ts'

export const HoldQuery = closed({
  ...PageQuery.properties,
  connection: Type.Optional(Type.String({ maxLength: 100, description: 'Key of a connection.' })),
})

export const CauseQuery = closed({ connection: HoldQuery.properties.connection })

const Sample = Type.Object({
  mirror: Id,
  kind: Type.String(),
  key: nullable(Type.String()),
  there: nullable(Type.String()),
  url: nullable(Type.String()),
})

/** Holds that wait for the same thing: one fix lets all of them go. */
export const Cause = Type.Object({
  connection: Type.String(),
  code: Type.String(),
  field: Type.String({ description: 'The pair of fields; `comment` and `attachment` for words and files.' }),
  reason: Type.String(),
  nextStep: Type.String(),
  told: ToldHold,
  holds: Type.Integer(),
  since: Instant,
  samples: Type.Array(Sample, { description: 'A few that wait, the longest first.' }),
})

export const Retry = closed({
  connection: Type.String({ maxLength: 100 }),
  code: Type.String({ maxLength: 100 }),
  field: Type.String({ maxLength: 500 }),
  reason: Type.String({ maxLength: 20_000 }),
})
export const Retried = Type.Object({ mirrors: Type.Integer({ description: 'Looked at again now.' }) })

export const ListedHold = Type.Object({
  ...Hold.properties,
  mirror: Id,
  connection: Mirror.properties.connection,
  record: Mirror.properties.record,
  remoteKey: nullable(Type.String()),
  remoteUrl: nullable(Type.String()),
})
