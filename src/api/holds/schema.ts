import { Type } from 'typebox'
import { Hold, Mirror } from '../mirrors/schema.ts'
import { closed, PageQuery } from '../shapes.ts'

export const HoldQuery = closed({
  ...PageQuery.properties,
  connection: Type.Optional(Type.String({ maxLength: 100, description: 'Key of a connection.' })),
})

export const HeldMirror = Type.Object({ mirror: Mirror, holds: Type.Array(Hold) })
