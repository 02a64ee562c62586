import Type, { type Static, type TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import { RemoteFault } from '../../sync/fault.ts'

/** Jira's answers: only the members that are used. Cloud (v3) and Data Center (v2) differ in little that matters here. */

const Nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()])
const Maybe = <T extends TSchema>(schema: T) => Type.Optional(Nullable(schema))
const Text = Type.String({ maxLength: 1_000_000 })
const Name = Type.String({ minLength: 1, maxLength: 1_000 })

/** Ids are numbers here and texts there. */
const Digits = Type.String({ pattern: '^[1-9]\\d{0,17}$' })
const Number_ = Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER })
const Id = Type.Union([Digits, Number_])
/** `2026-01-05T09:00:00.000+0000` */
const Time = Type.String({
  pattern:
    '^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])T([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(\\.\\d{1,9})?(Z|[+-]\\d{2}:?\\d{2})$',
})

const Person = Type.Object({
  /** Cloud. */
  accountId: Maybe(Name),
  /** Data Center; on Cloud absent or empty. */
  key: Maybe(Text),
  name: Maybe(Text),
  displayName: Maybe(Text),
  emailAddress: Maybe(Text),
  accountType: Maybe(Text),
  timeZone: Maybe(Text),
})
export type WirePerson = Static<typeof Person>

const Named = Type.Object({ id: Type.Optional(Id), name: Name })

const Status = Type.Object({
  id: Id,
  name: Name,
  statusCategory: Maybe(Type.Object({ key: Maybe(Text) })),
})
export type WireStatus = Static<typeof Status>

const Comment = Type.Object({
  id: Id,
  author: Maybe(Person),
  /** A document on Cloud, wiki markup on Data Center. */
  body: Type.Optional(Type.Unknown()),
  created: Time,
  updated: Maybe(Time),
  visibility: Maybe(Type.Object({ type: Maybe(Text), value: Maybe(Text), identifier: Maybe(Text) })),
  jsdPublic: Maybe(Type.Boolean()),
  properties: Maybe(Type.Array(Type.Object({ key: Text, value: Type.Optional(Type.Unknown()) }))),
})
export type WireComment = Static<typeof Comment>

const Comments = Type.Object({ comments: Type.Array(Comment), total: Type.Integer({ minimum: 0 }) })

const Attachment = Type.Object({
  id: Id,
  filename: Text,
  author: Maybe(Person),
  created: Time,
  size: Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER }),
  mimeType: Maybe(Text),
})
export type WireAttachment = Static<typeof Attachment>

const LinkedIssue = Type.Object({ key: Name })
const IssueLink = Type.Object({
  type: Type.Object({ inward: Maybe(Text), outward: Maybe(Text) }),
  inwardIssue: Maybe(LinkedIssue),
  outwardIssue: Maybe(LinkedIssue),
})

