import { Type } from 'typebox'
import { Actor, Named } from '../record-shapes.ts'
import { closed, Id, Instant, nullable } from '../shapes.ts'

const Jump = Type.Object({
  id: Id,
  ticket: nullable(Type.Object({ id: Id, key: Type.String(), title: Type.String() })),
  foundAt: Instant,
  dismissedAt: nullable(Instant),
  dismissedBy: nullable(Actor),
})

export const Care = nullable(
  Type.Object(
    {
      from: Instant,
      to: Instant,
      hours: Type.Integer(),
      isRunning: Type.Boolean(),
      components: Type.Array(
        Type.Object({
          component: nullable(Named),
          contacts: Type.Integer({ description: 'Since it came out.' }),
          before: Type.Array(Type.Integer(), {
            description: 'In the same hours of the same weekdays, one to four weeks earlier.',
          }),
          median: Type.Number(),
          ratio: nullable(Type.Number({ description: 'Contact uplift; null: there were none before.' })),
          hasJumped: Type.Boolean(),
          jump: nullable(Jump),
        }),
        { description: 'Those with most contacts first, at most 200.' },
      ),
    },
    { description: 'Null: it is not out.' },
  ),
)

export const OfJump = closed({ id: Id, jump: Id })
