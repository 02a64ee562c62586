import { Type } from 'typebox'
import { AUDIENCES } from '../../domain/audience.ts'
import { Actor, Markdown, Revision } from '../record-shapes.ts'
import { closed, Id, Instant, nullable, oneOf } from '../shapes.ts'

export const Audience = oneOf(AUDIENCES)

export const Comment = Type.Object({
  id: Id,
  author: Actor,
  text: Markdown,
  audience: Audience,
  at: Instant,
  editedAt: nullable(Instant),
  revision: Type.Integer(),
})

export const NewComment = closed({
  text: Markdown,
  audience: Type.Optional(oneOf(AUDIENCES, 'Who may read it. Absent: staff.')),
  asks: Type.Optional(
    Type.Boolean({ description: "Needs the customer's answer: the ticket then waits for it." }),
  ),
  mentions: Type.Optional(
    Type.Array(Id, { maxItems: 20, description: 'Colleagues whose attention an internal note wants.' }),
  ),
  answering: Type.Optional(
    Type.Union([Id, Type.Null()], {
      description:
        'Of a public reply: the latest public comment its writer has read; null: there was none. Refused when somebody else has written since. Absent: said anyway.',
    }),
  ),
})

export const CommentChange = closed({
  revision: Type.Optional(Revision),
  text: Type.Optional(Markdown),
  audience: Type.Optional(Audience),
})
