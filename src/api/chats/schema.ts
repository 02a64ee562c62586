import { Type } from 'typebox'
import { CHAT_KINDS } from '../../domain/chat/chat-kind.ts'
import { SETTING_LANGUAGES } from '../../domain/settings.ts'
import { KeyedName, Ref, Revision } from '../record-shapes.ts'
import { closed, Id, Instant, line, nullable, oneOf, PageQuery } from '../shapes.ts'

const Language = oneOf(SETTING_LANGUAGES, 'Of the answers.')
const Secret = Type.String({
  ...{ minLength: 1, maxLength: 500, writeOnly: true },
  description:
    'As the tool shows it: Slack’s signing secret, Mattermost’s or Teams’ token. Sealed, and never shown again.',
})
const Product = nullable({
  ...Ref,
  description: 'Id or key of the product that is meant where nobody names one.',
})

export const Chat = Type.Object({
  id: Id,
  name: Type.String(),
  kind: oneOf(CHAT_KINDS),
  path: Type.String({ description: 'What the tool calls, below our address.' }),
  product: nullable(KeyedName),
  language: Language,
  heardAt: nullable(Type.String({ format: 'date-time', description: 'About when somebody asked last.' })),
  refusedAt: nullable(Instant),
  refusedWhy: nullable(Type.String({ description: 'Why the last one that was refused was.' })),
  archivedAt: nullable(Instant),
  revision: Type.Integer(),
})
export const ChatQuery = closed({ ...PageQuery.properties, archived: Type.Optional(Type.Boolean()) })
export const NewChat = closed({
  name: line(200),
  kind: oneOf(CHAT_KINDS),
  secret: Secret,
  product: Type.Optional(Product),
  language: Language,
})
export const ChatChange = closed({
  revision: Type.Optional(Revision),
  name: Type.Optional(line(200)),
  secret: Type.Optional(Secret),
  product: Type.Optional(Product),
  language: Type.Optional(Language),
  archived: Type.Optional(Type.Boolean()),
})
