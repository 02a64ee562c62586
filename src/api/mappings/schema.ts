import { Type } from 'typebox'
import { AUDIENCES } from '../../domain/audience.ts'
import { Applied } from '../configuration/schema.ts'
import { SecretsInput, SettingsInput } from '../connectors/schema.ts'
import { Actor } from '../record-shapes.ts'
import { closed, Instant, line, nullable, oneOf, ToldHold } from '../shapes.ts'

/**
 * What crosses on one connection, whole: what a file leaves out stands here as its default. Words are judged when it is
 * applied, by the same rules as a file; here only their size.
 */
const Word = Type.String({ maxLength: 300 })
const Words = (description: string) => Type.Array(Word, { maxItems: 500, description })
const WordMap = (description: string) => Type.Record(Word, Word, { maxProperties: 2_000, description })

const Field = closed({
  hub: Word,
  tool: Word,
  direction: oneOf(['both', 'to tool', 'to hub']),
  conflict: oneOf(['ask', 'hub wins', 'tool wins']),
  values: Type.Optional(WordMap('The tool’s word: ours.')),
})
const Audiences = closed({
  public: oneOf(AUDIENCES, 'Who may read here what is public there.'),
  internal: oneOf(AUDIENCES, 'Who may read here what is internal there.'),
  sendPublic: Type.Array(oneOf(AUDIENCES), { maxItems: 4, description: 'Audiences sent as public words.' }),
})

export const Mapping = closed({
  containers: Words('Queues or projects.'),
  types: Words('Items of these types only; empty: all.'),
  adopt: Type.Boolean({ description: 'New items there become records here.' }),
  fields: Type.Array(Field, { maxItems: 300 }),
  status: nullable(
    closed({
      owner: oneOf(['tool', 'hub']),
      toHub: WordMap('The tool’s word: our state.'),
      toTool: Type.Array(
        closed({ when: Word, to: Word, from: Type.Optional(Words('The tool’s words now.')) }),
        {
          maxItems: 300,
        },
      ),
    }),
  ),
  comments: nullable(Audiences),
  attachments: nullable(Audiences),
  people: WordMap('Id or login there: e-mail here.'),
  products: WordMap('Queue or project there: product here.'),
  components: WordMap('Component there: component here.'),
  releases: Type.Boolean(),
  onCreate: WordMap('Set on items we make.'),
})

export const ConnectionInput = closed({
  kind: Type.String({ maxLength: 100 }),
  party: oneOf(['desk', 'tracker']),
  title: line(200),
  settings: SettingsInput,
  pollEveryS: Type.Integer({ minimum: 1, maximum: 86_400 }),
  sweepEveryS: Type.Integer({ minimum: 60, maximum: 30 * 86_400 }),
  mapping: Mapping,
})

const Origin = {
  at: Instant,
  by: Actor,
  source: oneOf(['file', 'screen', 'restored']),
  restoredFrom: nullable(Type.Integer()),
}

/** A field of ours that can cross. */
const HubField = Type.Object({
  field: Type.String(),
  derived: Type.Boolean({ description: 'Only ever goes to the tool.' }),
  words: Type.Optional(
    Type.Array(Type.String(), { description: 'All it can be, where the words are fixed.' }),
  ),
})

export const ConnectionConfiguration = Type.Object({
  key: Type.String(),
  revision: Type.Integer({ description: 'Sent back with a change.' }),
  connection: ConnectionInput,
  secrets: Type.Array(Type.String(), { description: 'Members of the settings that hold one. Never shown.' }),
  mappingVersion: Type.Integer(),
  lastMapped: nullable(
    Type.Object(Origin, { description: 'Who made the mapping that counts, and from what.' }),
  ),
  ours: Type.Object(
    {
      fields: Type.Array(HubField),
      states: Type.Array(Type.String()),
      products: Type.Array(Type.Object({ key: Type.String(), name: Type.String() })),
      components: Type.Array(Type.Object({ key: Type.String(), name: Type.String() })),
      people: Type.Array(Type.Object({ email: Type.String(), name: Type.String() })),
    },
    { description: 'What there is on our side to choose from.' },
  ),
})

export const SaveInput = closed({
  connection: ConnectionInput,
  secrets: Type.Optional(SecretsInput),
  revision: Type.Union([Type.Integer({ minimum: 0 }), Type.Null()], {
    description: 'As it was read; null makes a new connection.',
  }),
  dryRun: Type.Optional(Type.Boolean()),
})

export const Saved = Type.Object({
  dryRun: Type.Boolean(),
  problems: Type.Array(Type.Object({ path: Type.String(), what: Type.String(), todo: Type.String() }), {
    description: 'Dry runs: everything that would be refused, by its place below the connection.',
  }),
  changes: Applied.properties.changes,
  reach: Applied.properties.reach,
})

export const Version = Type.Object({
  version: Type.Integer(),
  ...Origin,
  words: Type.Array(Type.String(), { description: 'What it changed: `path: before → after`.' }),
  isCurrent: Type.Boolean(),
})

export const ByVersion = closed({
  key: Type.String({ maxLength: 100 }),
  version: Type.Integer({ minimum: 1, maximum: 2_000_000_000 }),
})
export const CompareQuery = closed({
  with: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: 2_000_000_000,
      description: 'Another version; left out: the current one.',
    }),
  ),
})
export const Compared = Type.Object({
  version: Type.Integer(),
  with: Type.Integer(),
  mapping: Mapping,
  words: Type.Array(Type.String(), { description: 'From the other version to this one.' }),
})
export const Restore = closed({ dryRun: Type.Optional(Type.Boolean()) })

export const Described = Type.Object({
  containers: Type.Array(
    Type.Object({ id: Type.String(), title: Type.String(), types: Type.Array(Type.String()) }),
  ),
  fields: Type.Array(
    Type.Object({
      field: Type.String(),
      title: Type.String(),
      kind: Type.String(),
      options: nullable(Type.Array(Type.String())),
      writable: Type.Boolean(),
    }),
  ),
  statuses: Type.Array(Type.Object({ word: Type.String(), category: nullable(Type.String()) })),
  transitions: nullable(Type.Array(Type.Object({ from: Type.String(), to: Type.String() }))),
  people: Type.Array(Type.Object({ id: Type.String(), name: Type.String(), email: nullable(Type.String()) })),
})

export const PreviewInput = closed({ mapping: Mapping })
export const Previewed = Type.Object({
  items: Type.Array(
    Type.Object({
      there: Type.Object({ key: Type.String(), url: Type.String(), container: Type.String() }),
      record: nullable(Type.Object({ kind: Type.String(), key: Type.String() })),
      lines: Type.Array(
        Type.Object({
          field: Type.String(),
          toolField: Type.String(),
          does: oneOf(['nothing', 'to hub', 'to tool', 'waits', 'asks']),
          hidden: Type.Boolean({ description: 'The words are not for this reader.' }),
          here: Type.Unknown(),
          there: Type.Unknown(),
          becomes: Type.Unknown(),
          rule: nullable(Type.String()),
          reason: nullable(Type.String()),
          nextStep: nullable(Type.String()),
          told: ToldHold,
        }),
      ),
    }),
  ),
})
