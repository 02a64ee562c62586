import { Type } from 'typebox'
import { Actor, KeyedName, Ref, Revision } from '../record-shapes.ts'
import { closed, Id, Instant, line, nullable, PageQuery } from '../shapes.ts'

export const Freeze = Type.Object({
  id: Id,
  reason: Type.String(),
  products: Type.Array(KeyedName, { description: 'None: all products.' }),
  from: Instant,
  to: Instant,
  createdBy: Actor,
  endedAt: nullable(Type.String({ format: 'date-time', description: 'When it was lifted.' })),
  revision: Type.Integer(),
})

export const FreezeQuery = closed({
  ...PageQuery.properties,
  past: Type.Optional(Type.Boolean({ description: 'Those that are over or were lifted too.' })),
})

const written = {
  reason: line(500),
  products: Type.Array(Ref, { maxItems: 100, uniqueItems: true, description: 'None: all products.' }),
  from: Instant,
  to: Type.String({ format: 'date-time', description: 'At most 120 days later.' }),
} as const
export const NewFreeze = closed(written)
export const FreezeChange = closed({ revision: Type.Optional(Revision), ...written })
export const FreezeStep = closed({ revision: Type.Optional(Revision) })
