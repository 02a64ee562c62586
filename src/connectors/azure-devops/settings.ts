import Type, { type Static } from 'typebox'

/** What a connection to Azure DevOps needs. The settings screen and the docs are drawn from it. */
export const Settings = Type.Object(
  {
    url: Type.String({
      title: 'Address',
      description:
        'Of the organisation: https://dev.azure.com/your-organisation. Of a server: with its collection, https://devops.example.com/DefaultCollection.',
      pattern: '^https?://[^\\s?#]+$',
      maxLength: 500,
    }),
    token: Type.Optional(
      Type.String({
        title: 'Personal access token',
        description:
          'Of an account made for Causeway: user settings, Personal access tokens; scopes Work Items (Read & write) and Project and Team (Read). Empty when an app of Entra signs in.',
        secret: true,
        maxLength: 500,
      }),
    ),
    tenantId: Type.Optional(
      Type.String({
        title: 'Tenant ID',
        description:
          'Of Microsoft Entra, when an app signs in instead of a personal access token: Entra admin centre, App registrations.',
        pattern: '^[\\w.-]*$',
        maxLength: 200,
      }),
    ),
    clientId: Type.Optional(
      Type.String({
        title: 'Client ID',
        description: 'Of the same app. It must be added to the organisation under Users, like a person.',
        pattern: '^[\\w-]*$',
        maxLength: 200,
      }),
    ),
    clientSecret: Type.Optional(
      Type.String({
        title: 'Client secret',
        description: 'Of the same app: Certificates & secrets.',
        secret: true,
        maxLength: 500,
      }),
    ),
    projects: Type.Array(Type.String({ minLength: 1, maxLength: 64 }), {
      title: 'Projects',
      description: 'Names of the projects to follow.',
      minItems: 1,
      maxItems: 50,
    }),
    defaultType: Type.Optional(
      Type.String({
        title: 'Work item type',
        description: 'Of new work items when the mapping names none: Bug, or Issue in the Basic process.',
        default: 'Bug',
        maxLength: 128,
      }),
    ),
    markerField: Type.Optional(
      Type.String({
        title: 'Marker field',
        description:
          'Reference name of a field of type Text (single line) that the types used here have. Causeway writes the key of its own record into it.',
        default: 'Custom.CausewayKey',
        pattern: '^[A-Za-z][\\w.]*$',
        maxLength: 200,
      }),
    ),
    iterationsAsReleases: Type.Optional(
      Type.Boolean({
        title: 'Iterations are releases',
        description:
          'Only where an iteration is what goes to customers. Where it is a sprint, leave this off: its end would be promised as a release.',
        default: false,
      }),
    ),
    webhookSecret: Type.Optional(
      Type.String({
        title: 'Webhook secret',
        description:
          'At least 16 letters, digits and hyphens. Azure DevOps sends it with every call as the header X-Causeway-Secret. Empty: changes are found by polling.',
        secret: true,
        pattern: '^([\\w-]{16,200})?$',
      }),
    ),
    apiVersion: Type.Optional(
      Type.Union([Type.Literal('7.1'), Type.Literal('7.0'), Type.Literal('6.0')], {
        title: 'API version',
        description:
          '7.1 for Azure DevOps Services and Server 2022.1, 7.0 for Server 2022, 6.0 for Server 2020.',
        default: '7.1',
      }),
    ),
    maxAttachmentMb: Type.Optional(
      Type.Integer({
        title: 'Largest attachment, MB',
        description: 'Azure DevOps Services takes 60. A server takes 4 unless its administrator raised it.',
        default: 60,
        minimum: 1,
        maximum: 2_000,
      }),
    ),
    callsPerSecond: Type.Optional(
      Type.Integer({
        title: 'Calls per second',
        description:
          'At most, from one Causeway. Azure DevOps delays whoever uses more than 200 of its units (TSTU) in five minutes.',
        default: 5,
        minimum: 1,
        maximum: 200,
      }),
    ),
  },
  { title: 'Azure DevOps', additionalProperties: false },
)
export type Settings = Static<typeof Settings>

export const DEFAULT_MARKER_FIELD = 'Custom.CausewayKey'
export const DEFAULT_TYPE = 'Bug'

/** Blank counts as not set: forms send empty strings. */
export const markerFieldOf = (settings: Settings): string =>
  settings.markerField?.trim() || DEFAULT_MARKER_FIELD
export const defaultTypeOf = (settings: Settings): string => settings.defaultType?.trim() || DEFAULT_TYPE
export const trimmedUrl = (url: string): string => url.replace(/\/+$/, '')

export type ApiVersion = NonNullable<Settings['apiVersion']>
export const apiVersionOf = (settings: Settings): ApiVersion => settings.apiVersion ?? '7.1'
