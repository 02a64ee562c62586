import Type, { type Static } from 'typebox'

/** What a connection to Linear needs. The form and the docs are drawn from it. */

export const Settings = Type.Object(
  {
    apiKey: Type.Optional(
      Type.String({
        title: 'Personal API key',
        description:
          'Of the account Causeway works under: Settings → Account → Security & access → Personal API keys, with read and write. Or leave it empty and give an OAuth application.',
        secret: true,
        maxLength: 500,
      }),
    ),
    clientId: Type.Optional(
      Type.String({
        title: 'Client ID',
        description:
          'Of an OAuth application with client credentials switched on: Settings → API → OAuth applications. Causeway then works as the application, not as a person.',
        maxLength: 200,
      }),
    ),
    clientSecret: Type.Optional(
      Type.String({
        title: 'Client secret',
        description: 'Of the same OAuth application.',
        secret: true,
        maxLength: 500,
      }),
    ),
    scopes: Type.Optional(
      Type.String({
        title: 'Scopes',
        description:
          'What the OAuth application may do. With "read,write,admin" Causeway registers its webhook itself; with "read,write" a person does.',
        default: 'read,write',
        pattern: '^[a-zA-Z:,]*$',
        maxLength: 200,
      }),
    ),
    teams: Type.Array(Type.String({ pattern: '^[A-Za-z0-9_]{1,20}$' }), {
      title: 'Teams',
      description: 'Keys of the teams to follow, as in ENG of ENG-123.',
      minItems: 1,
      maxItems: 50,
    }),
    causewayUrl: Type.String({
      title: 'Address of Causeway',
      description:
        'Where people open Causeway, e.g. https://causeway.example.com. Issues made from here link back to it.',
      pattern: '^https?://[^\\s?#]+$',
      maxLength: 300,
    }),
    webhookSecret: Type.Optional(
      Type.String({
        title: 'Webhook secret',
        description: 'Signs what Linear posts. Empty: webhooks are refused, changes are found by polling.',
        secret: true,
        maxLength: 500,
      }),
    ),
    publicWord: Type.Optional(
      Type.String({
        title: 'Word for public comments',
        description:
          'A comment in Linear that begins with this word is meant for the customer, e.g. "Public:". Empty: every comment stays internal.',
        pattern: '^[\\p{L}\\p{N}]*:?$',
        maxLength: 30,
      }),
    ),
    typeGroup: Type.Optional(
      Type.String({
        title: 'Label group for types',
        description: 'Name of the label group that holds types like Bug and Feature. Empty: there are none.',
        maxLength: 100,
      }),
    ),
    customers: Type.Optional(
      Type.Union(
        [Type.Literal('off'), Type.Literal('name'), Type.Literal('domain'), Type.Literal('external id')],
        {
          title: 'Customers',
          description:
            'How customers in Linear are named in the field cf:Customers. Writing it makes a customer request on the issue. Off: customers are left alone.',
          default: 'off',
        },
      ),
    ),
    maxAttachmentMb: Type.Optional(
      Type.Integer({
        title: 'Largest attachment, MB',
        description: 'Larger files are not sent to Linear.',
        default: 50,
        minimum: 1,
        maximum: 1_000,
      }),
    ),
    callsPerSecond: Type.Optional(
      Type.Integer({
        title: 'Calls per second',
        description:
          'At most, from one Causeway, while Linear does not say its own limits. A personal API key has 2,500 an hour.',
        default: 1,
        minimum: 1,
        maximum: 200,
      }),
    ),
    addresses: Type.Optional(
      Type.Record(Type.String({ maxLength: 20 }), Type.String({ maxLength: 500 }), {
        title: 'Other addresses',
        description: 'Only for a double of Linear: where its api, its files and its uploads answer.',
      }),
    ),
  },
  { title: 'Linear', additionalProperties: false },
)
export type Settings = Static<typeof Settings>

const trimmed = (url: string): string => url.replace(/\/+$/, '')

export const apiOf = ({ addresses }: Settings): string =>
  trimmed(addresses?.['api'] ?? 'https://api.linear.app')
/** Where files lie; they need the credentials. */
export const filesOf = ({ addresses }: Settings): string =>
  trimmed(addresses?.['files'] ?? 'https://uploads.linear.app')
/** Where files are sent to, by presigned addresses that must come without credentials. */
export const uploadsOf = ({ addresses }: Settings): string =>
  trimmed(addresses?.['uploads'] ?? 'https://storage.googleapis.com')

export const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).host : '')

/** Addresses of attachments that hold our marker begin so. */
export const markPrefixOf = ({ causewayUrl }: Settings): string => `${trimmed(causewayUrl)}/work-items/`

/** Blank counts as not set: forms send empty strings. */
export const publicWordOf = ({ publicWord }: Settings): string | null => publicWord?.trim() || null
export const typeGroupOf = ({ typeGroup }: Settings): string | null => typeGroup?.trim() || null
export const customersOf = ({ customers }: Settings): 'name' | 'domain' | 'external id' | null =>
  customers === undefined || customers === 'off' ? null : customers

const DEFAULT_ATTACHMENT_MB = 50
export const maxAttachmentBytes = ({ maxAttachmentMb }: Settings): number =>
  (maxAttachmentMb ?? DEFAULT_ATTACHMENT_MB) * 1024 * 1024
