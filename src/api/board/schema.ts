import { Type } from 'typebox'
import { RELEASE_STATES, SEVERITIES, WORK_ITEM_KINDS, WORK_ITEM_STATES } from '../../domain/words.ts'
import { BOARD_STATES } from '../../domain/work-item.ts'
import { Named, Ref } from '../record-shapes.ts'
import { closed, Day, Id, Instant, nullable, oneOf, PageQuery } from '../shapes.ts'

const idOrNobody = Type.Optional(
  Type.String({ pattern: '^(nobody|[0-9a-f-]{36})$', description: 'An id or `nobody`.' }),
)
export const Filters = {
  team: idOrNobody,
  assignee: idOrNobody,
  component: Type.Optional(Id),
  product: Type.Optional(Id),
  release: idOrNobody,
  kind: Type.Optional(oneOf(WORK_ITEM_KINDS)),
  text: Type.Optional(Type.String({ maxLength: 200, description: 'Part of the title, or the key.' })),
}
export const WorkFilters = closed(Filters)

export const CARDS_MAX = 200
const column = Type.Optional(
  Type.Integer({ minimum: 1, maximum: CARDS_MAX, default: 20, description: 'Cards wanted of this column.' }),
)
export const BoardQuery = closed({
  ...Filters,
  triage: column,
  backlog: column,
  ready: column,
  started: column,
  'in review': column,
  verifying: column,
  done: column,
})

export const WorkCard = Type.Object({
  id: Id,
  key: Type.String(),
  kind: oneOf(WORK_ITEM_KINDS),
  title: Type.String(),
  state: oneOf(WORK_ITEM_STATES),
  expedite: Type.Boolean(),
  priority: nullable(Type.String()),
  severity: nullable(oneOf(SEVERITIES)),
  team: nullable(Named),
  assignee: nullable(Named),
  component: nullable(Type.String()),
  release: nullable(
    Type.Object({ id: Id, name: Type.String(), state: oneOf(RELEASE_STATES), to: nullable(Day) }),
  ),
  tickets: Type.Integer(),
  customers: Type.Integer(),
  withoutCustomer: Type.Integer(),
  customer: nullable(Type.String({ description: 'Who has most of the tickets behind it.' })),
  asked: Type.Boolean({ description: 'Support owes an answer.' }),
  blockedBy: Type.Array(Type.String({ description: 'Key.' })),
  snoozedUntil: nullable(Instant),
  statusMovedAt: Instant,
  updatedAt: Instant,
  revision: Type.Integer(),
})

export const Board = Type.Object({
  columns: Type.Array(
    Type.Object({
      state: oneOf(BOARD_STATES),
      count: Type.Integer({ description: 'All that fit the filter; `cards` are the first of them.' }),
      cards: Type.Array(WorkCard),
      limit: nullable(
        Type.Object({
          most: Type.Integer(),
          inHand: Type.Integer({ description: 'Cards of the team in this state that are not expedited.' }),
        }),
      ),
    }),
  ),
})

export const TriageQuery = closed({
  ...PageQuery.properties,
  ...Filters,
  mine: Type.Optional(Type.Boolean({ description: 'Of my teams, and of no team yet.' })),
  snoozed: Type.Optional(Type.Boolean({ description: 'Only what is put off; else only what is not.' })),
})
export const TriageCountsQuery = closed({ ...Filters, mine: TriageQuery.properties.mine })
export const TriageCounts = Type.Object({ waiting: Type.Integer(), snoozed: Type.Integer() })

export const OwnWork = Type.Object({
  items: Type.Array(
    Type.Object({
      ...WorkCard.properties,
      answeredAt: nullable(
        Type.Unsafe<string>({ ...Instant, description: 'Support answered, and nobody took it up since.' }),
      ),
      brokenSince: nullable(
        Type.Unsafe<string>({ ...Instant, description: 'A customer says that the fix does not help.' }),
      ),
    }),
  ),
})

export const ByColumn = closed({ ref: Ref, state: oneOf(BOARD_STATES) })
export const WipLimit = closed({
  most: nullable(Type.Integer({ minimum: 1, maximum: 999, description: 'Null: no limit.' })),
})
