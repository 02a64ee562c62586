import Type, { type Static, type TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import { type FaultKind, RemoteFault } from '../../sync/fault.ts'

/** The shapes of GitLab's answers: only the members that are used, so that editions and versions may add others. */

/** Bounded, so that its digits are its text. */
const Id = Type.Integer({ minimum: 1, maximum: 999_999_999_999_999 })
const Time = Type.String({
  pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?(Z|[+-]\\d{2}:\\d{2})$',
})
const Nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()])
const Maybe = <T extends TSchema>(schema: T) => Type.Optional(Nullable(schema))
const MaybeDate = Maybe(Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' }))

const User = Type.Object({
  id: Id,
  username: Type.Optional(Type.String()),
  name: Type.Optional(Type.String()),
  email: Maybe(Type.String()),
})
export type WireUser = Static<typeof User>

const IssueMilestone = Type.Object({ id: Id, title: Type.String({ minLength: 1 }) })

const Issue = Type.Object({
  id: Id,
  iid: Id,
  project_id: Id,
  title: Maybe(Type.String()),
  description: Maybe(Type.String()),
  state: Type.String(),
  created_at: Time,
  updated_at: Time,
  labels: Type.Optional(Type.Array(Type.String())),
  milestone: Maybe(IssueMilestone),
  assignees: Type.Optional(Type.Array(User)),
  author: Maybe(User),
  due_date: MaybeDate,
  confidential: Type.Optional(Type.Boolean()),
  issue_type: Maybe(Type.String()),
  web_url: Type.String(),
  references: Type.Optional(Type.Object({ full: Type.String() })),
  moved_to_id: Maybe(Id),
  service_desk_reply_to: Maybe(Type.String()),
  severity: Maybe(Type.String()),
  weight: Maybe(Type.Integer()),
  health_status: Maybe(Type.String()),
})
export type WireIssue = Static<typeof Issue>

const Note = Type.Object({
  id: Id,
  body: Maybe(Type.String()),
  author: Maybe(User),
  created_at: Time,
  updated_at: Maybe(Time),
  system: Type.Optional(Type.Boolean()),
  internal: Maybe(Type.Boolean()),
  /** Its name before 15.5. */
  confidential: Maybe(Type.Boolean()),
})
export type WireNote = Static<typeof Note>

const IssueLink = Type.Object({
  id: Id,
  web_url: Type.String(),
  link_type: Type.Optional(Type.String()),
})
export type WireIssueLink = Static<typeof IssueLink>

const Milestone = Type.Object({
  id: Id,
  iid: Type.Optional(Id),
  project_id: Maybe(Id),
  group_id: Maybe(Id),
  title: Type.String({ minLength: 1 }),
  description: Maybe(Type.String()),
  state: Type.String(),
  due_date: MaybeDate,
  created_at: Maybe(Time),
  updated_at: Time,
  web_url: Type.Optional(Type.String()),
})
export type WireMilestone = Static<typeof Milestone>

const Release = Type.Object({
  tag_name: Type.String({ minLength: 1 }),
  name: Maybe(Type.String()),
  description: Maybe(Type.String()),
  created_at: Maybe(Time),
  released_at: Maybe(Time),
  upcoming_release: Maybe(Type.Boolean()),
  author: Maybe(User),
})
export type WireRelease = Static<typeof Release>

const Label = Type.Object({ name: Type.String({ minLength: 1 }) })

const Access = Maybe(Type.Object({ access_level: Maybe(Type.Integer()) }))
const Project = Type.Object({
  id: Id,
  name: Type.String(),
  path_with_namespace: Type.String({ minLength: 1 }),
  web_url: Type.String(),
  archived: Type.Optional(Type.Boolean()),
  issues_access_level: Maybe(Type.String()),
  permissions: Maybe(Type.Object({ project_access: Access, group_access: Access })),
})
export type WireProject = Static<typeof Project>

const Member = Type.Object({
  id: Id,
  username: Type.Optional(Type.String()),
  name: Type.Optional(Type.String()),
  state: Type.Optional(Type.String()),
})
export type WireMember = Static<typeof Member>

const Hook = Type.Object({
  id: Id,
  url: Type.String(),
  issues_events: Type.Optional(Type.Boolean()),
  confidential_issues_events: Maybe(Type.Boolean()),
  note_events: Type.Optional(Type.Boolean()),
  confidential_note_events: Maybe(Type.Boolean()),
  alert_status: Maybe(Type.String()),
  disabled_until: Maybe(Type.String()),
  signing_token_present: Maybe(Type.Boolean()),
})
export type WireHook = Static<typeof Hook>

const Token = Type.Object({
  scopes: Type.Optional(Type.Array(Type.String())),
  expires_at: MaybeDate,
})

const Upload = Type.Object({
  /** `/uploads/<secret>/<file name>`. */
  url: Type.String({ pattern: '^/uploads/[0-9a-f]{32}/[^/\\s]+$' }),
})

const Moved = Type.Object({
  data: Type.Record(
    Type.String({ pattern: '^i[1-9]\\d{0,14}$' }),
    Nullable(Type.Object({ iid: Type.String({ pattern: '^[1-9]\\d{0,14}$' }), projectId: Id })),
  ),
})
const PublicEmails = Type.Object({
  data: Type.Object({
    users: Nullable(
      Type.Object({
        nodes: Type.Array(Nullable(Type.Object({ id: Type.String(), publicEmail: Nullable(Type.String()) }))),
      }),
    ),
  }),
})
const ExternalAuthors = Type.Object({
  data: Type.Object({
    issue: Nullable(
      Type.Object({
        notes: Type.Object({
          nodes: Type.Array(
            Nullable(Type.Object({ id: Type.String(), externalAuthor: Nullable(Type.String()) })),
          ),
        }),
      }),
    ),
  }),
})

export const answers = {
  user: Compile(User),
  issue: Compile(Issue),
  issues: Compile(Type.Array(Issue)),
  note: Compile(Note),
  notes: Compile(Type.Array(Note)),
  links: Compile(Type.Array(IssueLink)),
  milestone: Compile(Milestone),
  milestones: Compile(Type.Array(Milestone)),
  release: Compile(Release),
  releases: Compile(Type.Array(Release)),
  labels: Compile(Type.Array(Label)),
  project: Compile(Project),
  members: Compile(Type.Array(Member)),
  hook: Compile(Hook),
  hooks: Compile(Type.Array(Hook)),
  token: Compile(Token),
  metadata: Compile(Type.Object({ version: Type.String(), enterprise: Type.Optional(Type.Boolean()) })),
  upload: Compile(Upload),
  moved: Compile(Moved),
  publicEmails: Compile(PublicEmails),
  externalAuthors: Compile(ExternalAuthors),
} as const

interface Validator<T> {
  Check(value: unknown): value is T
}

/** The value as its type, or a fault that says which answer had an unexpected shape. `unknown` after a write. */
export const readAs = <T>(
  validator: Validator<T>,
  value: unknown,
  what: string,
  kind: Extract<FaultKind, 'down' | 'unknown'> = 'down',
): T => {
  if (validator.Check(value)) return value
  throw new RemoteFault(kind, `GitLab's answer for ${what} has an unexpected shape`)
}
