import { Type } from 'typebox'
import { CONFLICT_CHOICES } from '../../domain/conflict-choice.ts'
import { KEPT_BECAUSE, UNDO_SIDES } from '../../domain/undo.ts'
import { closed, Id, Instant, nullable, oneOf, ToldHold } from '../shapes.ts'

export const ByKey = closed({
  key: Type.String({ minLength: 1, maxLength: 200, description: 'Of a record here, or of its item there.' }),
})
export const WhyQuery = closed({ field: Type.Optional(Type.String({ maxLength: 200 })) })

const Value = Type.Union([
  Type.Null(),
  Type.Boolean(),
  Type.Number(),
  Type.String({ maxLength: 200_000 }),
  Type.Array(Type.String({ maxLength: 2_000 }), { maxItems: 1_000 }),
])

export const Settle = closed({
  choice: oneOf(CONFLICT_CHOICES, 'Which side counts; base: what stood before; value: see `value`.'),
  value: Type.Optional(
    Type.Union(Value.anyOf, { description: 'What both sides shall show; Markdown for a rich text.' }),
  ),
})
export const SettleAlike = closed({
  choice: oneOf(['hub', 'tool', 'base'], 'Which side counts in all of them.'),
  dryRun: Type.Optional(Type.Boolean({ description: 'Only count them.' })),
})
export const SettledAlike = Type.Object({
  count: Type.Integer({
    description: 'Open conflicts of the same field on the same connection, at most 500 at once.',
  }),
  settled: Type.Array(Id),
  refused: Type.Array(Type.Object({ id: Id, detail: Type.String() })),
})

export const Settled = Type.Object({ mirror: Id, field: Type.String() })

export const Sync = closed({
  createAgain: Type.Optional(
    Type.Boolean({
      description: 'A person looked in the tool: the create whose answer was lost did not happen.',
    }),
  ),
})
export const Synced = Type.Object({ mirrors: Type.Integer() })

export const Undo = closed({
  event: Type.Optional(Id),
  key: Type.Optional(Type.String({ minLength: 1, maxLength: 200, description: 'Its last crossing.' })),
  conflict: Type.Optional(
    Type.Unsafe<string>({ ...Id, description: 'A settled one: what was written for it since.' }),
  ),
  sides: Type.Optional(
    oneOf(
      UNDO_SIDES,
      'Of what was written there: only `there` (by default; the difference is asked about), or shall the value from before count on `both` sides.',
    ),
  ),
  dryRun: Type.Optional(Type.Boolean({ description: 'Only say what it would do.' })),
})
const NowAndThen = Type.Object({ now: Type.Unknown(), after: Type.Unknown() })
export const Undone = Type.Object({
  event: Id,
  undone: Type.Array(
    Type.Object({
      field: Type.String(),
      side: oneOf(
        ['here', 'there', 'both'],
        'Where a value is put back; both: the tool gets its own back, which then counts here too.',
      ),
      hub: NowAndThen,
      tool: NowAndThen,
    }),
  ),
  skipped: Type.Array(Type.Object({ field: Type.String(), reason: oneOf(KEPT_BECAUSE) })),
})

/** One time that a value of this field went over. */
export const Crossing = Type.Object({
  eventId: Id,
  at: Instant,
  actor: Type.Object({ kind: Type.String(), name: Type.String() }),
  because: Type.String({ description: 'Why the item was looked at then.' }),
  line: Type.Object({
    to: oneOf(['hub', 'tool']),
    rule: Type.String(),
    from: Type.Unknown({ description: 'The value on the side it came from.' }),
    value: Type.Unknown(),
    before: Type.Unknown({ description: 'What stood there before: what an undo puts back.' }),
    overwrites: Type.Optional(Type.Unknown({ description: 'A value that was there and was not kept.' })),
  }),
})

export const Story = Type.Object({
  field: Type.String(),
  toolField: Type.String(),
  connection: Type.String(),
  item: Type.Object({ key: nullable(Type.String()), url: nullable(Type.String()) }),
  value: Type.Unknown({ description: 'What stood here when both sides last agreed.' }),
  there: Type.Unknown({ description: 'What the tool showed then.' }),
  bothEmpty: Type.Boolean({ description: 'Nothing stands here, nothing there: nothing waits.' }),
  by: nullable(Type.String()),
  because: nullable(Type.String()),
  rule: nullable(Type.String()),
  at: nullable(Type.String()),
  hold: nullable(
    Type.Object({ reason: Type.String(), nextStep: Type.String(), told: ToldHold, since: Instant }),
  ),
  conflict: nullable(Type.Object({ id: Id, hub: Type.Unknown(), tool: Type.Unknown(), openedAt: Instant })),
  crossings: Type.Array(Crossing, { description: 'The latest first.' }),
})
export const Why = Type.Object({ fields: Type.Array(Story) })
