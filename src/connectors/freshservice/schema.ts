import Type, { type Static, type TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import { RemoteFault } from '../../sync/fault.ts'

/**
 * Shapes of Freshservice's answers: only the members that are used, so that a new one breaks nothing. Tickets, problems
 * and changes share most of theirs; what one kind does not have, or a list leaves out, is absent.
 */

/** Bounded, so that its digits are its text. */
const Id = Type.Integer({ minimum: 1, maximum: 999_999_999_999_999 })
const Time = Type.String({
  pattern:
    '^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])T([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(\\.\\d{1,9})?(Z|[+-]([01]\\d|2[0-3]):?[0-5]\\d)$',
})
const Nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()])
const Maybe = <T extends TSchema>(schema: T) => Type.Optional(Nullable(schema))
const MaybeText = Maybe(Type.String())
const MaybeId = Maybe(Id)
const MaybeNumber = Maybe(Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER }))

const Attachment = Type.Object({
  id: Id,
  name: MaybeText,
  content_type: MaybeText,
  size: MaybeNumber,
  attachment_url: MaybeText,
  created_at: Maybe(Time),
})
export type WireAttachment = Static<typeof Attachment>

const Requester = Type.Object({
  id: MaybeId,
  name: MaybeText,
  email: MaybeText,
})

const Record_ = Type.Object({
  id: Id,
  workspace_id: MaybeNumber,
  subject: MaybeText,
  description: MaybeText,
  status: Type.Integer(),
  priority: Maybe(Type.Integer()),
  urgency: Maybe(Type.Integer()),
  impact: Maybe(Type.Integer()),
  source: Maybe(Type.Integer()),
  risk: Maybe(Type.Integer()),
  change_type: Maybe(Type.Integer()),
  type: MaybeText,
  responder_id: MaybeId,
  agent_id: MaybeId,
  requester_id: MaybeId,
  group_id: MaybeId,
  department_id: MaybeId,
  category: MaybeText,
  sub_category: MaybeText,
  item_category: MaybeText,
  due_by: Maybe(Time),
  planned_start_date: Maybe(Time),
  planned_end_date: Maybe(Time),
  tags: Maybe(Type.Array(Type.String())),
  custom_fields: Maybe(Type.Record(Type.String(), Type.Unknown())),
  attachments: Maybe(Type.Array(Attachment)),
  requester: Maybe(Requester),
  deleted: Maybe(Type.Boolean()),
  created_at: Time,
  updated_at: Time,
})
export type WireRecord = Static<typeof Record_>

/** A conversation of a ticket; a note of a problem or change, which has no `private` and which only agents read. */
const Note = Type.Object({
  id: Id,
  user_id: MaybeId,
  body: MaybeText,
  private: Maybe(Type.Boolean()),
  attachments: Maybe(Type.Array(Attachment)),
  created_at: Time,
  updated_at: Time,
})
export type WireNote = Static<typeof Note>

const Choice = Type.Object({ id: Type.Optional(Type.Unknown()), value: Type.Optional(Type.Unknown()) })
const FormField = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 500 }),
  label: MaybeText,
  field_type: MaybeText,
  default_field: Maybe(Type.Boolean()),
  choices: Type.Optional(Type.Unknown()),
})
export type WireFormField = Static<typeof FormField>
export const isChoices = Compile(Type.Array(Choice))

const Agent = Type.Object({
  id: Id,
  first_name: MaybeText,
  last_name: MaybeText,
  email: MaybeText,
  primary_email: MaybeText,
  active: Maybe(Type.Boolean()),
})
export type WireAgent = Static<typeof Agent>

const Named = Type.Object({ id: Id, name: Type.String({ minLength: 1 }) })
export type Named = Static<typeof Named>

export const answers = {
  ticket: Compile(Type.Object({ ticket: Record_ })),
  problem: Compile(Type.Object({ problem: Record_ })),
  change: Compile(Type.Object({ change: Record_ })),
  tickets: Compile(Type.Object({ tickets: Type.Array(Record_) })),
  problems: Compile(Type.Object({ problems: Type.Array(Record_) })),
  changes: Compile(Type.Object({ changes: Type.Array(Record_) })),
  conversations: Compile(Type.Object({ conversations: Type.Array(Note) })),
  notes: Compile(Type.Object({ notes: Type.Array(Note) })),
  conversation: Compile(Type.Object({ conversation: Note })),
  note: Compile(Type.Object({ note: Note })),
  ticketForm: Compile(Type.Object({ ticket_fields: Type.Array(FormField) })),
  problemForm: Compile(Type.Object({ problem_fields: Type.Array(FormField) })),
  changeForm: Compile(Type.Object({ change_fields: Type.Array(FormField) })),
  agents: Compile(Type.Object({ agents: Type.Array(Agent) })),
  requester: Compile(Type.Object({ requester: Agent })),
  groups: Compile(Type.Object({ groups: Type.Array(Named) })),
  departments: Compile(Type.Object({ departments: Type.Array(Named) })),
  workspaces: Compile(Type.Object({ workspaces: Type.Array(Named) })),
  refusal: Compile(
    Type.Object({
      description: Type.Optional(Type.Unknown()),
      message: Type.Optional(Type.Unknown()),
      code: Type.Optional(Type.Unknown()),
      errors: Maybe(Type.Array(Type.Object({ field: MaybeText, message: MaybeText, code: MaybeText }))),
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
  throw new RemoteFault(kind, `Freshservice's answer for ${what} has an unexpected shape`)
}
