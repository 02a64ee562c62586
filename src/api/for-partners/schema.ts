import { Type } from 'typebox'
import { closed, Id, Instant, line, nullable, oneOf } from '../shapes.ts'

/** The wire between two installations. What a partner may not see is not in it at all. */

const Value = Type.Union([
  Type.Null(),
  Type.String({ maxLength: 1_000_000 }),
  Type.Number(),
  Type.Boolean(),
  Type.Array(Type.String({ maxLength: 10_000 }), { maxItems: 1_000 }),
])
const Fields = Type.Record(Type.String({ maxLength: 200 }), Value, {
  maxProperties: 200,
  description: 'By the names in `about`. Rich text is Markdown.',
})
const Category = nullable(oneOf(['new', 'open', 'waiting', 'done', 'declined']))
export const Visibility = oneOf(['public', 'internal'])

const words = {
  id: Id,
  author: nullable(Type.Object({ id: Type.String(), name: Type.String() })),
  byYou: Type.Boolean(),
  visibility: Visibility,
  at: Instant,
}

export const SharedItem = Type.Object({
  id: Id,
  key: Type.String(),
  url: Type.String(),
  container: Type.String({ description: 'A product’s key, or `inbox`.' }),
  marker: nullable(Type.String()),
  fields: Fields,
  status: nullable(Type.String()),
  statusCategory: Category,
  comments: Type.Array(Type.Object({ ...words, text: Type.String(), editedAt: nullable(Instant) })),
  attachments: Type.Array(
    Type.Object({
      ...words,
      name: Type.String(),
      mediaType: Type.String(),
      size: nullable(Type.Integer()),
      commentId: nullable(Id),
    }),
  ),
  createdByYou: Type.Boolean(),
  createdAt: Instant,
  updatedAt: Instant,
  version: Type.String(),
})

export const About = Type.Object({
  version: Type.String(),
  name: Type.String({ description: 'What this installation calls itself.' }),
  partner: Type.String({ description: 'What it calls you.' }),
  record: oneOf(['ticket', 'work item']),
  create: Type.Boolean(),
  fields: Type.Array(
    Type.Object({
      field: Type.String(),
      title: Type.String(),
      kind: oneOf(['text', 'rich', 'choice', 'number', 'set']),
      options: nullable(Type.Array(Type.String())),
      writable: Type.Boolean(),
    }),
  ),
  statuses: Type.Array(Type.Object({ word: Type.String(), category: Category })),
  statusWritable: Type.Boolean(),
  containers: Type.Array(Type.Object({ id: Type.String(), title: Type.String() })),
  comments: Type.Object({ public: Type.Boolean(), internal: Type.Boolean() }),
  files: Type.Boolean(),
  maxFileBytes: Type.Integer(),
  releases: Type.Boolean(),
})

const After = Type.Optional(Type.String({ maxLength: 300 }))
const Limit = Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 100 }))
export const ItemsQuery = closed({
  after: After,
  limit: Limit,
  marker: Type.Optional(line(200)),
})
export const Items = Type.Object({ items: Type.Array(SharedItem), next: nullable(Type.String()) })
export const ChangesQuery = closed({ after: After, limit: Limit })
export const Changes = Type.Object({
  items: Type.Array(SharedItem),
  gone: Type.Array(Id),
  cursor: Type.String(),
  more: Type.Boolean(),
})

export const NewItem = closed({ marker: line(200), container: line(200), fields: Fields })
const Version = Type.Optional(Type.String({ pattern: '^\\d{1,9}$' }))
export const ItemChange = closed({ fields: Fields, version: Version })
export const StatusChange = closed({ to: line(100), version: Version })
const Text = Type.String({ minLength: 1, maxLength: 500_000, description: 'Markdown.' })
export const NewWords = closed({ visibility: Visibility, text: Text })
export const EditedWords = closed({ text: Text })
export const NewFile = closed({ name: line(500), visibility: Visibility })
export const Hook = closed({
  address: Type.String({ maxLength: 2_000, pattern: '^https?://' }),
  secret: Type.String({ minLength: 16, maxLength: 500 }),
})
export const HookKept = Type.Object({ did: oneOf(['nothing', 'registered']) })
export const HookQuery = closed({ address: Type.Optional(Type.String({ maxLength: 2_000 })) })
