import { Type } from 'typebox'
import { closed, nullable, oneOf } from '../shapes.ts'

export const ByKind = closed({ kind: Type.String({ maxLength: 100 }) })

const Side = Type.Object({
  public: Type.Boolean(),
  internal: Type.Boolean(),
  edit: Type.Boolean(),
  delete: Type.Boolean(),
})

export const CanDo = Type.Object(
  {
    records: Type.Array(oneOf(['item', 'release'])),
    create: Type.Boolean(),
    writes: Type.Array(Type.String(), { description: 'Fields it can set; `cf:*`: every custom field.' }),
    comments: Side,
    attachments: Type.Object({
      read: Type.Boolean(),
      write: Type.Boolean(),
      delete: Type.Boolean(),
      maxBytes: Type.Number(),
    }),
    links: Type.Boolean(),
    transitions: oneOf(['direct', 'workflow', 'none']),
    webhooks: Type.Boolean(),
    deletionsSeen: Type.Boolean(),
    idempotency: oneOf(['key', 'marker', 'none']),
    richText: oneOf(['markdown', 'textile', 'html', 'adf', 'wiki', 'plain']),
    ratePerSecond: Type.Number(),
  },
  { description: 'What this kind of tool can do, with the settings it has by default.' },
)

export const ConnectorKind = Type.Object({
  kind: Type.String(),
  title: Type.String(),
  party: oneOf(['desk', 'tracker', 'any']),
  settings: Type.Unknown({ description: 'JSON schema; members with `secret: true` are never shown again.' }),
  secretFields: Type.Array(Type.String()),
  can: nullable(CanDo),
})

export const Guide = Type.Object({ markdown: Type.String() })

/** Members of a connector's settings, as its own schema has them. */
export const SettingsInput = Type.Record(Type.String({ maxLength: 200 }), Type.Unknown(), {
  maxProperties: 200,
})
export const SecretsInput = Type.Record(Type.String({ maxLength: 200 }), Type.String({ maxLength: 65_536 }), {
  maxProperties: 50,
  description: 'By member of the settings. Stored sealed, never given back.',
})

export const DraftInput = closed({
  settings: SettingsInput,
  secrets: Type.Optional(SecretsInput),
  connection: Type.Optional(
    Type.String({
      maxLength: 100,
      description:
        'Key of a saved one, whose secrets stand in for those left out; for the same address only.',
    }),
  ),
})
