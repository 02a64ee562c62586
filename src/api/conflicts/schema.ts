import { Type } from 'typebox'
import { Mirror } from '../mirrors/schema.ts'
import { closed, Id, Instant, nullable, oneOf, PageQuery } from '../shapes.ts'

export const ConflictQuery = closed({
  ...PageQuery.properties,
  connection: Type.Optional(Type.String({ maxLength: 100, description: 'Key of a connection.' })),
  state: Type.Optional(oneOf(['open', 'all'])),
})

export const Conflict = Type.Object({
  id: Id,
  mirror: Mirror,
  field: Type.String(),
  values: Type.Optional(
    Type.Object(
      { base: Type.Unknown(), hub: Type.Unknown(), tool: Type.Unknown() },
      {
        description: 'What both showed when they last agreed, and what each shows now. Not for integrators.',
      },
    ),
  ),
  openedAt: Instant,
  settledAt: nullable(Instant),
  settledBy: nullable(Type.String()),
  choice: nullable(Type.String()),
})
