import { Type } from 'typebox'
import {
  ENHANCEMENT_ORDERS,
  ENHANCEMENT_STANDINGS,
  ENHANCEMENT_STATES,
  IMPORTANCES,
  type Importance,
  RECEPTIONS,
} from '../../domain/enhancement.ts'
import { RELEASE_STATES, TICKET_STATES, WORK_ITEM_STATES } from '../../domain/words.ts'
import { Actor, KeyedName, Ref, Revision, Text } from '../record-shapes.ts'
import { closed, Day, Id, Instant, line, nullable, oneOf, PageQuery } from '../shapes.ts'

const Titled = { id: Id, key: Type.String(), title: Type.String() }
const Count = Type.Integer()
const ImportanceGiven = Type.Unsafe<Importance>({ type: 'integer', enum: [...IMPORTANCES] })

export const Enhancement = Type.Object({
  ...Titled,
  product: KeyedName,
  component: nullable(KeyedName),
  problem: Type.String({ description: 'In the user’s words.' }),
  state: oneOf(ENHANCEMENT_STATES),
  standing: oneOf(ENHANCEMENT_STANDINGS, 'What became of it: by the decision, then by its work and release.'),
  publicWords: nullable(Type.String()),
  decision: nullable(Type.Object({ words: Type.String(), by: Actor, at: Instant })),
  demand: Type.Object({
    tickets: Count,
    customers: Count,
    tiers: Type.Record(Type.String(), Count, { description: 'Customers by tier.' }),
    revenue: nullable(Type.Number({ description: 'A year, of the customers whose revenue is known.' })),
    importance: Type.Array(Count, {
      description: 'Tickets that gave 0, 1, 2, 3; and those that were not asked.',
    }),
  }),
  reception: Type.Object({
    adopted: Count,
    praise: Count,
    complaint: Count,
    works: Count,
    stillBroken: Count,
    haveIt: nullable(
      Type.Integer({
        description: 'Customers who asked and run a version that has it; null: it is not out.',
      }),
    ),
    ticketsSince: nullable(Count),
  }),
  workItem: nullable(Type.Object({ ...Titled, state: oneOf(WORK_ITEM_STATES) })),
  release: nullable(
    Type.Object({
      ...{ id: Id, name: Type.String(), state: oneOf(RELEASE_STATES) },
      ...{ from: nullable(Day), to: nullable(Day) },
    }),
  ),
  mergedInto: nullable(Type.Object(Titled)),
  merged: Type.Array(Type.Object(Titled)),
  revision: Type.Integer(),
  createdAt: Instant,
})

export const EnhancementQuery = closed({
  ...PageQuery.properties,
  product: Type.Optional(Id),
  workItem: Type.Optional(Id),
  standing: Type.Optional(oneOf(ENHANCEMENT_STANDINGS)),
  text: Type.Optional(Type.String({ maxLength: 200 })),
  order: Type.Optional(oneOf(ENHANCEMENT_ORDERS, 'One column, the most first; absent: newest.')),
})

export const Ask = Type.Object({
  id: Id,
  ticket: Type.Object({ ...Titled, state: oneOf(TICKET_STATES) }),
  customer: nullable(
    Type.Object({
      ...KeyedName.properties,
      tier: nullable(Type.String()),
      revenue: nullable(Type.Number()),
    }),
  ),
  via: nullable(Type.String({ description: 'Key of the merged request that it asked for.' })),
  importance: nullable(Type.Integer()),
  toldAt: nullable(Instant),
  waitsFor: nullable(
    Type.Object(Titled, {
      description: 'The work that its ticket waits for now; of a merged ticket, there.',
    }),
  ),
  reception: nullable(oneOf(RECEPTIONS)),
  receptionWords: nullable(Type.String()),
  at: Instant,
})

export const UnfiledWish = Type.Object({
  ...Titled,
  state: oneOf(TICKET_STATES),
  customer: nullable(KeyedName),
  product: nullable(KeyedName),
  createdAt: Instant,
})

export const WishOfTicket = Type.Object({
  ask: nullable(Type.Object({ id: Id, importance: nullable(Type.Integer()), enhancement: Enhancement })),
  suggestions: Type.Array(Type.Object({ ...Titled, reasons: Type.Array(Type.String()) })),
})

export const NewEnhancement = closed({
  title: line(500),
  problem: Text,
  product: Ref,
  component: Type.Optional(nullable(Ref)),
  ticket: Type.Optional(Ref),
  importance: Type.Optional(nullable(ImportanceGiven)),
})
export const EnhancementChange = closed({
  revision: Type.Optional(Revision),
  title: Type.Optional(line(500)),
  problem: Type.Optional(Text),
  component: Type.Optional(nullable(Ref)),
  publicWords: Type.Optional(nullable(Text)),
})
export const EnhancementStep = closed({ revision: Type.Optional(Revision) })
export const Decision = closed({
  revision: Type.Optional(Revision),
  decision: oneOf(['accept', 'decline'] as const),
  words: Type.String({
    minLength: 1,
    maxLength: 20_000,
    description: 'Markdown; everybody who asked reads it.',
  }),
})
export const Merge = closed({ revision: Type.Optional(Revision), into: Ref })
export const Build = closed({
  revision: Type.Optional(Revision),
  workItem: Type.Optional(line(320, 'Id or key of the feature; absent: a new one.')),
})
export const NewAsk = closed({ ticket: Ref, importance: Type.Optional(nullable(ImportanceGiven)) })
export const AskChange = closed({
  importance: Type.Optional(nullable(ImportanceGiven)),
  reception: Type.Optional(nullable(oneOf(RECEPTIONS))),
  receptionWords: Type.Optional(nullable(Text)),
})
