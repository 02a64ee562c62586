import { Type } from 'typebox'
import { Actor, Estimate } from '../record-shapes.ts'
import { Id, Instant, nullable, oneOf } from '../shapes.ts'

const common = {
  id: Id,
  release: Type.Object({ id: Id, name: Type.String(), product: Type.String() }),
  by: Actor,
  at: Instant,
}

export const AllReleaseNews = Type.Object({
  items: Type.Array(
    Type.Union([
      Type.Object({
        ...common,
        kind: Type.Literal('estimated'),
        data: Type.Object({ from: Estimate, to: Estimate }),
      }),
      Type.Object({
        ...common,
        kind: Type.Literal('decided'),
        data: Type.Object({ decision: oneOf(['go', 'no-go']), reason: nullable(Type.String()) }),
      }),
      Type.Object({ ...common, kind: oneOf(['released', 'withdrawn']), data: Type.Object({}) }),
    ]),
  ),
})
