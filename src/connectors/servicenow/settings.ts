import Type, { type Static } from 'typebox'

/** What a connection to ServiceNow needs. The settings screen and the docs are drawn from it. */

const COLUMN = '[a-z][a-z0-9_]{0,79}'

/** A part of an encoded query that can stand before ours: none that starts a query of its own, sorts or groups. */
const FILTER = '^(?!.*\\^(?:NQ|EQ|RLQUERY|ORDERBY|GROUPBY))(?!(?:ORDERBY|GROUPBY|RLQUERY))[^\\r\\n]*$'

export const Settings = Type.Object(
  {
    url: Type.String({
      title: 'Address',
      description: 'Of the instance, without a path: https://example.service-now.com',
      format: 'uri',
      pattern: '^https?://[^/?#\\s]+/?$',
      maxLength: 500,
    }),
    signIn: Type.Optional(
      Type.Union(
        [
          Type.Literal('basic'),
          Type.Literal('client-credentials'),
          Type.Literal('password'),
          Type.Literal('refresh-token'),
        ],
        {
          title: 'Sign-in',
          description:
            'basic: user name and password in each call. The others get a token by OAuth at /oauth_token.do: client-credentials by client ID and secret alone, password with user name and password too, refresh-token with a refresh token.',
          default: 'basic',
        },
      ),
    ),
    username: Type.Optional(
      Type.String({
        title: 'User name',
        description:
          'Of the account Causeway works under (the column "User ID"). With client-credentials or refresh-token it may be left empty: then ServiceNow is asked.',
        maxLength: 200,
        pattern: '^[^\\^\\r\\n,:]*$',
      }),
    ),
    password: Type.Optional(
      Type.String({
        title: 'Password',
        description: 'Of that account; for basic and password.',
        secret: true,
        maxLength: 1_000,
      }),
    ),
    clientId: Type.Optional(
      Type.String({
        title: 'Client ID',
        description: 'Of the entry in System OAuth, Application Registry. Not for basic.',
        maxLength: 200,
      }),
    ),
    clientSecret: Type.Optional(
      Type.String({
        title: 'Client secret',
        description: 'Of the same entry.',
        secret: true,
        maxLength: 1_000,
      }),
    ),
    refreshToken: Type.Optional(
      Type.String({
        title: 'Refresh token',
        description:
          'For refresh-token only. It ends after 100 days unless the registry entry says otherwise.',
        secret: true,
        maxLength: 5_000,
      }),
    ),
    tables: Type.Optional(
      Type.Array(Type.String({ pattern: `^${COLUMN}$` }), {
        title: 'Tables',
        description:
          'Names of the tables to look at: incident, problem, change_request, or any other that extends Task. Each is a container.',
        default: ['incident'],
        maxItems: 20,
      }),
    ),
    filter: Type.Optional(
      Type.String({
        title: 'Filter',
        description:
          'An encoded query (in a list: right-click the filter, Copy query). Only records that match are listed: company=…^active=true. Without ^NQ and ORDERBY.',
        pattern: FILTER,
        maxLength: 2_000,
      }),
    ),
    columns: Type.Optional(
      Type.Array(
        Type.String({
          pattern: `^${COLUMN}(?::(?:text|choice|number|flag|date|html|reference=${COLUMN}))?$`,
        }),
        {
          title: 'Columns',
          description:
            'Columns to read and write besides the standard ones, by name: category, cmdb_ci. An own column with its kind: u_product:reference=cmdb_model, u_go_live:date, u_details:html (kinds: text, choice, number, flag, date, html, reference=table).',
          default: [
            'category',
            'subcategory',
            'impact',
            'urgency',
            'assignment_group',
            'business_service',
            'cmdb_ci',
            'close_code',
            'close_notes',
          ],
          maxItems: 100,
        },
      ),
    ),
    choices: Type.Optional(
      Type.Union([Type.Literal('labels'), Type.Literal('values')], {
        title: 'Choices by',
        description:
          'labels: states and other choices are called by their label in one language ("In Progress"); the account must see the table sys_choice. values: by what the database holds ("2").',
        default: 'labels',
      }),
    ),
    language: Type.Optional(
      Type.String({
        title: 'Language of choices',
        description: 'In which the labels are read, whatever the language of the account: en, de, fr …',
        pattern: '^[a-z]{2}(?:[-_]?[A-Za-z]{2})?$',
        default: 'en',
      }),
    ),
    markerColumn: Type.Optional(
      Type.String({
        title: 'Marker column',
        description:
          'Text column that holds the key of the record in Causeway. Another than correlation_id only if another integration uses that.',
        pattern: `^${COLUMN}$`,
        default: 'correlation_id',
      }),
    ),
    audit: Type.Optional(
      Type.Boolean({
        title: 'The account may read sys_audit',
        description:
          'Then Causeway can tell which edit of a person a write has replaced, at the cost of one more call for each write.',
        default: false,
      }),
    ),
    webhookSecret: Type.Optional(
      Type.String({
        title: 'Webhook secret',
        description:
          'The same as in the business rule. Empty: webhooks are refused, changes are found by polling.',
        secret: true,
        maxLength: 500,
      }),
    ),
    maxAttachmentMb: Type.Optional(
      Type.Integer({
        title: 'Largest attachment, MB',
        description: 'As in the property com.glide.attachment.max_size, which is 1024 unless changed.',
        default: 1_024,
        minimum: 1,
        maximum: 10_000,
      }),
    ),
    callsPerSecond: Type.Optional(
      Type.Integer({
        title: 'Calls per second',
        description:
          'At most, from one Causeway. An instance serves only a few calls of integrations at the same time.',
        default: 5,
        minimum: 1,
        maximum: 100,
      }),
    ),
  },
  { title: 'ServiceNow', additionalProperties: false },
)
export type Settings = Static<typeof Settings>

export const PAGE_SIZE = 100
export const DEFAULT_TABLES: readonly string[] = ['incident']
export const DEFAULT_COLUMNS: readonly string[] = [
  'category',
  'subcategory',
  'impact',
  'urgency',
  'assignment_group',
  'business_service',
  'cmdb_ci',
  'close_code',
  'close_notes',
]

/** Without a slash at the end. */
export const webOf = ({ url }: Settings): string => url.replace(/\/+$/, '')

/** Forms send nothing, an empty string or an empty list for what is not set. */
export const tablesOf = ({ tables }: Settings): readonly string[] => {
  const named = [...new Set(tables ?? [])]
  return named.length === 0 ? DEFAULT_TABLES : named
}

export const markerColumnOf = ({ markerColumn }: Settings): string => markerColumn || 'correlation_id'
export const filterOf = ({ filter }: Settings): string => (filter ?? '').trim().replace(/^\^+|\^+$/g, '')
export const maxAttachmentBytesOf = ({ maxAttachmentMb }: Settings): number =>
  (maxAttachmentMb ?? 1_024) * 1_000_000
