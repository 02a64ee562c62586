import { Type } from 'typebox'
import {
  ENGINEERING_STATUSES,
  SEVERITIES,
  TICKET_STATES,
  WORK_ITEM_KINDS,
  WORK_ITEM_STATES,
} from '../../domain/words.ts'
import { LINK_ROLES } from '../../domain/work-item-link.ts'
import {
  Custom,
  CustomChange,
  EscalationBadge,
  KeyedName,
  Line,
  Markdown,
  MirrorBadge,
  Named,
  Ref,
  ReleaseBadge,
  Revision,
  Text,
} from '../record-shapes.ts'
import { closed, Id, Instant, line, nullable, oneOf, PageQuery, QueryText } from '../shapes.ts'

const idOrNobody = Type.Optional(
  Type.String({ pattern: '^(nobody|[0-9a-f-]{36})$', description: 'An id or `nobody`.' }),
)

export const WorkItemQuery = closed({
  ...PageQuery.properties,
  state: Type.Optional(oneOf(WORK_ITEM_STATES)),
  kind: Type.Optional(oneOf(WORK_ITEM_KINDS)),
  team: idOrNobody,
  assignee: idOrNobody,
  product: Type.Optional(Id),
  component: Type.Optional(Id),
  release: idOrNobody,
  text: Type.Optional(Type.String({ maxLength: 200, description: 'Part of the title, or the key.' })),
  q: QueryText,
})

const references = {
  team: Type.Optional(nullable(Ref)),
  assignee: Type.Optional(nullable(Ref)),
  product: Type.Optional(nullable(Ref)),
  component: Type.Optional(nullable(Ref)),
  release: Type.Optional(nullable(Ref)),
}
const said = {
  kind: Type.Optional(oneOf(WORK_ITEM_KINDS)),
  severity: Type.Optional(nullable(oneOf(SEVERITIES))),
  steps: Type.Optional(nullable(Text)),
  expected: Type.Optional(nullable(Text)),
  actual: Type.Optional(nullable(Text)),
  frequency: Type.Optional(nullable(Line)),
  since: Type.Optional(nullable(Line)),
  priority: Type.Optional(nullable(Line)),
  version: Type.Optional(nullable(Line)),
  environment: Type.Optional(nullable(Line)),
  workaround: Type.Optional(nullable(Text)),
  rootCause: Type.Optional(nullable(Text)),
  behaviourNote: Type.Optional(nullable(Text)),
}

export const NewWorkItem = closed({
  ...references,
  ...said,
  title: line(500),
  description: Markdown,
  custom: Type.Optional(Custom),
})
export const WorkItemChange = closed({
  revision: Type.Optional(Revision),
  set: closed({
    ...references,
    ...said,
    title: Type.Optional(line(500)),
    description: Type.Optional(Markdown),
    expedite: Type.Optional(Type.Boolean({ description: 'Before all others on the board.' })),
    custom: Type.Optional(CustomChange),
  }),
})
export const Move = closed({ revision: Type.Optional(Revision), to: oneOf(WORK_ITEM_STATES) })
export const Accept = closed({ revision: Type.Optional(Revision), assignee: Type.Optional(nullable(Ref)) })
export const Decline = closed({
  revision: Type.Optional(Revision),
  reason: line(2_000, 'In words fit for customers: it reaches every ticket behind it.'),
})
export const Duplicate = closed({ revision: Type.Optional(Revision), of: Ref })
export const Ask = closed({ revision: Type.Optional(Revision), question: Markdown })
export const CloseQuestion = closed({ revision: Type.Optional(Revision) })
export const Snooze = closed({ revision: Type.Optional(Revision), until: Instant })
export const NewLink = closed({
  role: Type.Optional(oneOf(LINK_ROLES, 'How this one stands to the other; with `to`.')),
  to: Type.Optional(Ref),
  url: Type.Optional(line(2_000, 'An address elsewhere, instead of `role` and `to`.')),
  title: Type.Optional(Line),
})
export const ByLink = closed({ ref: Ref, link: Id })
export const Asked = Type.Object({
  comment: Type.Object({ id: Id }),
  asked: Type.Integer({ description: 'Tickets that now wait for an answer.' }),
})

