import Type, { type Static, type TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import { RemoteFault } from '../../sync/fault.ts'

/** The shapes of Linear's answers: only the fields that our documents ask for. */

const Nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()])
const Text = Type.String()
const Id = Type.String({ minLength: 1, maxLength: 200 })
const Time = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?Z$' })
const Day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}' })
const Named = Type.Object({ name: Text })
const Nodes = <T extends TSchema>(node: T) => Type.Object({ nodes: Type.Array(node) })
const Forward = Type.Object({ hasNextPage: Type.Boolean(), endCursor: Nullable(Text) })
const Backward = Type.Object({ hasPreviousPage: Type.Boolean(), startCursor: Nullable(Text) })
const Pages = <T extends TSchema>(node: T) => Type.Object({ nodes: Type.Array(node), pageInfo: Forward })
const PagesBack = <T extends TSchema>(node: T) => Type.Object({ nodes: Type.Array(node), pageInfo: Backward })

const Person = Type.Object({ id: Id, name: Text, email: Nullable(Text) })
export type WirePerson = Static<typeof Person>

const Cycle = Type.Object({ number: Type.Number(), name: Nullable(Text) })
export type WireCycle = Static<typeof Cycle>

const listed = {
  id: Id,
  identifier: Type.String({ minLength: 1 }),
  title: Text,
  description: Nullable(Text),
  priority: Type.Number(),
  estimate: Nullable(Type.Number()),
  dueDate: Nullable(Day),
  url: Text,
  createdAt: Time,
  updatedAt: Time,
  trashed: Nullable(Type.Boolean()),
  labelIds: Type.Array(Id),
  state: Type.Object({ name: Text, type: Text }),
  team: Type.Object({ key: Text }),
  assignee: Nullable(Person),
  creator: Nullable(Person),
  project: Nullable(Named),
  projectMilestone: Nullable(Named),
  cycle: Nullable(Cycle),
  marks: Nodes(Type.Object({ url: Text })),
  releases: Type.Optional(Nodes(Type.Object({ id: Id, name: Text }))),
}
const Listed = Type.Object(listed)
export type WireListed = Static<typeof Listed>

const Comment = Type.Object({
  id: Id,
  body: Text,
  createdAt: Time,
  editedAt: Nullable(Time),
  user: Nullable(Person),
  externalUser: Nullable(Type.Object({ id: Id, name: Text })),
  botActor: Nullable(Type.Object({ id: Nullable(Text), name: Nullable(Text) })),
})
export type WireComment = Static<typeof Comment>

const Attachment = Type.Object({
  id: Id,
  title: Text,
  url: Text,
  sourceType: Nullable(Text),
  metadata: Type.Record(Type.String(), Type.Unknown()),
  createdAt: Time,
  creator: Nullable(Person),
})
export type WireAttachment = Static<typeof Attachment>

const Customer = Type.Object({
  id: Id,
  name: Text,
  domains: Type.Array(Text),
  externalIds: Type.Array(Text),
})
export type WireCustomer = Static<typeof Customer>

const Whole = Type.Object({
  ...listed,
  comments: Pages(Comment),
  attachments: Pages(Attachment),
  relations: Nodes(Type.Object({ type: Text, relatedIssue: Type.Object({ url: Text }) })),
  inverseRelations: Nodes(Type.Object({ type: Text, issue: Type.Object({ url: Text }) })),
  needs: Type.Optional(Nodes(Type.Object({ id: Id, customer: Nullable(Customer) }))),
})
export type WireWhole = Static<typeof Whole>

const Release = Type.Object({
  id: Id,
  name: Text,
  version: Nullable(Text),
  description: Nullable(Text),
  targetDate: Nullable(Day),
  url: Text,
  createdAt: Time,
  updatedAt: Time,
  trashed: Nullable(Type.Boolean()),
  creator: Nullable(Person),
  stage: Type.Object({ name: Text, type: Text }),
  pipeline: Type.Object({ name: Text, teams: Nodes(Type.Object({ key: Text })) }),
})
export type WireRelease = Static<typeof Release>

const State = Type.Object({ id: Id, name: Text, type: Text, position: Type.Number() })
const Team = Type.Object({ id: Id, key: Text, name: Text, states: Nodes(State) })
export type WireTeam = Static<typeof Team>

