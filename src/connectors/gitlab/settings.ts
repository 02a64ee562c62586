import Type, { type Static } from 'typebox'

/** What a connection to GitLab needs. The form and the docs are drawn from it. */
export const Settings = Type.Object(
  {
    url: Type.String({
      title: 'Address',
      description:
        'Where people open GitLab: https://gitlab.com, or your own, with the path it is installed under.',
      format: 'uri',
      maxLength: 500,
    }),
    token: Type.String({
      title: 'Access token',
      description:
        'A project, group or personal access token with the scope "api". Its account needs the role Planner or Reporter in every project named here, Maintainer if Causeway shall keep the webhook.',
      secret: true,
      minLength: 8,
      maxLength: 500,
      pattern: '^\\S+$',
    }),
    projects: Type.Array(Type.String({ minLength: 1, maxLength: 300, pattern: '^[^\\s?#%]+$' }), {
      title: 'Projects',
      description: 'Paths (as in the address of a project, group/project) of the projects to follow.',
      minItems: 1,
      maxItems: 50,
    }),
    labelFields: Type.Optional(
      Type.Record(
        Type.String({ minLength: 1, maxLength: 100 }),
        Type.String({ minLength: 1, maxLength: 100 }),
        {
          title: 'Scoped labels as fields',
          description:
            'Scope of a label, and the field it stands for: "workflow" as "status", "priority" as "priority", "team" as "cf:team". Labels of other scopes stay labels.',
        },
      ),
    ),
    releases: Type.Optional(
      Type.Union(
        [Type.Literal('milestones'), Type.Literal('milestones-and-releases'), Type.Literal('none')],
        {
          title: 'Versions',
          description:
            'What counts as a version: milestones, milestones and releases, or neither. Each costs a call per project and poll.',
          default: 'milestones',
        },
      ),
    ),
    webhookSecret: Type.Optional(
      Type.String({
        title: 'Webhook secret',
        description:
          'Either the secret token of the webhook, or, where GitLab can sign webhooks, its signing token (whsec_ and 32 bytes in base64): then every body is verified. Empty: webhooks are refused, changes are found by polling.',
        secret: true,
        maxLength: 500,
      }),
    ),
    maxAttachmentMb: Type.Optional(
      Type.Integer({
        title: 'Largest attachment, MB',
        description:
          'As in Admin area, Settings, General, "Account and limit". GitLab itself and gitlab.com allow 100.',
        default: 100,
        minimum: 1,
        maximum: 10_000,
      }),
    ),
    fileHosts: Type.Optional(
      Type.Array(Type.String({ minLength: 1, maxLength: 253 }), {
        title: 'Hosts of files',
        description:
          'Only where GitLab sends downloads on to an object storage: its host, as in storage.example.com or *.example.com.',
        default: [],
        maxItems: 10,
      }),
    ),
    callsPerSecond: Type.Optional(
      Type.Integer({
        title: 'Calls per second',
        description:
          'At most, from one Causeway, where GitLab sends no rate headers. gitlab.com lists issues 200 times a minute.',
        default: 3,
        minimum: 1,
        maximum: 200,
      }),
    ),
  },
  { title: 'GitLab', additionalProperties: false },
)
export type Settings = Static<typeof Settings>

/** Without slashes at the end. */
export const webOf = (settings: Settings): string => settings.url.replace(/\/+$/, '')
