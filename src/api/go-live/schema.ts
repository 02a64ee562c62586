import { Type } from 'typebox'
import { CARE_HOURS, CRITERIA, DECISIONS, SIGNED_PARTS, STANDINGS } from '../../domain/go-live.ts'
import { Actor, Named, Ref } from '../record-shapes.ts'
import { closed, Id, Instant, line, nullable, oneOf } from '../shapes.ts'

export const Rules = closed({
  criteria: Type.Array(oneOf(CRITERIA), { maxItems: CRITERIA.length, uniqueItems: true }),
  roles: Type.Array(line(60), {
    maxItems: 8,
    description: 'Who signs, by the names of their roles; the support lead always.',
  }),
  careHours: Type.Integer({
    minimum: CARE_HOURS.min,
    maximum: CARE_HOURS.max,
    description: 'How long after it came out its contacts are watched.',
  }),
  needsGo: Type.Boolean({ description: 'Releasing it here without a go asks for a reason.' }),
})

const Measured = Type.Object({
  criterion: oneOf(CRITERIA),
  standing: oneOf(STANDINGS),
  done: Type.Integer({
    description: 'Of `all`; where nothing may be there, `all` is 0 and this is how much is.',
  }),
  all: Type.Integer(),
  behind: Type.Array(
    Type.Object({
      kind: oneOf(['work item', 'note', 'case', 'booking'] as const),
      id: Id,
      key: nullable(Type.String()),
      title: Type.String(),
    }),
    { description: 'What stands in the way, at most 20.' },
  ),
})

export const GoLive = Type.Object({
  id: Id,
  rules: Rules,
  criteria: Type.Array(Measured),
  signOffs: Type.Array(
    Type.Object({
      role: Type.String(),
      person: Named,
      note: nullable(Type.String()),
      at: Instant,
      changed: Type.Array(oneOf(SIGNED_PARTS), {
        description: 'What is no longer as it was signed: with any of them the sign-off is void.',
      }),
    }),
  ),
  decisions: Type.Array(
    Type.Object({
      id: Id,
      decision: oneOf(DECISIONS),
      reason: nullable(Type.String()),
      criteria: Type.Array(Measured, { description: 'As they were measured at that moment.' }),
      signOffs: Type.Array(
        Type.Object({ role: Type.String(), by: nullable(Type.String()), isVoid: Type.Boolean() }),
      ),
      by: Actor,
      at: Instant,
    }),
    { description: 'The latest first, at most 20; the latest counts.' },
  ),
  rota: Type.Array(Type.Object({ id: Id, person: Named, fromHour: Type.Integer(), toHour: Type.Integer() })),
  followers: Type.Array(Type.Object({ id: Id, person: nullable(Named), team: nullable(Named) })),
})

const Note = Type.Optional(nullable(Type.String({ maxLength: 2_000 })))
export const Sign = closed({ role: line(60), note: Note })
export const Unsign = closed({ role: line(60) })
export const Decide = closed({ decision: oneOf(['go', 'no-go'] as const), reason: Note })
const Hour = Type.Integer({ minimum: 0, maximum: CARE_HOURS.max })
export const NewDuty = closed({ person: Ref, fromHour: Hour, toHour: Hour })
export const NewFollower = Type.Union([closed({ person: Ref }), closed({ team: Ref })])
export const OfDuty = closed({ id: Id, duty: Id })
export const OfFollower = closed({ id: Id, follower: Id })
