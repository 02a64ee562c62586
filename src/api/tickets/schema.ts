import { Type } from 'typebox'
import {
  ENGINEERING_STATUSES,
  ESCALATION_STATES,
  LEVELS,
  OPEN_NEEDS,
  PRIORITIES,
  SEVERITIES,
  TICKET_KINDS,
  TICKET_STATES,
  WAITING_FOR,
  WORK_ITEM_KINDS,
  WORK_ITEM_STATES,
} from '../../domain/words.ts'
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

const Level = Type.Unsafe<(typeof LEVELS)[number]>({ type: 'integer', enum: [...LEVELS] })

export const TicketQuery = closed({
  ...PageQuery.properties,
  state: Type.Optional(oneOf(TICKET_STATES)),
  needs: Type.Optional(oneOf(OPEN_NEEDS)),
  waitingFor: Type.Optional(oneOf(WAITING_FOR)),
  kind: Type.Optional(oneOf(TICKET_KINDS)),
  severity: Type.Optional(oneOf(SEVERITIES)),
  owner: Type.Optional(
    Type.String({ pattern: '^(me|nobody|[0-9a-f-]{36})$', description: 'An id, `me` or `nobody`.' }),
  ),
  customer: Type.Optional(Id),
  product: Type.Optional(Id),
  component: Type.Optional(Id),
  workItem: Type.Optional(Id),
  escalated: Type.Optional(Type.Boolean()),
  text: Type.Optional(Type.String({ maxLength: 200, description: 'Part of the title, or the key.' })),
  q: QueryText,
})

const references = {
  customer: Type.Optional(nullable(Ref)),
  contact: Type.Optional(nullable(Ref)),
  product: Type.Optional(nullable(Ref)),
  component: Type.Optional(nullable(Ref)),
  installation: Type.Optional(nullable(Id)),
  version: Type.Optional(nullable(Line)),
  environment: Type.Optional(nullable(Line)),
}
const said = {
  kind: Type.Optional(oneOf(TICKET_KINDS)),
  impact: Type.Optional(Level),
  urgency: Type.Optional(Level),
  severity: Type.Optional(nullable(oneOf(SEVERITIES))),
  workaround: Type.Optional(nullable(Text)),
}

export const NewTicket = closed({
  ...references,
  ...said,
  title: line(500),
  description: Markdown,
  owner: Type.Optional(nullable(Ref)),
  custom: Type.Optional(Custom),
})

export const TicketChange = closed({
  revision: Type.Optional(Revision),
  set: closed({
    ...references,
    ...said,
    impact: Type.Optional(nullable(Level)),
    urgency: Type.Optional(nullable(Level)),
    title: Type.Optional(line(500)),
    description: Type.Optional(Markdown),
    workaroundAccepted: Type.Optional(nullable(Type.Boolean())),
    custom: Type.Optional(CustomChange),
  }),
})

export const Step = closed({ revision: Type.Optional(Revision) })
export const Assign = closed({ revision: Type.Optional(Revision), owner: nullable(Ref) })
export const Snooze = closed({
  revision: Type.Optional(Revision),
  waitingFor: oneOf(WAITING_FOR),
  until: Type.Optional(nullable(Instant)),
})
export const Merge = closed({ revision: Type.Optional(Revision), into: Ref })
export const Escalate = closed({
  title: Type.Optional(line(500)),
  description: Type.Optional(Markdown),
  kind: Type.Optional(oneOf(WORK_ITEM_KINDS)),
  steps: Type.Optional(nullable(Text)),
  expected: Type.Optional(nullable(Text)),
  actual: Type.Optional(nullable(Text)),
  frequency: Type.Optional(nullable(Line)),
  since: Type.Optional(nullable(Line)),
  severity: Type.Optional(oneOf(SEVERITIES)),
  workaround: Type.Optional(nullable(Text)),
  files: Type.Optional(
    Type.Array(Id, {
      maxItems: 50,
      description:
        "The ticket's files that engineering gets too; all others it has now stay here until they are shared. Absent: the mapping decides.",
    }),
  ),
})
export const ShareFile = closed({ file: Id })
export const Join = closed({ workItem: Ref })
export const Verify = closed({ works: Type.Boolean({ description: 'False: it is still broken.' }) })
export const Answer = closed({ answer: Markdown })
export const Return = closed({ reason: line(2_000) })
export const Withdraw = closed({ reason: line(2_000, 'For engineering: customers do not read it.') })
export const Withdrawn = Type.Object({ workItem: Type.Object({ key: Type.String() }) })

export const Escalated = Type.Object({
  escalation: Type.Object({ id: Id, state: oneOf(ESCALATION_STATES) }),
  workItem: Type.Object({ id: Id, key: Type.String() }),
})

export const Suggestions = Type.Object({
  items: Type.Array(
    Type.Object({
      id: Id,
      key: Type.String(),
      title: Type.String(),
      state: oneOf(WORK_ITEM_STATES),
      tickets: Type.Integer(),
      score: Type.Number(),
      reasons: Type.Array(Type.String()),
    }),
  ),
})

