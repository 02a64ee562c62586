import { Type } from 'typebox'
import { GATE_CODES } from '../../domain/change-gate.ts'
import { RISK_PARTS } from '../../domain/change-risk.ts'
import {
  CHANGE_KINDS,
  CHANGE_OUTCOMES,
  CHANGE_STATES,
  RISK_LEVELS,
  WORK_ITEM_KINDS,
  WORK_ITEM_STATES,
} from '../../domain/words.ts'
import { Actor, KeyedName, Named, Ref, Revision, Text } from '../record-shapes.ts'
import { closed, Id, Instant, line, nullable, oneOf, PageQuery } from '../shapes.ts'

const Window = closed({
  from: Type.String({ format: 'date-time', description: 'ISO 8601, a whole minute.' }),
  to: Type.String({ format: 'date-time', description: 'At most 90 days later.' }),
})
const Plan = Type.String({ maxLength: 20_000 })
const Refs = Type.Array(Ref, { maxItems: 100, uniqueItems: true })

const written = {
  title: line(1_000),
  reason: Type.String({ maxLength: 20_000, description: 'Why it is done.' }),
  release: nullable(line(320, 'Id or name of a release of the product.')),
  components: Refs,
  environments: Refs,
  workItems: Type.Array(Ref, { maxItems: 100, uniqueItems: true, description: 'Work items it brings.' }),
  displaces: Type.Array(Ref, {
    maxItems: 100,
    uniqueItems: true,
    description:
      'Planned work that waits for it. An emergency has to say it; an empty list says that there is none.',
  }),
  owner: nullable(line(320, 'Id or e-mail of who carries it out; absent: whoever asks.')),
  window: nullable(Window),
  plans: closed({
    implement: Type.Optional(Plan),
    test: Type.Optional(Plan),
    backOut: Type.Optional(Plan),
  }),
  isBackOutTested: Type.Boolean(),
  testEvidence: nullable(
    Type.String({ maxLength: 20_000, description: 'What was tested, or where that is written.' }),
  ),
  url: nullable(line(500, 'Where the pipeline shows it.')),
} as const

type Some<T extends Record<string, import('typebox').TSchema>> = {
  [K in keyof T]: ReturnType<typeof Type.Optional<T[K]>>
}
const some = <T extends Record<string, import('typebox').TSchema>>(members: T): Some<T> =>
  Object.fromEntries(
    Object.entries(members).map(([name, schema]) => [name, Type.Optional(schema)]),
  ) as unknown as Some<T>

const { title, reason: why, ...rest } = written
export const NewChange = closed({
  kind: oneOf(CHANGE_KINDS),
  product: Ref,
  model: Type.Optional(
    Type.String({ format: 'uuid', description: 'Of a standard change: what it is made from.' }),
  ),
  title,
  reason: why,
  ...some(rest),
})
export const ChangeEdit = closed({ revision: Type.Optional(Revision), ...some(written) })

const revision = Type.Optional(Revision)
export const ChangeStep = closed({ revision })
export const ChangeReason = closed({ revision, reason: line(20_000) })
export const ChangeStart = closed({
  revision,
  withoutKeys: Type.Optional(
    line(20_000, 'Of an emergency: why it begins before its keys are given. They are then owed.'),
  ),
})
export const ChangeFinish = closed({
  revision,
  outcome: oneOf(CHANGE_OUTCOMES),
  note: Type.Optional(Text),
})
export const ChangeReview = closed({ revision, review: line(20_000, 'What was learnt.') })
export const ChangeKeyGiven = closed({
  revision,
  key: line(100, '`change manager`, `product lead`, `freeze exception`, or the name that the change shows.'),
  decision: oneOf(['approved', 'rejected']),
  reason: Type.Optional(Text),
})

export const ChangeQuery = closed({
  ...PageQuery.properties,
  state: Type.Optional(oneOf(CHANGE_STATES)),
  open: Type.Optional(Type.Boolean({ description: 'Those that are not closed, rejected or cancelled.' })),
  kind: Type.Optional(oneOf(CHANGE_KINDS)),
  product: Type.Optional(Id),
  environment: Type.Optional(Id),
  release: Type.Optional(Id),
  workItem: Type.Optional(Ref),
  owner: Type.Optional(Id),
  mine: Type.Optional(Type.Boolean({ description: 'Those that wait for a key of whoever asks.' })),
  late: Type.Optional(Type.Boolean({ description: 'Whose keys or review are owed, and overdue.' })),
  text: Type.Optional(Type.String({ maxLength: 200 })),
})

