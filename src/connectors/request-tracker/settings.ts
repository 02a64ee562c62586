import { type Static, Type } from 'typebox'

/** What a connection to Request Tracker needs. The settings screen and the docs are drawn from it. */
export const settingsSchema = Type.Object(
  {
    url: Type.String({
      title: 'Address',
      description: 'Where people open Request Tracker, e.g. https://rt.example.org (without /REST/2.0).',
      pattern: '^https?://[^\\s?#]+$',
      maxLength: 500,
    }),
    token: Type.String({
      title: 'Authentication token',
      description:
        'Of an account made for Causeway: Logged in as → Settings → Auth Tokens. Starts with "1-".',
      pattern: '^\\S+$',
      minLength: 8,
      maxLength: 500,
      secret: true,
    }),
    queues: Type.Optional(
      Type.Array(Type.String({ minLength: 1, maxLength: 200 }), {
        title: 'Queues',
        description: 'Names of the queues to look at. Empty: every queue the account may see.',
        default: [],
        maxItems: 200,
      }),
    ),
    markerField: Type.Optional(
      Type.String({
        title: 'Marker field',
        description:
          'Custom field (Enter one value) on these queues that holds the key of the record in Causeway.',
        default: 'CausewayKey',
        pattern: '^[^{}\'"\\\\]+$',
        maxLength: 200,
      }),
    ),
    account: Type.Optional(
      Type.String({
        title: 'Account',
        description: 'Login of the account the token belongs to. Empty: found out from the token.',
        maxLength: 200,
      }),
    ),
    webhookSecret: Type.Optional(
      Type.String({
        title: 'Webhook secret',
        description: 'The same as in the scrip. Empty: webhooks are refused, changes are found by polling.',
        maxLength: 500,
        secret: true,
      }),
    ),
    format: Type.Optional(
      Type.Union([Type.Literal('plain'), Type.Literal('html')], {
        title: 'Message format',
        description:
          'How messages are read and written: plain text, or HTML (needs $MessageBoxRichText in RT).',
        default: 'plain',
      }),
    ),
    maxAttachmentBytes: Type.Optional(
      Type.Integer({
        title: 'Largest attachment (bytes)',
        description: 'RT shows its own limit ($MaxAttachmentSize, 10 MB unless changed) to nobody over REST.',
        default: 10_000_000,
        minimum: 1,
        maximum: 1_000_000_000,
      }),
    ),
    callsPerSecond: Type.Optional(
      Type.Integer({
        title: 'Calls per second',
        description:
          'At most, from one Causeway. Checking a token costs RT 250 to 600 ms of CPU in every call unless its $BcryptCost was lowered: raise this only then.',
        default: 4,
        minimum: 1,
        maximum: 200,
      }),
    ),
  },
  { title: 'Request Tracker', additionalProperties: false },
)

export type RequestTrackerSettings = Static<typeof settingsSchema>

export const DEFAULT_MARKER_FIELD = 'CausewayKey'
export const DEFAULT_MAX_ATTACHMENT_BYTES = 10_000_000
export const DEFAULT_CALLS_PER_SECOND = 4

/** Without slashes at the end. */
export const webOf = (settings: RequestTrackerSettings): string => settings.url.replace(/\/+$/, '')

/** Blank counts as not set: forms send empty strings. */
export const markerFieldOf = (settings: RequestTrackerSettings): string =>
  settings.markerField?.trim() || DEFAULT_MARKER_FIELD
