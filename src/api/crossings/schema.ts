import { Type } from 'typebox'
import { closed, Id, Instant, nullable, oneOf, PageQuery } from '../shapes.ts'

export const CrossingQuery = closed({
  ...PageQuery.properties,
  connection: Type.Optional(Type.String({ maxLength: 100, description: 'Key of a connection.' })),
})

export const ListedCrossing = Type.Object({
  event: Id,
  at: Instant,
  by: Type.String(),
  because: nullable(Type.String()),
  connection: Type.String(),
  record: Type.Object({ kind: nullable(Type.String()), key: nullable(Type.String()) }),
  there: Type.Object({ key: nullable(Type.String()), url: nullable(Type.String()) }),
  fields: Type.Array(Type.Object({ field: Type.String(), to: oneOf(['hub', 'tool']) })),
  isUndone: Type.Boolean(),
})
