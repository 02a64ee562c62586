import Type, { type Static } from 'typebox'

/** What a connection to Zendesk needs. The settings screen and the docs are drawn from it. */
export const Settings = Type.Object(
  {
    url: Type.String({
      title: 'Address',
      description: 'Where agents open Zendesk Support: https://company.zendesk.com',
      pattern: '^https?://[^\\s?#]+$',
      maxLength: 500,
    }),
    email: Type.Optional(
      Type.String({
        title: 'E-mail address of the account',
        description: 'Of the agent that Causeway works under. Only with an API token.',
        pattern: '^[^\\s:]*$',
        maxLength: 300,
      }),
    ),
    apiToken: Type.Optional(
      Type.String({
        title: 'API token',
        description:
          'From Admin Center, Apps and integrations, APIs. Or give one of the two OAuth ways below.',
        maxLength: 500,
        secret: true,
      }),
    ),
    accessToken: Type.Optional(
      Type.String({
        title: 'OAuth access token',
        description: 'With the scopes read and write, of the account that Causeway works under.',
        maxLength: 2000,
        secret: true,
      }),
    ),
    clientId: Type.Optional(
      Type.String({
        title: 'OAuth client',
        description:
          'Identifier of a confidential OAuth client: Causeway gets its tokens by its credentials.',
        maxLength: 300,
      }),
    ),
    clientSecret: Type.Optional(
      Type.String({
        title: 'Secret of the OAuth client',
        description: 'Shown once, when the client is made.',
        maxLength: 500,
        secret: true,
      }),
    ),
    groups: Type.Optional(
      Type.Array(Type.String({ minLength: 1, maxLength: 200 }), {
        title: 'Groups',
        description:
          'Names of the groups whose tickets are followed. Empty: every ticket the account may see.',
        default: [],
        maxItems: 200,
      }),
    ),
    webhookSecret: Type.Optional(
      Type.String({
        title: 'Signing secret of the webhook',
        description:
          'Zendesk makes it with the webhook: Admin Center, Apps and integrations, Webhooks, the one named Causeway, Reveal secret.',
        maxLength: 500,
        secret: true,
      }),
    ),
    redactFiles: Type.Optional(
      Type.Boolean({
        title: 'Redact withdrawn files',
        description:
          'A file of ours that is withdrawn elsewhere is redacted in Zendesk, for ever. Otherwise it stays there.',
        default: false,
      }),
    ),
    maxAttachmentMb: Type.Optional(
      Type.Integer({
        title: 'Largest attachment, MB',
        description: 'Zendesk takes 50.',
        default: 50,
        minimum: 1,
        maximum: 1000,
      }),
    ),
    callsPerSecond: Type.Optional(
      Type.Integer({
        title: 'Calls per second',
        description: 'At most, from one Causeway. Plans allow 200 to 2,500 a minute for everybody together.',
        default: 3,
        minimum: 1,
        maximum: 40,
      }),
    ),
  },
  { title: 'Zendesk', additionalProperties: false },
)
export type Settings = Static<typeof Settings>

export const DEFAULT_MAX_ATTACHMENT_MB = 50
export const DEFAULT_CALLS_PER_SECOND = 3

export const trimmedUrl = (settings: Pick<Settings, 'url'>): string => settings.url.replace(/\/+$/, '')

/** Blank counts as not set: forms send empty strings. */
const given = (text: string | undefined): string => text?.trim() ?? ''

export type Credentials =
  | { readonly by: 'api token'; readonly email: string; readonly token: string }
  | { readonly by: 'access token'; readonly token: string }
  | { readonly by: 'client'; readonly id: string; readonly secret: string }

/** null: none of the three ways is complete. */
export const credentialsOf = (settings: Settings): Credentials | null => {
  const email = given(settings.email)
  const apiToken = given(settings.apiToken)
  if (email !== '' && apiToken !== '') return { by: 'api token', email, token: apiToken }
  const accessToken = given(settings.accessToken)
  if (accessToken !== '') return { by: 'access token', token: accessToken }
  const id = given(settings.clientId)
  const secret = given(settings.clientSecret)
  return id !== '' && secret !== '' ? { by: 'client', id, secret } : null
}

export const webhookSecretOf = (settings: Pick<Settings, 'webhookSecret'>): string =>
  given(settings.webhookSecret)
