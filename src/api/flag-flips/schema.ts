import { Type } from 'typebox'
import { KeyedName, Named, Ref } from '../record-shapes.ts'
import { closed, Id, Instant, line, nullable, PageQuery } from '../shapes.ts'

export const FlagFlip = Type.Object({
  id: Id,
  flag: Type.String(),
  product: KeyedName,
  environment: nullable(KeyedName),
  from: nullable(Type.String()),
  to: Type.String(),
  at: Instant,
  person: nullable(Named),
  source: Type.String(),
  url: nullable(Type.String()),
})
export const FlipQuery = closed({ ...PageQuery.properties, product: Type.Optional(Id) })
export const NewFlip = closed({
  flag: line(200),
  product: Ref,
  environment: Type.Optional(Ref),
  from: Type.Optional(line(200)),
  to: line(200, 'Its value from now on: on, off, 25 %.'),
  at: Type.Optional(Type.String({ format: 'date-time', description: 'When it was flipped; absent: now.' })),
  by: Type.Optional(line(320, 'Id or e-mail of who flipped it; absent: whoever tells of it.')),
  source: line(100, 'What tells of it, as one word.'),
  url: Type.Optional(line(500)),
})
