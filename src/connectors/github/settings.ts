import Type, { type Static } from 'typebox'

/** The settings of a GitHub connection: drawn as the form, kept as they are. */

export const Settings = Type.Object(
  {
    url: Type.String({
      title: 'API address',
      description:
        'https://api.github.com, or of a GitHub Enterprise Server: https://github.example.com/api/v3',
      default: 'https://api.github.com',
      format: 'uri',
      maxLength: 500,
    }),
    repositories: Type.Array(
      Type.String({ pattern: '^[A-Za-z0-9_.-]{1,100}/[A-Za-z0-9_.-]{1,100}$', maxLength: 201 }),
      {
        title: 'Repositories',
        description: 'The repositories to follow, as owner/name.',
        minItems: 1,
        maxItems: 50,
      },
    ),
    token: Type.Optional(
      Type.String({
        title: 'Access token',
        description:
          'A fine-grained personal access token with Issues: read and write, Metadata: read, and Webhooks: read and write. Leave it empty for a GitHub App.',
        secret: true,
        maxLength: 500,
      }),
    ),
    appId: Type.Optional(
      Type.String({
        title: 'App ID',
        description: 'Of a GitHub App, from its settings page. Instead of a token.',
        pattern: '^[A-Za-z0-9._-]{1,60}$',
      }),
    ),
    appPrivateKey: Type.Optional(
      Type.String({
        title: 'Private key of the App',
        description: 'The whole .pem file that GitHub gave when the key was made.',
        secret: true,
        maxLength: 10_000,
      }),
    ),
    installationId: Type.Optional(
      Type.String({
        title: 'Installation ID',
        description:
          'Where the App is installed. Empty: the installation that holds the first repository is asked for.',
        pattern: '^[0-9]{1,15}$',
      }),
    ),
    webhookSecret: Type.Optional(
      Type.String({
        title: 'Webhook secret',
        description: 'Signs the webhooks. Causeway registers them itself with it, in each repository.',
        secret: true,
        maxLength: 200,
      }),
    ),
    labelFields: Type.Optional(
      Type.Record(
        Type.String({ minLength: 1, maxLength: 60 }),
        Type.String({ minLength: 1, maxLength: 50 }),
        {
          title: 'Fields kept as labels',
          description:
            'Field and the beginning of its labels: priority → "priority: ", status → "status: ", component → "area/". Any other name becomes a field of its own, like severity → "severity: ".',
        },
      ),
    ),
    projects: Type.Optional(
      Type.Record(
        Type.String({ minLength: 1, maxLength: 60 }),
        Type.String({ pattern: '^[A-Za-z0-9_.-]{1,100}/[1-9][0-9]{0,8}$', maxLength: 120 }),
        {
          title: 'Projects',
          description:
            'Projects whose fields are fields of their issues: a name of yours, and owner/number as in the address of the project. With Roadmap → "acme/7", its Status is the field "Roadmap · Status".',
          maxProperties: 10,
        },
      ),
    ),
    releases: Type.Optional(
      Type.Union([Type.Literal('milestones'), Type.Literal('releases'), Type.Literal('both')], {
        title: 'Releases',
        description: 'What is taken for a release: milestones, the releases of the repository, or both.',
        default: 'both',
      }),
    ),
    graphql: Type.Optional(
      Type.Boolean({
        title: 'Ask GraphQL too',
        description:
          'For what REST does not tell: which edit of somebody else a write replaced. Needed for a GitHub App, and for fields of projects.',
        default: true,
      }),
    ),
    callsPerSecond: Type.Optional(
      Type.Integer({
        title: 'Calls per second',
        description:
          'At most, from one Causeway. GitHub allows 80 new issues and comments a minute, and 500 an hour.',
        default: 1,
        minimum: 1,
        maximum: 50,
      }),
    ),
  },
  { title: 'GitHub', additionalProperties: false },
)
export type Settings = Static<typeof Settings>

export const trimmedUrl = (url: string): string => url.replace(/\/+$/, '')

/** Where people look at it: github.com for api.github.com, the server itself for an Enterprise Server. */
export const webOrigin = (url: string): string => {
  if (!URL.canParse(url)) return url
  const { protocol, host, hostname } = new URL(url)
  // Data residency too: api.acme.ghe.com belongs to acme.ghe.com.
  return /^api\.(github\.com|[a-z0-9-]+\.ghe\.com)$/.test(hostname)
    ? `${protocol}//${host.slice('api.'.length)}`
    : `${protocol}//${host}`
}

/** On an Enterprise Server GraphQL lies beside REST, not below it. */
export const graphqlPath = (url: string): string => {
  const base = trimmedUrl(url)
  return base.endsWith('/api/v3') ? `${new URL(base).origin}/api/graphql` : '/graphql'
}
