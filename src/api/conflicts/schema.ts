import { Type } from 'typebox'
import { Mirror } from '../mirrors/schema.ts'
import { closed, Id, Instant, nullable, oneOf, PageQuery } from '../shapes.ts'

export const ConflictQuery = closed({
  ...PageQuery.properties,
  connection: Type.Optional(Type.String({ maxLength: 100, description: 'Key of a connection.' })),
  state: Type.Optional(oneOf(['open', 'all'])),
  overwritten: Type.Optional(
    Type.Boolean({ description: 'Only edits that a write of ours replaced, or only the others.' }),
  ),
  field: Type.Optional(Type.String({ maxLength: 400, description: 'Of this pair of fields only.' })),
})

export const Conflict = Type.Object({
  id: Id,
  mirror: Id,
  connection: Mirror.properties.connection,
  record: Mirror.properties.record,
  remoteKey: nullable(Type.String()),
  field: Type.String(),
  // words of tickets: not for integrators
  base: Type.Optional(Type.Unknown({ description: 'What both showed when they last agreed.' })),
  hub: Type.Optional(Type.Unknown({ description: 'What stands here now.' })),
  tool: Type.Optional(Type.Unknown({ description: 'What stands there now.' })),
  overwritten: Type.Boolean({
    description:
      'A write of ours replaced `tool` there before we had seen it: both sides show `hub`. Taking `tool` gives it back.',
  }),
  replacedBy: Type.Optional(
    nullable(Type.String({ description: 'Whose change here replaced `tool`, where it was overwritten.' })),
  ),
  openedAt: Instant,
  settledAt: nullable(Instant),
  settledBy: nullable(Type.String()),
  choice: nullable(Type.String()),
})
