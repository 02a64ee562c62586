import { Type } from 'typebox'
import { Actor, KeyedName, Named, Ref, Revision } from '../record-shapes.ts'
import { closed, Id, Instant, line, nullable, PageQuery } from '../shapes.ts'

export const ChangeModel = Type.Object({
  id: Id,
  name: Type.String(),
  product: nullable(KeyedName),
  plans: Type.Object({ implement: Type.String(), test: Type.String(), backOut: Type.String() }),
  approvedBy: nullable(Named),
  approvedAt: nullable(
    Type.String({ format: 'date-time', description: 'Null: nothing is made from it yet.' }),
  ),
  createdBy: Actor,
  changes: Type.Integer({ description: 'That were made from it.' }),
  archivedAt: nullable(Instant),
  revision: Type.Integer(),
})

export const ModelQuery = closed({
  ...PageQuery.properties,
  archived: Type.Optional(Type.Boolean()),
})

const Plan = line(20_000)
const written = {
  name: line(500),
  product: nullable(Ref),
  plans: closed({ implement: Plan, test: Plan, backOut: Plan }),
} as const
export const NewChangeModel = closed(written)
export const ChangeModelEdit = closed({ revision: Type.Optional(Revision), ...written })
export const ModelStep = closed({ revision: Type.Optional(Revision) })
