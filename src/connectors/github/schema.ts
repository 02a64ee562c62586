import Type, { type Static, type TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import { RemoteFault } from '../../sync/fault.ts'

/** The shapes of GitHub's answers: only the members that are used, since GitHub adds others every month. */

/** Bounded, so that its digits are its text. */
const Id = Type.Integer({ minimum: 1, maximum: 999_999_999_999_999 })
const Time = Type.String({
  pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?Z$',
})
const Nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()])
const OptionalText = Type.Optional(Nullable(Type.String()))

export const User = Type.Object({
  id: Id,
  login: Type.String({ minLength: 1, maxLength: 100 }),
  name: OptionalText,
  email: OptionalText,
})
export type WireUser = Static<typeof User>

/** `null` where the account was deleted. */
const Author = Type.Optional(Nullable(User))

/** A label was a plain string in very old answers, and is one in the schema still. */
const Label = Type.Union([Type.String(), Type.Object({ name: Type.String() })])

const IssueMilestone = Type.Object({ number: Id, title: Type.String() })

export const Issue = Type.Object({
  number: Id,
  /** What GraphQL calls it. */
  node_id: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
  title: Type.String(),
  body: OptionalText,
  state: Type.String(),
  state_reason: OptionalText,
  html_url: Type.String(),
  repository_url: Type.String(),
  user: Author,
  labels: Type.Array(Label),
  assignees: Type.Optional(Nullable(Type.Array(User))),
  milestone: Type.Optional(Nullable(IssueMilestone)),
  type: Type.Optional(Nullable(Type.Object({ name: Type.String() }))),
  comments: Type.Optional(Type.Integer({ minimum: 0 })),
  created_at: Time,
  updated_at: Time,
  parent_issue_url: OptionalText,
  pull_request: Type.Optional(Type.Unknown()),
})
export type WireIssue = Static<typeof Issue>

const Comment = Type.Object({
  id: Id,
  body: OptionalText,
  user: Author,
  created_at: Time,
  updated_at: Time,
})
export type WireComment = Static<typeof Comment>

const Milestone = Type.Object({
  number: Id,
  title: Type.String({ minLength: 1 }),
  description: OptionalText,
  state: Type.String(),
  due_on: Type.Optional(Nullable(Time)),
  creator: Author,
  html_url: Type.String(),
  created_at: Time,
  updated_at: Time,
})
export type WireMilestone = Static<typeof Milestone>

const Release = Type.Object({
  id: Id,
  name: OptionalText,
  tag_name: Type.String(),
  body: OptionalText,
  draft: Type.Boolean(),
  prerelease: Type.Boolean(),
  author: Author,
  html_url: Type.String(),
  created_at: Time,
  published_at: Type.Optional(Nullable(Time)),
  updated_at: Type.Optional(Nullable(Time)),
})
export type WireRelease = Static<typeof Release>

const Repository = Type.Object({
  id: Id,
  full_name: Type.String({ pattern: '^[A-Za-z0-9_.-]{1,100}/[A-Za-z0-9_.-]{1,100}$' }),
  html_url: Type.String(),
  archived: Type.Optional(Type.Boolean()),
  has_issues: Type.Optional(Type.Boolean()),
  owner: Type.Object({ login: Type.String(), type: Type.Optional(Type.String()) }),
  permissions: Type.Optional(
    Type.Object({ push: Type.Optional(Type.Boolean()), triage: Type.Optional(Type.Boolean()) }),
  ),
})
export type WireRepository = Static<typeof Repository>

const Hook = Type.Object({
  id: Id,
  active: Type.Boolean(),
  events: Type.Array(Type.String()),
  config: Type.Object({
    url: OptionalText,
    content_type: OptionalText,
    secret: OptionalText,
  }),
})
export type WireHook = Static<typeof Hook>

const Delivery = Type.Object({
  id: Id,
  guid: Type.String(),
  delivered_at: Time,
  status_code: Type.Integer(),
})
export type WireDelivery = Static<typeof Delivery>

const GraphqlError = Type.Object({
  type: OptionalText,
  message: Type.String(),
  path: Type.Optional(Nullable(Type.Array(Type.Union([Type.String(), Type.Number()])))),
})
export type GraphqlError = Static<typeof GraphqlError>

export const answers = {
  graphqlErrors: Compile(Type.Object({ errors: Type.Array(GraphqlError) })),
  user: Compile(User),
  users: Compile(Type.Array(User)),
  issue: Compile(Issue),
  issues: Compile(Type.Array(Issue)),
  comment: Compile(Comment),
  comments: Compile(Type.Array(Comment)),
  milestone: Compile(Milestone),
  milestones: Compile(Type.Array(Milestone)),
  release: Compile(Release),
  releases: Compile(Type.Array(Release)),
  labels: Compile(Type.Array(Type.Object({ name: Type.String() }))),
  types: Compile(Type.Array(Nullable(Type.Object({ name: Type.String() })))),
  repository: Compile(Repository),
  hook: Compile(Hook),
  hooks: Compile(Type.Array(Hook)),
  deliveries: Compile(Type.Array(Delivery)),
  html: Compile(Type.Object({ body_html: OptionalText })),
  installation: Compile(Type.Object({ id: Id })),
  installationToken: Compile(
    Type.Object({ token: Type.String({ minLength: 1, maxLength: 5_000 }), expires_at: Time }),
  ),
  refusal: Compile(
    Type.Object({
      message: Type.Optional(Type.String()),
      errors: Type.Optional(
        Type.Array(
          Type.Union([
            Type.String(),
            Type.Object({
              field: OptionalText,
              code: OptionalText,
              message: OptionalText,
              value: Type.Optional(Type.Unknown()),
            }),
          ]),
        ),
      ),
    }),
  ),
} as const

interface Validator<T> {
  Check(value: unknown): value is T
}

/** The value as its type, or a fault that says which answer had an unexpected shape. */
export const readAs = <T>(validator: Validator<T>, value: unknown, what: string): T => {
  if (validator.Check(value)) return value
  throw new RemoteFault('down', `GitHub's answer for ${what} has an unexpected shape`)
}

/** Of a write: it may have happened, whatever the answer looks like. */
export const readWritten = <T>(validator: Validator<T>, read: () => unknown, what: string): T => {
  const value = read()
  if (validator.Check(value)) return value
  throw new RemoteFault('unknown', `GitHub's answer to a change of ${what} has an unexpected shape`)
}
