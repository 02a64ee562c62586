import Type, { type Static } from 'typebox'

/** What a connection to Freshservice needs. The settings screen and the docs are drawn from it. */
export const Settings = Type.Object(
  {
    url: Type.String({
      title: 'Address',
      description: 'Of the account itself, not of a domain of your own: https://company.freshservice.com',
      pattern: '^https?://[^/?#\\s]+/?$',
      maxLength: 500,
    }),
    apiKey: Type.String({
      title: 'API key',
      description: 'Of the agent that Causeway works under: Profile settings, API key.',
      minLength: 1,
      maxLength: 500,
      secret: true,
    }),
    email: Type.String({
      title: 'E-mail address of the account',
      description:
        'Of the agent whose API key it is. By it Causeway tells its own words from those of others.',
      pattern: '^[^\\s@]+@[^\\s@]+$',
      maxLength: 300,
    }),
    records: Type.Optional(
      Type.Array(Type.Union([Type.Literal('ticket'), Type.Literal('problem'), Type.Literal('change')]), {
        title: 'Kinds of record',
        description:
          'Which to follow: ticket (incidents and service requests), problem, change. Each is a container.',
        default: ['ticket'],
        maxItems: 3,
      }),
    ),
    workspaces: Type.Optional(
      Type.Array(Type.String({ pattern: '^[1-9]\\d{0,14}$' }), {
        title: 'Workspaces',
        description:
          'Numbers of the workspaces to follow, each with containers of its own (ticket:2). Empty: the primary one, as in accounts without workspaces.',
        default: [],
        maxItems: 50,
      }),
    ),
    markerField: Type.Optional(
      Type.String({
        title: 'Marker field',
        description:
          'Name (not the label) of a custom single-line text field that holds the key of the record in Causeway, in the form of every kind and workspace that is followed.',
        pattern: '^[A-Za-z_][A-Za-z0-9_]{0,199}$',
        default: 'causeway_key',
      }),
    ),
    publicComments: Type.Optional(
      Type.Union([Type.Literal('note'), Type.Literal('reply')], {
        title: 'Public comments become',
        description:
          'note: a public note, which the requester sees in the portal and which your own notifications may mail. reply: a reply, which Freshservice mails to the requester at once, and which can never be changed.',
        default: 'note',
      }),
    ),
    webhookSecret: Type.Optional(
      Type.String({
        title: 'Webhook secret',
        description:
          'The same as in the header X-Causeway-Secret of the workflow. Empty: webhooks are refused, changes are found by polling.',
        maxLength: 500,
        secret: true,
      }),
    ),
    maxAttachmentMb: Type.Optional(
      Type.Integer({
        title: 'Largest attachment, MB',
        description:
          'Freshservice counts all files of a ticket together: 15 in its older documentation, 40 in the newer.',
        default: 15,
        minimum: 1,
        maximum: 100,
      }),
    ),
    callsPerSecond: Type.Optional(
      Type.Integer({
        title: 'Calls per second',
        description: 'At most, from one Causeway. Plans allow 100 to 500 a minute for everybody together.',
        default: 2,
        minimum: 1,
        maximum: 40,
      }),
    ),
  },
  { title: 'Freshservice', additionalProperties: false },
)
export type Settings = Static<typeof Settings>

export const PAGE_SIZE = 100
export const DEFAULT_CALLS_PER_SECOND = 2

export const webOf = ({ url }: Pick<Settings, 'url'>): string => url.replace(/\/+$/, '')
export const maxAttachmentBytesOf = ({ maxAttachmentMb }: Settings): number =>
  (maxAttachmentMb ?? 15) * 1024 * 1024
/** Forms send nothing or an empty string for what is not set. */
export const markerFieldOf = ({ markerField }: Settings): string => markerField || 'causeway_key'
export const webhookSecretOf = ({ webhookSecret }: Pick<Settings, 'webhookSecret'>): string =>
  webhookSecret?.trim() ?? ''
