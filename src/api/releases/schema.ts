import { Type } from 'typebox'
import { RELEASE_STATES } from '../../domain/words.ts'
import { Estimate, KeyedName, MirrorBadge, Ref, ReleaseBadge, Revision } from '../record-shapes.ts'
import { closed, Id, line, nullable, oneOf, PageQuery } from '../shapes.ts'

export const ReleaseQuery = closed({
  ...PageQuery.properties,
  product: Type.Optional(Id),
  state: Type.Optional(oneOf(RELEASE_STATES)),
})

export const Release = Type.Object({
  ...ReleaseBadge.properties,
  product: KeyedName,
  // for staff only
  revision: Type.Optional(Type.Integer()),
  workItems: Type.Optional(Type.Integer()),
  doneWorkItems: Type.Optional(Type.Integer()),
  tickets: Type.Optional(Type.Integer({ description: 'That wait for it.' })),
  mirrors: Type.Optional(Type.Array(MirrorBadge)),
})

export const NewRelease = closed({ product: Ref, name: line(200) })
export const ReleaseChange = closed({
  revision: Type.Optional(Revision),
  set: closed({ name: Type.Optional(line(200)), state: Type.Optional(oneOf(RELEASE_STATES)) }),
})
export const NewEstimate = closed({ revision: Type.Optional(Revision), estimate: Estimate })
export const ReleaseStep = closed({ revision: Type.Optional(Revision) })
export const ComingOut = closed({
  revision: Type.Optional(Revision),
  reason: Type.Optional(
    nullable(Type.String({ maxLength: 2_000, description: 'Why, where nobody said go.' })),
  ),
})
