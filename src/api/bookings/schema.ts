import { Type } from 'typebox'
import { KeyedName, Named, Ref, Revision } from '../record-shapes.ts'
import { closed, Id, Instant, line, nullable, PageQuery } from '../shapes.ts'

export const Booking = Type.Object({
  id: Id,
  environment: KeyedName,
  product: KeyedName,
  person: Named,
  release: nullable(Named),
  purpose: Type.String(),
  from: Instant,
  to: Instant,
  isShareable: Type.Boolean({ description: 'Others may have it beside them.' }),
  endedAt: nullable(Type.String({ format: 'date-time', description: 'When it was cancelled.' })),
  revision: Type.Integer(),
})

export const BookingQuery = closed({
  ...PageQuery.properties,
  environment: Type.Optional(Ref),
  person: Type.Optional(Id),
  from: Type.Optional(Instant),
  to: Type.Optional(Instant),
  ended: Type.Optional(Type.Boolean({ description: 'Those that were cancelled too.' })),
})

const Minute = Type.String({ format: 'date-time', description: 'ISO 8601, a whole minute.' })
const Release = nullable(
  Type.String({ minLength: 1, maxLength: 320, description: 'Id or name of the release it is for.' }),
)
export const NewBooking = closed({
  environment: Ref,
  person: Type.Optional(
    Type.String({ minLength: 1, maxLength: 320, description: 'Id or e-mail; absent: whoever asks.' }),
  ),
  purpose: line(500),
  from: Minute,
  to: Minute,
  isShareable: Type.Optional(Type.Boolean()),
  release: Type.Optional(Release),
})
export const BookingChange = closed({
  revision: Type.Optional(Revision),
  purpose: Type.Optional(line(500)),
  from: Type.Optional(Minute),
  to: Type.Optional(Minute),
  isShareable: Type.Optional(Type.Boolean()),
  release: Type.Optional(Release),
})
export const BookingStep = closed({ revision: Type.Optional(Revision) })
