import Type, { type Static, type TSchema } from 'typebox'
import { Compile } from 'typebox/compile'

/** What the other Causeway answers under `/partner/v1`: what is used of it, and its bounds. */

const Text = Type.String({ maxLength: 2_000_000 })
const Short = Type.String({ maxLength: 2_000 })
const Word = Type.String({ minLength: 1, maxLength: 300 })
const Id = Type.String({ pattern: '^[0-9a-fA-F-]{36}$' })
const Time = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}', maxLength: 40 })
const orNull = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()])
const Category = orNull(Type.Enum(['new', 'open', 'waiting', 'done', 'declined']))
const Visibility = Type.Enum(['public', 'internal'])
const Author = orNull(Type.Object({ id: Word, name: Short }))

const Comment = Type.Object({
  id: Id,
  author: Author,
  byYou: Type.Boolean(),
  visibility: Visibility,
  text: Text,
  at: Time,
  editedAt: orNull(Time),
})

const Attachment = Type.Object({
  id: Id,
  name: Word,
  mediaType: Short,
  size: orNull(Type.Integer({ minimum: 0 })),
  author: Author,
  byYou: Type.Boolean(),
  visibility: Visibility,
  commentId: orNull(Id),
  at: Time,
})

const Item = Type.Object({
  id: Id,
  key: Word,
  // a link to it is shown to people: nothing but a web address may stand there
  url: Type.String({ pattern: '^https?://\\S+$', maxLength: 2_000 }),
  container: Word,
  marker: orNull(Short),
  fields: Type.Record(
    Type.String(),
    Type.Union([Type.Null(), Type.Boolean(), Type.Number(), Text, Type.Array(Short, { maxItems: 1_000 })]),
  ),
  status: orNull(Word),
  statusCategory: Category,
  comments: Type.Array(Comment, { maxItems: 100_000 }),
  attachments: Type.Array(Attachment, { maxItems: 100_000 }),
  createdByYou: Type.Boolean(),
  createdAt: Time,
  updatedAt: Time,
  version: Word,
})

const About = Type.Object({
  version: Word,
  name: Word,
  partner: Word,
  record: Type.Enum(['ticket', 'work item']),
  create: Type.Boolean(),
  fields: Type.Array(
    Type.Object({
      field: Word,
      title: Short,
      kind: Type.Enum(['text', 'rich', 'choice', 'person', 'number', 'date', 'set']),
      options: orNull(Type.Array(Short, { maxItems: 10_000 })),
      writable: Type.Boolean(),
    }),
    { maxItems: 1_000 },
  ),
  statuses: Type.Array(Type.Object({ word: Word, category: Category }), { maxItems: 1_000 }),
  containers: Type.Array(Type.Object({ id: Word, title: Short }), { maxItems: 10_000 }),
  files: Type.Boolean(),
  maxFileBytes: Type.Integer({ minimum: 0 }),
})

export type WireItem = Static<typeof Item>
export type WireAbout = Static<typeof About>

const items = Type.Array(Item, { maxItems: 1_000 })

export const answers = {
  about: Compile(About),
  item: Compile(Item),
  items: Compile(Type.Object({ items, next: orNull(Text) })),
  changes: Compile(
    Type.Object({
      ...{ items, cursor: Text, more: Type.Boolean() },
      gone: Type.Array(Text, { maxItems: 1_000 }),
    }),
  ),
  made: Compile(Type.Object({ id: Id })),
  hook: Compile(Type.Object({ did: Type.Enum(['nothing', 'registered']) })),
  problem: Compile(Type.Object({ code: Word, detail: Short, field: Type.Optional(Short) })),
} as const
