import { Type } from 'typebox'
import { Hold, Mirror } from '../mirrors/schema.ts'
import { closed, Id, nullable, PageQuery } from '../shapes.ts'

export const HoldQuery = closed({
  ...PageQuery.properties,
  connection: Type.Optional(Type.String({ maxLength: 100, description: 'Key of a connection.' })),
})

export const ListedHold = Type.Object({
  ...Hold.properties,
  mirror: Id,
  connection: Mirror.properties.connection,
  record: Mirror.properties.record,
  remoteKey: nullable(Type.String()),
  remoteUrl: nullable(Type.String()),
})
