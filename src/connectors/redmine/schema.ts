import Type, { type Static, type TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import { RemoteFault } from '../../sync/fault.ts'

/**
 * The settings of a Redmine connection, and the shapes of Redmine's answers: only the members that are used, so that
 * a plugin or a newer version that adds others breaks nothing. Tested with 5.0; `journals[].updated_on` is of 5.1.
 */

export const Settings = Type.Object(
  {
    url: Type.String({
      title: 'Address',
      description:
        'Where Redmine answers, with the path it is installed under: https://redmine.example.com/tracker',
      format: 'uri',
      maxLength: 500,
    }),
    apiKey: Type.String({
      title: 'API key',
      description:
        'Of the account Causeway works under: "My account", then "API access key". The REST API must be on.',
      secret: true,
      minLength: 1,
      maxLength: 200,
    }),
    projects: Type.Array(Type.String({ minLength: 1, maxLength: 100 }), {
      title: 'Projects',
      description: 'Identifiers (as in the address of a project) of the projects to follow.',
      minItems: 1,
      maxItems: 50,
    }),
    markerField: Type.String({
      title: 'Marker field',
      description:
        'Name of a custom field of format Text, for all followed projects and trackers, "used as a filter". Causeway writes the key of its own record into it.',
      default: 'CausewayKey',
      minLength: 1,
      maxLength: 100,
    }),
    richText: Type.Union([Type.Literal('textile'), Type.Literal('markdown')], {
      title: 'Text format',
      description: 'As in Administration, Settings, General. Redmine does not tell it over its API.',
      default: 'textile',
    }),
    maxAttachmentMb: Type.Optional(
      Type.Integer({
        title: 'Largest attachment, MB',
        description: "As in Administration, Settings, Files. Redmine's own default is 5.",
        default: 5,
        minimum: 1,
        maximum: 10_000,
      }),
    ),
    callsPerSecond: Type.Optional(
      Type.Integer({
        title: 'Calls per second',
        description:
          'At most, from one Causeway. A list of 100 issues keeps one process of Redmine busy for a second.',
        default: 5,
        minimum: 1,
        maximum: 200,
      }),
    ),
    customFieldIds: Type.Optional(
      Type.Record(Type.String({ minLength: 1, maxLength: 100 }), Type.Integer({ minimum: 1 }), {
        title: 'Ids of custom fields',
        description:
          'Only needed while the followed projects hold no issue at all and the account is no administrator: then Redmine does not tell the ids of its custom fields.',
      }),
    ),
  },
  { title: 'Redmine', additionalProperties: false },
)
export type Settings = Static<typeof Settings>

// ---- answers ----------------------------------------------------------------------------------------------

/** Bounded, so that its digits are its text. */
const Id = Type.Integer({ minimum: 1, maximum: 999_999_999_999_999 })
/** To the second, always in UTC. */
const Time = Type.String({
  pattern:
    '^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])T([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(\\.\\d{1,9})?Z$',
})
const Nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()])
const OptionalText = Type.Optional(Nullable(Type.String()))
const OptionalDate = Type.Optional(Nullable(Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' })))

export const Named = Type.Object({ id: Id, name: Type.String() })
export type Named = Static<typeof Named>

const Status = Type.Object({ id: Id, name: Type.String(), is_closed: Type.Optional(Type.Boolean()) })

const CustomField = Type.Object({
  id: Id,
  name: Type.String({ minLength: 1 }),
  value: Type.Optional(Nullable(Type.Union([Type.String(), Type.Array(Type.String())]))),
})

const Journal = Type.Object({
  id: Id,
  user: Type.Optional(Named),
  notes: OptionalText,
  private_notes: Type.Optional(Type.Boolean()),
  created_on: Time,
  updated_on: Type.Optional(Nullable(Time)),
  details: Type.Optional(
    Type.Array(
      Type.Object({
        property: Type.String(),
        name: Type.String(),
        old_value: OptionalText,
        new_value: OptionalText,
      }),
    ),
  ),
})
export type WireJournal = Static<typeof Journal>

const Attachment = Type.Object({
  id: Id,
  filename: Type.String(),
  filesize: Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER }),
  content_type: OptionalText,
  description: OptionalText,
  author: Type.Optional(Named),
  created_on: Time,
})
export type WireAttachment = Static<typeof Attachment>

