import Type, { type Static } from 'typebox'

/** What a connection to another Causeway needs. The form and the docs are drawn from it. */
export const Settings = Type.Object(
  {
    url: Type.String({
      title: 'Address',
      description: 'Where the other company opens its Causeway, e.g. https://support.beta.example.',
      pattern: '^https?://[^\\s?#]+$',
      maxLength: 300,
    }),
    token: Type.String({
      title: 'Token',
      description:
        'They make it under Connections → Partners and hand it over. It opens what they share with you.',
      secret: true,
      pattern: '^\\S+$',
      maxLength: 500,
    }),
    webhookSecret: Type.Optional(
      Type.String({
        title: 'Webhook secret',
        description:
          'Make one up, of 16 characters or more: Causeway tells it to the other one, which signs with it. Empty: webhooks are refused, changes are found by polling.',
        secret: true,
        maxLength: 500,
      }),
    ),
  },
  { additionalProperties: false },
)
export type Settings = Static<typeof Settings>

export const baseOf = ({ url }: Settings): string => url.replace(/\/+$/, '')
export const secretOf = ({ webhookSecret }: Settings): string => webhookSecret?.trim() ?? ''