const Standing = Type.String({ description: 'Where it stands, in a sentence for the customer.' })
/** How we work inside: for staff only. */
const whoseMove = {
  needs: Type.Optional(nullable(oneOf(OPEN_NEEDS))),
  waitingFor: Type.Optional(nullable(oneOf(WAITING_FOR))),
}

const PriorityDerived = Type.Boolean({
  description: 'Nobody set impact and urgency: they follow the severity.',
})

export const ListedTicket = Type.Object({
  id: Id,
  key: Type.String(),
  kind: oneOf(TICKET_KINDS),
  title: Type.String(),
  state: oneOf(TICKET_STATES),
  standing: Standing,
  priority: oneOf(PRIORITIES),
  engineeringStatus: oneOf(ENGINEERING_STATUSES),
  customer: nullable(Type.String()),
  owner: nullable(Type.String()),
  createdAt: Instant,
  updatedAt: Instant,
  // for staff only
  ...whoseMove,
  severity: Type.Optional(nullable(oneOf(SEVERITIES))),
  priorityDerived: Type.Optional(PriorityDerived),
  component: Type.Optional(nullable(Type.String())),
  workItem: Type.Optional(nullable(Type.String())),
  escalationState: Type.Optional(nullable(oneOf(ESCALATION_STATES))),
  wokenAt: Type.Optional(nullable(Instant)),
  wokenBecause: Type.Optional(nullable(Type.String())),
  revision: Type.Optional(Type.Integer()),
})

const TicketInShort = Type.Object({
  id: Id,
  key: Type.String(),
  title: Type.String(),
  state: oneOf(TICKET_STATES),
})

export const Ticket = Type.Object(
  {
    id: Id,
    key: Type.String(),
    kind: oneOf(TICKET_KINDS),
    title: Type.String(),
    description: Markdown,
    state: oneOf(TICKET_STATES),
    standing: Standing,
    ...whoseMove,
    priority: oneOf(PRIORITIES),
    product: nullable(KeyedName),
    installation: nullable(
      Type.Object({ id: Id, environment: Type.String(), version: nullable(Type.String()) }),
    ),
    version: nullable(Type.String()),
    environment: nullable(Type.String()),
    workaround: nullable(Type.String()),
    workaroundAccepted: nullable(Type.Boolean()),
    engineeringStatus: oneOf(ENGINEERING_STATUSES),
    release: nullable(ReleaseBadge),
    /** Words of engineering that are fit for customers. */
    answer: nullable(
      Type.Object({
        workaround: nullable(Type.String()),
        behaviourNote: nullable(Type.String()),
        declineReason: nullable(Type.String()),
      }),
    ),
    customer: nullable(KeyedName),
    contact: nullable(Named),
    owner: nullable(Named),
    mergedInto: nullable(Type.Object({ id: Id, key: Type.String() })),
    reopenedCount: Type.Integer(),
    createdAt: Instant,
    updatedAt: Instant,
    resolvedAt: nullable(Instant),
    closedAt: nullable(Instant),
    inside: Type.Optional(
      Type.Object(
        {
          revision: Type.Integer(),
          impact: Level,
          urgency: Level,
          priorityDerived: PriorityDerived,
          severity: nullable(oneOf(SEVERITIES)),
          tier: nullable(Type.String()),
          contactEmail: nullable(Type.String()),
          component: nullable(Type.Object({ ...KeyedName.properties, team: KeyedName })),
          custom: Custom,
          answers: Type.Array(Type.Object({ label: Type.String(), value: Type.String() }), {
            description: 'To the form of the product.',
          }),
          snoozedUntil: nullable(Instant),
          wokenAt: nullable(Instant),
          wokenBecause: nullable(Type.String()),
          escalation: nullable(EscalationBadge),
          workItem: nullable(
            Type.Object({
              id: Id,
              key: Type.String(),
              title: Type.String(),
              state: oneOf(WORK_ITEM_STATES),
              statusMovedAt: Instant,
              team: nullable(KeyedName),
              assignee: nullable(Named),
              duplicateKey: nullable(Type.String()),
              rootCause: nullable(Type.String()),
              mirrors: Type.Array(MirrorBadge),
            }),
          ),
          mirrors: Type.Array(MirrorBadge),
          links: Type.Array(
            Type.Object({
              id: Id,
              ticket: nullable(TicketInShort),
              url: nullable(Type.String()),
              title: nullable(Type.String()),
            }),
          ),
          mergedFrom: Type.Array(TicketInShort),
          withheld: Type.Array(Named, {
            description: 'Files left out when it was escalated: engineering does not have them.',
          }),
        },
        { description: 'For staff only; absent for customers.' },
      ),
    ),
  },
  { description: 'A ticket with all that stands around it.' },
)
