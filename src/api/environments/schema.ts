import { Type } from 'typebox'
import { GATE_CODES } from '../../domain/change-gate.ts'
import { RELEASE_STATES } from '../../domain/words.ts'
import { KeyedName, Named, Ref, Revision } from '../record-shapes.ts'
import { closed, Id, Instant, line, nullable, oneOf, PageQuery } from '../shapes.ts'

const HeldTime = Type.Object({
  id: Id,
  person: Named,
  purpose: Type.String(),
  from: Instant,
  to: Instant,
  isShareable: Type.Boolean(),
})

export const Environment = Type.Object({
  id: Id,
  key: Type.String(),
  name: Type.String(),
  product: KeyedName,
  purpose: Type.String({ description: 'What it is for.' }),
  isShareable: Type.Boolean({ description: 'Several may have it at once, where each of them says so.' }),
  release: nullable(
    Type.Object(
      { id: Id, name: Type.String(), state: oneOf(RELEASE_STATES) },
      { description: 'What runs there.' },
    ),
  ),
  deployedAt: nullable(Instant),
  held: Type.Array(HeldTime, { description: 'Who has it at this moment.' }),
  next: nullable(HeldTime),
  revision: Type.Integer(),
  archivedAt: nullable(Instant),
})

export const EnvironmentQuery = closed({
  ...PageQuery.properties,
  product: Type.Optional(Id),
  text: Type.Optional(Type.String({ maxLength: 200, description: 'Part of the name or key.' })),
  archived: Type.Optional(Type.Boolean({ description: 'Those that were archived instead.' })),
})

export const NewEnvironment = closed({
  key: line(100),
  name: line(200),
  product: Ref,
  purpose: line(500),
  isShareable: Type.Boolean(),
})
export const EnvironmentChange = closed({
  revision: Type.Optional(Revision),
  name: Type.Optional(line(200)),
  purpose: Type.Optional(line(500)),
  isShareable: Type.Optional(Type.Boolean()),
  archived: Type.Optional(Type.Boolean()),
})
export const Deployment = closed({
  release: nullable(
    Type.String({
      minLength: 1,
      maxLength: 320,
      description: 'Id or name of a release of the product; null: none of ours runs there.',
    }),
  ),
})

export const PlaceGateQuery = closed({
  release: Type.Optional(line(320, 'Id or name of what is put there; absent: whatever it is.')),
})
export const PlaceGate = Type.Object({
  isOpen: Type.Boolean({ description: 'An approved change covers it, and may be carried out now.' }),
  change: nullable(
    Type.Object({ id: Id, key: Type.String(), title: Type.String() }, { description: 'The one that does.' }),
  ),
  reasons: Type.Array(
    Type.Object({
      code: oneOf(['no change', ...GATE_CODES]),
      text: Type.String(),
      until: nullable(
        Type.String({ format: 'date-time', description: 'When to ask again, where that is known.' }),
      ),
    }),
    { description: 'First that none does, then why those do not that would.' },
  ),
})
