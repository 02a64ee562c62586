import Type, { type Static, type TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import { RemoteFault } from '../../sync/fault.ts'

/**
 * Shapes of Zendesk's answers: only the members that are used, so that a new one breaks nothing. Its documentation calls
 * most members mandatory and its answers hold `null` in their place, so everything that can be empty may be.
 */

/** Bounded, so that its digits are its text. */
const Id = Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER })
/** `-1` is Zendesk itself. */
const UserId = Type.Integer({ minimum: -1, maximum: Number.MAX_SAFE_INTEGER })
const Time = Type.String({
  pattern:
    '^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])T([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(\\.\\d{1,9})?Z$',
})
const Nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()])
const Maybe = <T extends TSchema>(schema: T) => Type.Optional(Nullable(schema))
const MaybeText = Maybe(Type.String())
const MaybeId = Maybe(Id)

const Meta = Type.Optional(Type.Object({ has_more: Type.Optional(Type.Boolean()), after_cursor: MaybeText }))

const User = Type.Object({
  id: Nullable(UserId),
  name: MaybeText,
  email: MaybeText,
  /** Whether they followed a link that was sent to the address. */
  verified: Maybe(Type.Boolean()),
  role: MaybeText,
  active: Maybe(Type.Boolean()),
  ticket_restriction: MaybeText,
  only_private_comments: Maybe(Type.Boolean()),
})
export type WireUser = Static<typeof User>
const Users = Type.Optional(Type.Array(User))

const Organization = Type.Object({ id: Id, name: Type.String() })
export type WireOrganization = Static<typeof Organization>
const Organizations = Type.Optional(Type.Array(Organization))

const Ticket = Type.Object({
  id: Id,
  subject: MaybeText,
  status: Type.String({ minLength: 1 }),
  custom_status_id: MaybeId,
  type: MaybeText,
  priority: MaybeText,
  assignee_id: MaybeId,
  requester_id: MaybeId,
  submitter_id: Maybe(UserId),
  group_id: MaybeId,
  organization_id: MaybeId,
  brand_id: MaybeId,
  ticket_form_id: MaybeId,
  problem_id: MaybeId,
  external_id: MaybeText,
  tags: Type.Optional(Type.Array(Type.String())),
  due_at: Maybe(Time),
  custom_fields: Type.Optional(Type.Array(Type.Object({ id: Id, value: Type.Optional(Type.Unknown()) }))),
  // How it came about: looked into where it is of use, since it takes many forms.
  via: Type.Optional(Type.Unknown()),
  created_at: Time,
  updated_at: Time,
})
export type WireTicket = Static<typeof Ticket>

const Attachment = Type.Object({
  id: Id,
  file_name: MaybeText,
  content_type: MaybeText,
  content_url: MaybeText,
  size: Maybe(Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER })),
  deleted: Maybe(Type.Boolean()),
  malware_scan_result: MaybeText,
  malware_access_override: Maybe(Type.Boolean()),
})
export type WireAttachment = Static<typeof Attachment>

const Comment = Type.Object({
  id: Id,
  author_id: Maybe(UserId),
  html_body: MaybeText,
  plain_body: MaybeText,
  body: MaybeText,
  public: Maybe(Type.Boolean()),
  attachments: Type.Optional(Type.Array(Attachment)),
  created_at: Time,
})
export type WireComment = Static<typeof Comment>

/** What kinds of event there are is said to grow: all but the type may be anything. */
const AuditEvent = Type.Object({
  id: Type.Optional(Type.Unknown()),
  type: MaybeText,
  field_name: Type.Optional(Type.Unknown()),
  value: Type.Optional(Type.Unknown()),
  previous_value: Type.Optional(Type.Unknown()),
  public: Type.Optional(Type.Unknown()),
  attachments: Type.Optional(Type.Unknown()),
})
export type WireAuditEvent = Static<typeof AuditEvent>
const Events = Type.Object({ events: Type.Optional(Type.Array(AuditEvent)) })
export type WireEvents = Static<typeof Events>
const Audit = Type.Object({
  id: Id,
  author_id: Maybe(UserId),
  created_at: Time,
  events: Type.Optional(Type.Array(AuditEvent)),
})
export type WireAudit = Static<typeof Audit>