const Workspace = Type.Object({
  viewer: Person,
  organization: Type.Object({
    name: Text,
    urlKey: Text,
    releasesEnabled: Type.Boolean(),
    customersEnabled: Type.Boolean(),
  }),
  teams: Nodes(Team),
})
export type WireWorkspace = Static<typeof Workspace>

const Label = Type.Object({
  id: Id,
  name: Text,
  isGroup: Type.Boolean(),
  team: Nullable(Type.Object({ key: Text })),
  parent: Nullable(Named),
})
export type WireLabel = Static<typeof Label>

const step = <T extends TSchema>(schema: T) => Nullable(schema)
const History = Type.Object({
  actorId: Nullable(Text),
  updatedAt: Time,
  ...{ fromTitle: step(Text), toTitle: step(Text) },
  ...{ fromPriority: step(Type.Number()), toPriority: step(Type.Number()) },
  ...{ fromEstimate: step(Type.Number()), toEstimate: step(Type.Number()) },
  ...{ fromDueDate: step(Day), toDueDate: step(Day) },
  ...{ fromAssigneeId: step(Text), toAssigneeId: step(Text) },
  ...{ fromStateId: step(Text), toStateId: step(Text), fromState: step(Named), toState: step(Named) },
  ...{ fromTeamId: step(Text), toTeamId: step(Text) },
  ...{ fromTeam: step(Type.Object({ key: Text })), toTeam: step(Type.Object({ key: Text })) },
  ...{ fromProjectId: step(Text), toProjectId: step(Text), fromProject: step(Named), toProject: step(Named) },
  ...{ fromCycleId: step(Text), toCycleId: step(Text), fromCycle: step(Cycle), toCycle: step(Cycle) },
})
export type WireHistory = Static<typeof History>

const Brief = Type.Object({
  trashed: Nullable(Type.Boolean()),
  labelIds: Type.Array(Id),
  team: Type.Object({ key: Text }),
  project: Nullable(Named),
  releases: Type.Optional(Nodes(Type.Object({ id: Id }))),
  needs: Type.Optional(Nodes(Type.Object({ id: Id, customer: Nullable(Type.Object({ id: Id })) }))),
})
export type WireBrief = Static<typeof Brief>

const Webhook = Type.Object({
  id: Id,
  url: Nullable(Text),
  enabled: Type.Boolean(),
  secret: Nullable(Text),
  resourceTypes: Type.Array(Text),
  team: Nullable(Type.Object({ id: Id })),
})
export type WireWebhook = Static<typeof Webhook>

const Done = Type.Object({ success: Type.Literal(true) })
const ids = Nodes(Type.Object({ id: Id }))
const updatedAts = Nodes(Type.Object({ updatedAt: Time }))
const markedWhole = Type.Object({
  success: Type.Literal(true),
  attachment: Type.Object({ issue: Whole }),
})

