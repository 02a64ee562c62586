import { type Static, Type } from 'typebox'
import { Compile } from 'typebox/compile'

/** The members of the demo tool's answers that are used, and their bounds. Anything else in them is left alone. */

const Text = Type.String({ maxLength: 1_000_000 })
const Short = Type.String({ maxLength: 2_000 })
const Id = Type.String({ minLength: 1, maxLength: 200 })
const orNull = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()])

const Person = Type.Object({
  id: Id,
  name: Short,
  email: orNull(Short),
  address: Type.Optional(Short),
  isUnproven: Type.Optional(Type.Literal(true)),
})
const Visibility = Type.Union([Type.Literal('public'), Type.Literal('internal'), Type.Literal('unknown')])
const Value = Type.Union([
  Type.Null(),
  Type.Boolean(),
  Type.Number(),
  Text,
  Type.Array(Short, { maxItems: 1_000 }),
])
const Category = orNull(
  Type.Union([
    Type.Literal('new'),
    Type.Literal('open'),
    Type.Literal('waiting'),
    Type.Literal('done'),
    Type.Literal('declined'),
  ]),
)

const WireComment = Type.Object({
  id: Id,
  author: orNull(Person),
  mine: Type.Boolean(),
  visibility: Visibility,
  text: Text,
  at: Short,
  editedAt: orNull(Short),
})

const WireAttachment = Type.Object({
  id: Id,
  name: Short,
  mediaType: Short,
  size: Type.Number({ minimum: 0 }),
  author: orNull(Person),
  mine: Type.Boolean(),
  visibility: Visibility,
  commentId: orNull(Id),
  at: Short,
})

const WireItem = Type.Object({
  id: Id,
  seq: Type.Number(),
  kind: Type.Union([Type.Literal('item'), Type.Literal('release')]),
  key: Short,
  container: Short,
  path: Short,
  fields: Type.Record(Type.String(), Value),
  category: Category,
  next: orNull(Type.Array(Short, { maxItems: 200 })),
  comments: orNull(Type.Array(WireComment, { maxItems: 100_000 })),
  attachments: orNull(Type.Array(WireAttachment, { maxItems: 100_000 })),
  links: Type.Array(Type.Object({ url: Short, title: Short }), { maxItems: 10_000 }),
  people: Type.Array(Person, { maxItems: 100 }),
  createdAt: Short,
  updatedAt: Short,
  version: Short,
  mine: Type.Boolean(),
})
export type WireItem = Static<typeof WireItem>

const WireAbout = Type.Object({ tool: Short, version: Short, name: Short, account: Person, time: Short })
export type WireAbout = Static<typeof WireAbout>

const WireDescription = Type.Object({
  containers: Type.Array(Type.Object({ id: Id, title: Short, types: Type.Array(Short) }), {
    maxItems: 10_000,
  }),
  fields: Type.Array(
    Type.Object({
      field: Short,
      kind: Type.Union([
        Type.Literal('text'),
        Type.Literal('rich'),
        Type.Literal('choice'),
        Type.Literal('person'),
        Type.Literal('number'),
        Type.Literal('date'),
        Type.Literal('set'),
      ]),
      options: orNull(Type.Array(Short, { maxItems: 10_000 })),
    }),
    { maxItems: 1_000 },
  ),
  statuses: Type.Array(Type.Object({ word: Short, category: Category }), { maxItems: 1_000 }),
  transitions: orNull(Type.Array(Type.Object({ from: Short, to: Short }), { maxItems: 100_000 })),
  people: Type.Array(Person, { maxItems: 100_000 }),
})
export type WireDescription = Static<typeof WireDescription>

export const aboutShape = Compile(WireAbout)
export const descriptionShape = Compile(WireDescription)
export const shownShape = Compile(Type.Object({ item: WireItem }))
export const listShape = Compile(
  Type.Object({ items: Type.Array(WireItem, { maxItems: 1_000 }), more: Type.Boolean(), time: Short }),
)
const Overwrote = Type.Record(Type.String(), Value)
export const writtenShape = Compile(
  Type.Object({
    id: Id,
    element: orNull(Id),
    item: orNull(WireItem),
    overwrote: Type.Optional(Overwrote),
  }),
)
export const overwrittenShape = Compile(Type.Object({ overwrote: Overwrote }))
export const refusalShape = Compile(Type.Object({ error: Short, field: orNull(Short) }))
export const hookShape = Compile(Type.Object({ event: Short, item: Type.Object({ id: Id, key: Short }) }))