const Named = Type.Object({ id: Id, name: Type.String({ minLength: 1 }) })
export type Named = Static<typeof Named>

const TicketField = Type.Object({
  id: Id,
  type: Type.String(),
  title: Type.String(),
  active: Maybe(Type.Boolean()),
  tag: MaybeText,
  custom_field_options: Maybe(Type.Array(Type.Object({ name: Type.String(), value: Type.String() }))),
})
export type WireTicketField = Static<typeof TicketField>

const CustomStatus = Type.Object({
  id: Id,
  status_category: Type.String(),
  agent_label: Type.String({ minLength: 1 }),
  active: Maybe(Type.Boolean()),
  default: Maybe(Type.Boolean()),
})
export type WireCustomStatus = Static<typeof CustomStatus>

const Webhook = Type.Object({
  id: Type.String({ pattern: '^[\\w-]{1,100}$' }),
  endpoint: MaybeText,
  status: MaybeText,
})
export type WireWebhook = Static<typeof Webhook>

const Problems = Type.Array(
  Type.Object({
    description: MaybeText,
    error: MaybeText,
    ticket_field_id: Type.Optional(Type.Unknown()),
  }),
)

export const answers = {
  ticket: Compile(Type.Object({ ticket: Ticket, users: Users, organizations: Organizations })),
  // Of the audit only what happened is used: nothing else of it may make a write that was done seem lost.
  written: Compile(Type.Object({ ticket: Ticket, audit: Maybe(Events) })),
  tickets: Compile(
    Type.Object({ tickets: Type.Array(Ticket), users: Users, organizations: Organizations, meta: Meta }),
  ),
  changed: Compile(
    Type.Object({
      tickets: Type.Array(Ticket),
      users: Users,
      organizations: Organizations,
      after_cursor: MaybeText,
      end_of_stream: Type.Boolean(),
    }),
  ),
  comments: Compile(Type.Object({ comments: Type.Array(Comment), users: Users, meta: Meta })),
  audits: Compile(Type.Object({ audits: Type.Array(Audit), meta: Meta })),
  user: Compile(Type.Object({ user: User })),
  users: Compile(Type.Object({ users: Type.Array(User), meta: Meta })),
  groups: Compile(Type.Object({ groups: Type.Array(Named), meta: Meta })),
  brands: Compile(Type.Object({ brands: Type.Array(Named), meta: Meta })),
  forms: Compile(Type.Object({ ticket_forms: Type.Array(Named) })),
  fields: Compile(Type.Object({ ticket_fields: Type.Array(TicketField) })),
  statuses: Compile(Type.Object({ custom_statuses: Type.Array(CustomStatus) })),
  organizations: Compile(Type.Object({ organizations: Type.Array(Organization) })),
  attachment: Compile(Type.Object({ attachment: Attachment })),
  upload: Compile(Type.Object({ upload: Type.Object({ token: Type.String({ minLength: 1 }) }) })),
  webhooks: Compile(Type.Object({ webhooks: Type.Array(Webhook), meta: Meta })),
  webhook: Compile(Type.Object({ webhook: Webhook })),
  signingSecret: Compile(
    Type.Object({ signing_secret: Type.Object({ secret: Type.String(), algorithm: MaybeText }) }),
  ),
  token: Compile(
    Type.Object({
      access_token: Type.String({ minLength: 1, maxLength: 10_000, pattern: '^[\\x21-\\x7e]+$' }),
      expires_in: Maybe(Type.Integer({ minimum: 1, maximum: 1_000_000_000 })),
    }),
  ),
  refusal: Compile(
    Type.Object({
      error: Type.Optional(Type.Unknown()),
      description: Type.Optional(Type.Unknown()),
      details: Type.Optional(Nullable(Type.Record(Type.String(), Problems))),
    }),
  ),
} as const

interface Validator<T> {
  Check(value: unknown): value is T
}

/** The value as its type, or a fault that says which answer had an unexpected shape. `kind`: `unknown` after a write. */
export const readAs = <T>(
  validator: Validator<T>,
  value: unknown,
  what: string,
  kind: 'down' | 'unknown' = 'down',
): T => {
  if (validator.Check(value)) return value
  throw new RemoteFault(kind, `Zendesk's answer for ${what} has an unexpected shape`)
}
