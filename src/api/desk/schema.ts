import { Type } from 'typebox'
import { TICKET_STATES } from '../../domain/words.ts'
import { Actor, Line, Ref } from '../record-shapes.ts'
import { closed, Day, Id, Instant, nullable, oneOf } from '../shapes.ts'
import { ListedTicket, Suggestions } from '../tickets/schema.ts'

/** What a desk sees around its tickets: whose move it is, what looks alike, who else is here. */

export const MyMove = Type.Object({
  items: Type.Array(
    Type.Object({
      ...ListedTicket.properties,
      since: Type.String({ format: 'date-time', description: 'Since when it waits for us.' }),
      wakesAt: nullable(Instant),
      promisedOn: nullable(Day),
    }),
  ),
})

export const Mentions = Type.Object({
  items: Type.Array(
    Type.Object({
      id: Id,
      record: Type.Object({ kind: oneOf(['ticket', 'work item']), key: Type.String(), title: Type.String() }),
      by: Actor,
      text: Type.String({ description: 'The beginning of the note, without marks.' }),
      at: Instant,
    }),
  ),
})

export const Similar = Type.Object({
  tickets: Type.Array(
    Type.Object({
      id: Id,
      key: Type.String(),
      title: Type.String(),
      state: oneOf(TICKET_STATES),
      customer: nullable(Type.String()),
      workItem: nullable(Type.String()),
      createdAt: Instant,
      score: Type.Number(),
      words: Type.Array(Type.String()),
      same: Type.Array(oneOf(['component', 'product', 'version', 'customer'])),
    }),
  ),
  workItems: Suggestions.properties.items,
})

export const NewLink = Type.Union([
  closed({ ticket: Ref }),
  closed({ url: Type.String({ minLength: 1, maxLength: 2_000 }), title: Type.Optional(Line) }),
])
export const ByLink = closed({ ref: Ref, link: Id })

export const Here = closed({ typing: Type.Boolean({ description: 'A reply is being written.' }) })
export const Others = Type.Object({
  items: Type.Array(Type.Object({ id: Id, name: Type.String(), isTyping: Type.Boolean(), at: Instant })),
})