export const answers = {
  workspace: Compile(Workspace),
  labels: Compile(Type.Object({ issueLabels: Pages(Label) })),
  people: Compile(
    Type.Object({
      users: Pages(Type.Object({ id: Id, name: Text, email: Nullable(Text), active: Type.Boolean() })),
    }),
  ),
  places: Compile(
    Type.Object({
      projects: Nodes(Type.Object({ name: Text, projectMilestones: Nodes(Named) })),
      cycles: Nodes(Cycle),
    }),
  ),
  projectNamed: Compile(Type.Object({ projects: ids })),
  milestoneNamed: Compile(Type.Object({ projectMilestones: ids })),
  cycleNamed: Compile(Type.Object({ cycles: ids })),
  releaseNamed: Compile(Type.Object({ releases: ids })),
  releaseNames: Compile(
    Type.Object({
      releases: Nodes(Type.Object({ name: Text, stage: Type.Object({ name: Text, type: Text }) })),
    }),
  ),
  customerNamed: Compile(Type.Object({ customers: ids })),
  issue: Compile(Type.Object({ issue: Whole })),
  brief: Compile(Type.Object({ issue: Brief })),
  comments: Compile(Type.Object({ issue: Type.Object({ comments: Pages(Comment) }) })),
  attachments: Compile(Type.Object({ issue: Type.Object({ attachments: Pages(Attachment) }) })),
  attachment: Compile(Type.Object({ attachment: Type.Object({ url: Text }) })),
  history: Compile(Type.Object({ issue: Type.Object({ history: Nodes(History) }) })),
  issuesBy: Compile(Type.Object({ issues: PagesBack(Listed) })),
  newest: Compile(
    Type.Object({ issues: updatedAts, comments: updatedAts, releases: Type.Optional(updatedAts) }),
  ),
  commentsBy: Compile(
    Type.Object({
      comments: PagesBack(Type.Object({ id: Id, updatedAt: Time, issue: Nullable(Listed) })),
    }),
  ),
  releasesBy: Compile(Type.Object({ releases: PagesBack(Release) })),
  release: Compile(Type.Object({ release: Release })),
  marked: Compile(Type.Object({ attachmentsForURL: Nodes(Type.Object({ issue: Listed })) })),
  create: Compile(
    Type.Object({
      issueCreate: Type.Object({ success: Type.Literal(true), issue: Nullable(Type.Object({ id: Id })) }),
      attachmentCreate: markedWhole,
    }),
  ),
  mark: Compile(Type.Object({ attachmentCreate: markedWhole })),
  update: Compile(
    Type.Object({ issueUpdate: Type.Object({ success: Type.Literal(true), issue: Nullable(Whole) }) }),
  ),
  releaseUpdate: Compile(
    Type.Object({ releaseUpdate: Type.Object({ success: Type.Literal(true), release: Release }) }),
  ),
  stages: Compile(
    Type.Object({
      release: Type.Object({
        pipeline: Type.Object({ stages: Nodes(Type.Object({ id: Id, name: Text })) }),
      }),
    }),
  ),
  commentCreate: Compile(
    Type.Object({
      commentCreate: Type.Object({
        success: Type.Literal(true),
        comment: Type.Object({ id: Id, issue: Nullable(Whole) }),
      }),
    }),
  ),
  commentUpdate: Compile(
    Type.Object({
      commentUpdate: Type.Object({
        success: Type.Literal(true),
        comment: Type.Object({ id: Id, issue: Nullable(Whole) }),
      }),
    }),
  ),
  commentOne: Compile(
    Type.Object({
      comment: Type.Object({ body: Text, issue: Nullable(Type.Object({ id: Id })) }),
    }),
  ),
  commentDelete: Compile(Type.Object({ commentDelete: Done })),
  fileUpload: Compile(
    Type.Object({
      fileUpload: Type.Object({
        success: Type.Literal(true),
        uploadFile: Type.Object({
          uploadUrl: Text,
          assetUrl: Text,
          headers: Type.Array(Type.Object({ key: Text, value: Text }), { maxItems: 50 }),
        }),
      }),
    }),
  ),
  attachmentCreate: Compile(
    Type.Object({
      attachmentCreate: Type.Object({
        success: Type.Literal(true),
        attachment: Type.Object({ id: Id, issue: Whole }),
      }),
    }),
  ),
  attachmentDelete: Compile(Type.Object({ attachmentDelete: Done })),
  linksTo: Compile(Type.Object({ issue: Type.Object({ attachments: ids }) })),
  needCreate: Compile(Type.Object({ customerNeedCreate: Done })),
  needDelete: Compile(Type.Object({ customerNeedDelete: Done })),
  webhooks: Compile(Type.Object({ webhooks: Pages(Webhook) })),
  webhookCreate: Compile(Type.Object({ webhookCreate: Done })),
  webhookUpdate: Compile(Type.Object({ webhookUpdate: Done })),
  webhookDelete: Compile(Type.Object({ webhookDelete: Done })),
  token: Compile(
    Type.Object({
      access_token: Type.String({ minLength: 1 }),
      expires_in: Type.Optional(Type.Number({ minimum: 0 })),
    }),
  ),
} as const

interface Validator<T> {
  Check(value: unknown): value is T
}

/** The value as its type, or a fault that says which answer had an unexpected shape. Of a write: it may have happened. */
export const readAs = <T>(
  validator: Validator<T>,
  value: unknown,
  what: string,
  effect: 'read' | 'write' = 'read',
): T => {
  if (validator.Check(value)) return value
  throw new RemoteFault(
    effect === 'write' ? 'unknown' : 'down',
    `Linear's answer for ${what} has an unexpected shape`,
  )
}
