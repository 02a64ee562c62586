import { Type } from 'typebox'
import { ACTION_NAMES } from '../../domain/macro.ts'
import { WAITING_FOR } from '../../domain/words.ts'
import { Audience } from '../comments/schema.ts'
import { KeyedName, Markdown, Ref, Revision } from '../record-shapes.ts'
import { closed, Id, Instant, line, nullable, oneOf, PageQuery } from '../shapes.ts'

const Actions = closed({
  end: Type.Optional(oneOf(['resolve', 'close'])),
  snooze: Type.Optional(
    closed({
      waitingFor: oneOf(WAITING_FOR),
      days: nullable(Type.Integer({ minimum: 1, maximum: 365 })),
    }),
  ),
  assign: Type.Optional(
    Type.String({ minLength: 1, maxLength: 320, description: '`me`, or a person by id or e-mail.' }),
  ),
  custom: Type.Optional(
    Type.Record(Type.String({ maxLength: 200 }), Type.String({ maxLength: 2_000 }), { maxProperties: 20 }),
  ),
})

export const Macro = Type.Object({
  id: Id,
  name: Type.String(),
  team: nullable(KeyedName),
  audience: Audience,
  text: Type.String({ description: 'Markdown with placeholders.' }),
  actions: Actions,
  assignee: nullable(Type.String({ description: 'The name of whom it gives the ticket to.' })),
  revision: Type.Integer(),
  updatedAt: Instant,
  archivedAt: nullable(Instant),
})

export const MacroQuery = closed({
  ...PageQuery.properties,
  text: Type.Optional(Type.String({ maxLength: 200, description: 'Part of the name.' })),
  archived: Type.Optional(Type.Boolean({ description: 'Those that were archived instead.' })),
  mine: Type.Optional(Type.Boolean({ description: 'Only those for all and for your teams.' })),
})

const Text = Type.String({ maxLength: 20_000 })
export const NewMacro = closed({
  name: line(200),
  team: nullable(Ref),
  audience: Audience,
  text: Text,
  actions: Actions,
})
export const MacroChange = closed({
  revision: Type.Optional(Revision),
  name: Type.Optional(line(200)),
  team: Type.Optional(nullable(Ref)),
  audience: Type.Optional(Audience),
  text: Type.Optional(Text),
  actions: Type.Optional(Actions),
  archived: Type.Optional(Type.Boolean()),
})

export const AppliedMacro = closed({
  macro: Id,
  text: nullable(Markdown),
  audience: Audience,
  skip: Type.Optional(
    Type.Array(oneOf(ACTION_NAMES), {
      maxItems: ACTION_NAMES.length,
      uniqueItems: true,
      description: 'Actions left out.',
    }),
  ),
  asks: Type.Optional(Type.Boolean()),
  mentions: Type.Optional(Type.Array(Id, { maxItems: 20 })),
  answering: Type.Optional(nullable(Id)),
})
export const Applied = Type.Object({
  id: nullable(Type.String({ description: 'Of the comment, if something was said.' })),
})
