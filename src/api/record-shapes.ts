import { Type } from 'typebox'
import { ESCALATION_STATES, RELEASE_STATES } from '../domain/words.ts'
import { Fault } from './connections/schema.ts'
import { MIRROR_STATES } from './mirrors/schema.ts'
import { closed, Day, Id, Instant, nullable, oneOf } from './shapes.ts'

/** Parts that tickets, work items and escalations have in common. */

/** An id, or the key people use (`T-12`, `W-7`, an e-mail). */
export const Ref = Type.String({ minLength: 1, maxLength: 320, description: 'Id or key.' })
export const ByRef = closed({ ref: Ref })

export const MARKDOWN_MAX = 200_000
export const Markdown = Type.String({ maxLength: MARKDOWN_MAX, description: 'Markdown.' })
export const Line = Type.String({ maxLength: 500 })
export const Text = Type.String({ maxLength: 20_000 })
export const Revision = Type.Integer({
  minimum: 1,
  description: 'What the asker saw; refused when the record was changed since. Absent: whatever it is now.',
})
export const Custom = Type.Record(Type.String({ maxLength: 200 }), Type.String({ maxLength: 20_000 }))
export const CustomChange = Type.Record(
  Type.String({ maxLength: 200 }),
  nullable(Type.String({ maxLength: 20_000 })),
)

export const Named = Type.Object({ id: Id, name: Type.String() })
export const KeyedName = Type.Object({ id: Id, key: Type.String(), name: Type.String() })

export const Actor = Type.Object({ kind: Type.String(), id: Type.String(), name: Type.String() })

export const MirrorBadge = Type.Object({
  id: Id,
  connection: Type.String(),
  connectionTitle: Type.String(),
  key: nullable(Type.String()),
  url: nullable(Type.String()),
  state: oneOf(MIRROR_STATES),
  reason: nullable(Type.String()),
  inStep: Type.Boolean(),
  agreedAt: nullable(Instant),
  retryAt: nullable(Instant),
  fault: nullable(Fault),
  holds: Type.Integer(),
  conflicts: Type.Integer(),
})

export const Estimate = closed({
  from: nullable(Day),
  to: nullable(Day),
  confidence: nullable(Type.Integer({ minimum: 0, maximum: 100, description: 'Percent.' })),
})

export const ReleaseBadge = Type.Object({
  id: Id,
  name: Type.String(),
  state: oneOf(RELEASE_STATES),
  estimate: Estimate,
  history: Type.Optional(
    Type.Array(Type.Unknown(), {
      description: 'Every estimate given, oldest first, with each slip in days.',
    }),
  ),
  releasedAt: nullable(Instant),
})

export const Question = Type.Object({
  text: Markdown,
  by: Actor,
  at: Instant,
  answeredFor: Type.Array(Type.String(), {
    description:
      'Other tickets that have answered it, by key. An answer is owed for this one all the same: its customer may know other facts. Engineering ends that by closing the question.',
  }),
})

export const EscalationBadge = Type.Object({
  id: Id,
  state: oneOf(ESCALATION_STATES),
  reason: nullable(Type.String()),
  question: nullable(Type.String({ description: 'Id of the comment that asks.' })),
  asked: nullable(Question),
  sentBy: Actor,
  createdAt: Instant,
  sentAt: nullable(Instant),
  acceptedAt: nullable(Instant),
  answeredAt: nullable(Instant),
  endedAt: nullable(Instant),
})