const Relation = Type.Object({ id: Id, issue_id: Id, issue_to_id: Id, relation_type: Type.String() })
export type WireRelation = Static<typeof Relation>

const Issue = Type.Object({
  id: Id,
  project: Named,
  tracker: Type.Optional(Named),
  status: Type.Optional(Status),
  priority: Type.Optional(Named),
  author: Type.Optional(Named),
  assigned_to: Type.Optional(Named),
  category: Type.Optional(Named),
  fixed_version: Type.Optional(Named),
  subject: OptionalText,
  description: OptionalText,
  due_date: OptionalDate,
  custom_fields: Type.Optional(Type.Array(CustomField)),
  created_on: Time,
  updated_on: Time,
  journals: Type.Optional(Type.Array(Journal)),
  attachments: Type.Optional(Type.Array(Attachment)),
  relations: Type.Optional(Type.Array(Relation)),
  allowed_statuses: Type.Optional(Type.Array(Status)),
})
export type WireIssue = Static<typeof Issue>

const Version = Type.Object({
  id: Id,
  project: Type.Optional(Named),
  name: Type.String({ minLength: 1 }),
  description: OptionalText,
  status: Type.String(),
  due_date: OptionalDate,
  created_on: Type.Optional(Time),
  updated_on: Time,
})
export type WireVersion = Static<typeof Version>

const Project = Type.Object({
  id: Id,
  name: Type.String(),
  identifier: Type.String(),
  trackers: Type.Optional(Type.Array(Named)),
  issue_categories: Type.Optional(Type.Array(Named)),
  issue_custom_fields: Type.Optional(Type.Array(Named)),
})
export type WireProject = Static<typeof Project>

const User = Type.Object({
  id: Id,
  login: Type.Optional(Type.String()),
  admin: Type.Optional(Type.Boolean()),
  firstname: Type.Optional(Type.String()),
  lastname: Type.Optional(Type.String()),
  mail: OptionalText,
  memberships: Type.Optional(Type.Array(Type.Object({ project: Named, roles: Type.Array(Named) }))),
})
export type WireUser = Static<typeof User>

const AdminCustomField = Type.Object({
  id: Id,
  name: Type.String(),
  customized_type: Type.String(),
  field_format: Type.String(),
  is_filter: Type.Optional(Type.Boolean()),
  multiple: Type.Optional(Type.Boolean()),
  possible_values: Type.Optional(Type.Array(Type.Object({ value: Type.String() }))),
})
export type WireAdminCustomField = Static<typeof AdminCustomField>

const Membership = Type.Object({ user: Type.Optional(Named), group: Type.Optional(Named) })

export const answers = {
  issue: Compile(Type.Object({ issue: Issue })),
  issues: Compile(Type.Object({ issues: Type.Array(Issue), total_count: Type.Optional(Type.Integer()) })),
  version: Compile(Type.Object({ version: Version })),
  versions: Compile(Type.Object({ versions: Type.Array(Version) })),
  project: Compile(Type.Object({ project: Project })),
  projects: Compile(
    Type.Object({ projects: Type.Array(Project), total_count: Type.Optional(Type.Integer()) }),
  ),
  user: Compile(Type.Object({ user: User })),
  role: Compile(Type.Object({ role: Type.Object({ permissions: Type.Array(Type.String()) }) })),
  statuses: Compile(Type.Object({ issue_statuses: Type.Array(Status) })),
  trackers: Compile(Type.Object({ trackers: Type.Array(Named) })),
  priorities: Compile(Type.Object({ issue_priorities: Type.Array(Named) })),
  customFields: Compile(Type.Object({ custom_fields: Type.Array(AdminCustomField) })),
  memberships: Compile(
    Type.Object({ memberships: Type.Array(Membership), total_count: Type.Optional(Type.Integer()) }),
  ),
  upload: Compile(
    Type.Object({ upload: Type.Object({ id: Type.Optional(Id), token: Type.String({ minLength: 1 }) }) }),
  ),
  errors: Compile(Type.Object({ errors: Type.Array(Type.String()) })),
} as const

interface Validator<T> {
  Check(value: unknown): value is T
}

/** The value as its type, or a fault that says which answer had an unexpected shape. */
export const readAs = <T>(validator: Validator<T>, value: unknown, what: string): T => {
  if (validator.Check(value)) return value
  throw new RemoteFault('down', `Redmine's answer for ${what} has an unexpected shape`)
}