/** The fields with a name of their own; custom fields stand beside them. */
const Fields = Type.Object({
  summary: Maybe(Text),
  description: Type.Optional(Type.Unknown()),
  status: Status,
  issuetype: Maybe(Named),
  project: Type.Object({ id: Id, key: Name }),
  priority: Maybe(Named),
  assignee: Maybe(Person),
  reporter: Maybe(Person),
  creator: Maybe(Person),
  components: Maybe(Type.Array(Named)),
  fixVersions: Maybe(Type.Array(Named)),
  labels: Maybe(Type.Array(Text)),
  duedate: Maybe(Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' })),
  created: Time,
  updated: Time,
  comment: Maybe(Comments),
  attachment: Maybe(Type.Array(Attachment)),
  issuelinks: Maybe(Type.Array(IssueLink)),
})
export type KnownFields = Static<typeof Fields>

const FieldSchema = Type.Object({ type: Text, items: Maybe(Text), custom: Maybe(Text) })
export type WireFieldSchema = Static<typeof FieldSchema>

const ScreenField = Type.Object({
  required: Type.Boolean(),
  hasDefaultValue: Maybe(Type.Boolean()),
  name: Maybe(Text),
  schema: Maybe(FieldSchema),
  allowedValues: Maybe(Type.Array(Type.Unknown())),
})

const Transition = Type.Object({
  id: Id,
  name: Text,
  to: Type.Object({ id: Type.Optional(Id), name: Name }),
  isAvailable: Maybe(Type.Boolean()),
  fields: Maybe(Type.Record(Type.String(), ScreenField)),
})
export type WireTransition = Static<typeof Transition>

/** A record, for one of its members is called `toString`. */
const Change = Type.Record(Type.String(), Type.Unknown())
const History = Type.Object({
  id: Id,
  author: Maybe(Person),
  created: Time,
  items: Type.Array(Change),
})
export type WireHistory = Static<typeof History>
export type WireChange = Static<typeof Change>

const Issue = Type.Object({
  id: Id,
  key: Name,
  fields: Type.Record(Type.String(), Type.Unknown()),
  properties: Maybe(Type.Record(Type.String(), Type.Unknown())),
  transitions: Maybe(Type.Array(Transition)),
  changelog: Maybe(Type.Object({ histories: Type.Array(History), total: Maybe(Type.Integer()) })),
})
export type WireIssue = Static<typeof Issue>

/** Of a search that asks for ids only. */
const Listed = Type.Object({
  id: Id,
  fields: Type.Object({ created: Type.Optional(Time), updated: Type.Optional(Time) }),
  properties: Maybe(Type.Record(Type.String(), Type.Unknown())),
})
export type WireListed = Static<typeof Listed>

const RemoteLink = Type.Object({
  id: Id,
  globalId: Maybe(Text),
  relationship: Maybe(Text),
  object: Type.Object({ url: Text, title: Maybe(Text) }),
})
export type WireRemoteLink = Static<typeof RemoteLink>

const Version = Type.Object({
  id: Id,
  name: Name,
  description: Maybe(Text),
  released: Maybe(Type.Boolean()),
  archived: Maybe(Type.Boolean()),
  releaseDate: Maybe(Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' })),
  projectId: Maybe(Id),
})
export type WireVersion = Static<typeof Version>

const Project = Type.Object({
  id: Id,
  key: Name,
  name: Text,
  projectTypeKey: Maybe(Text),
  issueTypes: Maybe(Type.Array(Type.Object({ id: Id, name: Name, subtask: Maybe(Type.Boolean()) }))),
  components: Maybe(Type.Array(Named)),
  versions: Maybe(Type.Array(Version)),
})
export type WireProject = Static<typeof Project>

const Field = Type.Object({
  id: Name,
  name: Name,
  custom: Type.Boolean(),
  schema: Maybe(FieldSchema),
})
export type WireField = Static<typeof Field>

const MetaField = Type.Object({
  fieldId: Name,
  required: Type.Boolean(),
  allowedValues: Maybe(Type.Array(Type.Unknown())),
})
export type WireMetaField = Static<typeof MetaField>

/** Made by `/rest/webhooks/1.0/webhook`. */
const AdminHook = Type.Object({
  self: Text,
  name: Text,
  url: Text,
  enabled: Maybe(Type.Boolean()),
  events: Maybe(Type.Array(Text)),
})
/** Made by `/rest/api/3/webhook`. */
const AppHook = Type.Object({
  id: Number_,
  url: Maybe(Text),
  jqlFilter: Text,
  events: Type.Array(Text),
  expirationDate: Maybe(Type.Union([Type.Integer(), Text])),
})
export type WireAppHook = Static<typeof AppHook>

export const answers = {
  person: Compile(Person),
  people: Compile(Type.Array(Person)),
  serverInfo: Compile(
    Type.Object({ version: Maybe(Text), deploymentType: Maybe(Text), serverTime: Maybe(Text) }),
  ),
  permissions: Compile(
    Type.Object({
      permissions: Type.Record(Type.String(), Type.Object({ havePermission: Type.Boolean() })),
    }),
  ),
  fields: Compile(Type.Array(Field)),
  known: Compile(Fields),
  issue: Compile(Issue),
  created: Compile(Type.Object({ id: Id, key: Name })),
  cloudSearch: Compile(
    Type.Object({
      issues: Type.Array(Listed),
      nextPageToken: Maybe(Text),
      isLast: Maybe(Type.Boolean()),
    }),
  ),
  search: Compile(Type.Object({ issues: Type.Array(Issue) })),
  listed: Compile(Type.Object({ issues: Type.Array(Listed) })),
  bulk: Compile(Type.Object({ issues: Type.Array(Issue) })),
  comments: Compile(Comments),
  comment: Compile(Comment),
  /** Of an upload; its time is written otherwise there, and nothing else of it is needed. */
  attached: Compile(Type.Array(Type.Object({ id: Id }))),
  attachment: Compile(Attachment),
  remoteLinks: Compile(Type.Array(RemoteLink)),
  version: Compile(Version),
  versions: Compile(Type.Array(Version)),
  project: Compile(Project),
  typeStatuses: Compile(Type.Array(Type.Object({ id: Id, name: Name, statuses: Type.Array(Status) }))),
  roles: Compile(Type.Record(Type.String(), Text)),
  metaFields: Compile(
    Type.Object({ fields: Maybe(Type.Array(MetaField)), values: Maybe(Type.Array(MetaField)) }),
  ),
  attachmentSettings: Compile(
    Type.Object({ enabled: Type.Boolean(), uploadLimit: Maybe(Type.Integer({ minimum: 0 })) }),
  ),
  adminHooks: Compile(Type.Array(AdminHook)),
  appHooks: Compile(Type.Object({ values: Type.Array(AppHook), isLast: Maybe(Type.Boolean()) })),
  appHooksMade: Compile(
    Type.Object({
      webhookRegistrationResult: Type.Array(
        Type.Object({ createdWebhookId: Maybe(Number_), errors: Maybe(Type.Array(Text)) }),
      ),
    }),
  ),
  refreshed: Compile(Type.Object({ expirationDate: Type.Union([Type.Integer(), Text]) })),
  errors: Compile(
    Type.Object({
      errorMessages: Maybe(Type.Array(Text)),
      errors: Maybe(Type.Record(Type.String(), Type.Unknown())),
    }),
  ),
} as const

interface Validator<T> {
  Check(value: unknown): value is T
}

/** The value as its type, or a fault that says which answer had an unexpected shape. */
export const readAs = <T>(validator: Validator<T>, value: unknown, what: string): T => {
  if (validator.Check(value)) return value
  throw new RemoteFault('down', `Jira's answer for ${what} has an unexpected shape`)
}

export const knownFields = (issue: WireIssue): KnownFields =>
  readAs(answers.known, issue.fields, `the fields of ${issue.key}`)
