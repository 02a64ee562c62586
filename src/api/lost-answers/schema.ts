import { Type } from 'typebox'
import { Fault } from '../connections/schema.ts'
import { Mirror } from '../mirrors/schema.ts'
import { closed, Id, Instant, nullable, oneOf, PageQuery } from '../shapes.ts'

export const LostQuery = closed({
  ...PageQuery.properties,
  connection: Type.Optional(Type.String({ maxLength: 100, description: 'Key of a connection.' })),
})

/** A call that changes a tool, whose answer was lost. */
export const LostAnswer = Type.Object({
  id: Id,
  mirror: Id,
  connection: Mirror.properties.connection,
  record: Mirror.properties.record,
  there: Mirror.properties.there,
  operation: Type.String({ description: 'What was tried: create, update, transition, comment.add …' }),
  fields: Type.Array(Type.String(), { description: 'Fields it writes, by their names there.' }),
  startedAt: Instant,
  looks: Type.Integer({ description: 'Looks that did not find its effect.' }),
  fault: nullable(Fault),
})

export const Resolve = closed({
  outcome: oneOf(['arrived', 'did not arrive'], 'What a person saw in the tool.'),
  item: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 200,
      description: 'The id there of what arrived; needed of an item, and good to have of a comment or file.',
    }),
  ),
})
export const Resolved = Type.Object({ mirror: Id })