export const ListedChange = Type.Object({
  id: Id,
  key: Type.String(),
  kind: oneOf(CHANGE_KINDS),
  state: oneOf(CHANGE_STATES),
  outcome: nullable(oneOf(CHANGE_OUTCOMES)),
  title: Type.String(),
  product: KeyedName,
  environments: Type.Array(KeyedName),
  release: nullable(Named),
  owner: nullable(Named),
  from: nullable(Instant),
  to: nullable(Instant),
  level: nullable(oneOf(RISK_LEVELS, 'Of its risk; null: it was not assessed yet.')),
  keysWaiting: Type.Integer({ description: 'Keys that are asked for and not given.' }),
  retroDueAt: nullable(Instant),
  retroDoneAt: nullable(Instant),
  reviewDueAt: nullable(Instant),
  isLate: Type.Boolean(),
  updatedAt: Instant,
  revision: Type.Integer(),
})

const Risk = Type.Object({
  parts: Type.Array(
    Type.Object({
      part: oneOf(RISK_PARTS),
      because: Type.String({ description: 'Which sentence about this part holds.' }),
      points: Type.Integer(),
      most: Type.Integer(),
      values: Type.Record(Type.String(), Type.Integer()),
    }),
  ),
  points: Type.Integer(),
  most: Type.Integer(),
  level: oneOf(RISK_LEVELS),
})

const Key = Type.Object({
  name: Type.String({ description: 'What to give it by.' }),
  asks: oneOf(['change manager', 'product lead', 'person', 'team', 'freeze exception']),
  of: nullable(Named),
  holders: Type.Array(Named, { description: 'Who may give it; twenty at most.' }),
  given: nullable(
    Type.Object({
      decision: oneOf(['approved', 'rejected']),
      by: Named,
      at: Instant,
      reason: nullable(Type.String()),
    }),
  ),
})

const Span = { from: Instant, to: Instant }
const FreezeShort = Type.Object({ id: Id, reason: Type.String(), ...Span })
export const ChangeConflict = Type.Object({
  kind: oneOf(['changes at once', 'emergency and plan', 'change in freeze', 'change and booking']),
  changes: Type.Array(
    Type.Object({ id: Id, key: Type.String(), title: Type.String(), kind: oneOf(CHANGE_KINDS), ...Span }),
  ),
  freeze: nullable(FreezeShort),
  booking: nullable(
    Type.Object({ id: Id, environment: KeyedName, person: Named, purpose: Type.String(), ...Span }),
  ),
})

export const Gate = Type.Object({
  isOpen: Type.Boolean({ description: 'It may be carried out now.' }),
  reasons: Type.Array(
    Type.Object({
      code: oneOf(GATE_CODES),
      text: Type.String(),
      until: nullable(
        Type.String({ format: 'date-time', description: 'When to ask again, where that is known.' }),
      ),
    }),
  ),
})

export const Change = Type.Object({
  ...ListedChange.properties,
  reason: Type.String(),
  createdBy: Actor,
  createdAt: Instant,
  model: nullable(Named),
  components: Type.Array(KeyedName),
  workItems: Type.Array(
    Type.Object({
      id: Id,
      key: Type.String(),
      title: Type.String(),
      kind: oneOf(WORK_ITEM_KINDS),
      state: oneOf(WORK_ITEM_STATES),
      relation: oneOf(['brings', 'displaces']),
    }),
  ),
  plans: Type.Object({ implement: Type.String(), test: Type.String(), backOut: Type.String() }),
  isBackOutTested: Type.Boolean(),
  testEvidence: nullable(Type.String()),
  url: nullable(Type.String()),
  risk: Risk,
  isAssessed: Type.Boolean({
    description: 'The risk is as it was when keys were asked for; else as it is now.',
  }),
  keys: Type.Array(Key),
  begunEarly: nullable(Type.String({ description: 'Why it began before its keys were given.' })),
  endNote: nullable(Type.String()),
  review: nullable(Type.String()),
  begunAt: nullable(Instant),
  begunBy: nullable(Actor),
  finishedAt: nullable(Instant),
  endedAt: nullable(Instant),
  freezes: Type.Array(FreezeShort, { description: 'That its window lies in.' }),
  conflicts: Type.Array(ChangeConflict),
  gate: Gate,
})

export const ChangeEvent = Type.Object({
  id: Id,
  at: Instant,
  kind: Type.String(),
  actor: Actor,
  data: Type.Record(Type.String(), Type.Unknown()),
})