const WithoutCustomer = Type.Integer({
  description: 'Of the tickets behind it, those of whose customer nothing is known.',
})

export const ListedWorkItem = Type.Object({
  id: Id,
  key: Type.String(),
  kind: oneOf(WORK_ITEM_KINDS),
  title: Type.String(),
  state: oneOf(WORK_ITEM_STATES),
  priority: nullable(Type.String()),
  severity: nullable(oneOf(SEVERITIES)),
  team: nullable(Type.String()),
  assignee: nullable(Type.String()),
  component: nullable(Type.String()),
  release: nullable(Type.String()),
  engineeringStatus: oneOf(ENGINEERING_STATUSES),
  tickets: Type.Integer(),
  customers: Type.Integer(),
  withoutCustomer: WithoutCustomer,
  statusMovedAt: Instant,
  revision: Type.Integer(),
  createdAt: Instant,
  updatedAt: Instant,
})

export const WorkItem = Type.Object({
  id: Id,
  key: Type.String(),
  revision: Type.Integer(),
  kind: oneOf(WORK_ITEM_KINDS),
  state: oneOf(WORK_ITEM_STATES),
  title: Type.String(),
  description: Markdown,
  steps: nullable(Type.String()),
  expected: nullable(Type.String()),
  actual: nullable(Type.String()),
  frequency: nullable(Type.String()),
  since: nullable(Type.String()),
  priority: nullable(Type.String()),
  version: nullable(Type.String()),
  environment: nullable(Type.String()),
  workaround: nullable(Type.String()),
  rootCause: nullable(Type.String()),
  behaviourNote: nullable(Type.String()),
  declineReason: nullable(Type.String()),
  duplicateKey: nullable(Type.String()),
  duplicateOf: nullable(Type.Object({ id: Id, key: Type.String(), title: Type.String() })),
  custom: Custom,
  team: nullable(KeyedName),
  assignee: nullable(Named),
  product: nullable(KeyedName),
  component: nullable(KeyedName),
  release: nullable(ReleaseBadge),
  engineeringStatus: oneOf(ENGINEERING_STATUSES),
  severity: Type.Object(
    { severity: nullable(oneOf(SEVERITIES)) },
    { additionalProperties: true, description: 'Worst of the tickets that wait, and why.' },
  ),
  tickets: Type.Array(
    Type.Object({
      id: Id,
      key: Type.String(),
      title: Type.String(),
      state: oneOf(TICKET_STATES),
      severity: nullable(oneOf(SEVERITIES)),
      customer: nullable(Named),
      owner: nullable(Named),
      escalation: EscalationBadge,
      mirrors: Type.Array(MirrorBadge),
    }),
  ),
  ticketCount: Type.Integer(),
  customerCount: Type.Integer(),
  withoutCustomer: WithoutCustomer,
  mirrors: Type.Array(MirrorBadge),
  expedite: Type.Boolean(),
  snoozedUntil: nullable(Instant),
  links: Type.Array(
    Type.Object({
      id: Id,
      role: oneOf(LINK_ROLES),
      workItem: nullable(
        Type.Object({ id: Id, key: Type.String(), title: Type.String(), state: oneOf(WORK_ITEM_STATES) }),
      ),
      url: nullable(Type.String()),
      title: nullable(Type.String()),
    }),
  ),
  statusMovedAt: Instant,
  createdAt: Instant,
  updatedAt: Instant,
  doneAt: nullable(Instant),
})

/** What the customers behind a work item said, for those who do it. */
export const Voices = Type.Object({
  items: Type.Array(
    Type.Object({
      id: Id,
      key: Type.String(),
      title: Type.String(),
      customer: nullable(Type.String()),
      contact: nullable(Type.String()),
      at: Instant,
      description: Markdown,
      said: Type.Array(Type.Object({ id: Id, at: Instant, author: Type.String(), text: Markdown }), {
        description: 'The last words of the customer, the oldest first.',
      }),
    }),
  ),
})
