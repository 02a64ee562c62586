import { Type } from 'typebox'
import { Instant, nullable } from '../shapes.ts'

const many = Type.Integer({ description: 'Counted up to a thousand.' })
export const Start = Type.Object({
  isEmpty: Type.Boolean({ description: 'No products, customers, tickets or work items yet.' }),
  sample: nullable(Type.Object({ since: Instant })),
  has: Type.Object({
    people: many,
    teams: many,
    products: many,
    customers: many,
    connections: many,
    tickets: many,
    workItems: many,
  }),
})

export const SampleReach = Type.Object({
  tickets: Type.Integer({ description: 'That go, samples and others.' }),
  workItems: Type.Integer(),
  yourTickets: Type.Integer({ description: 'Of those: made by people since, for a sample customer.' }),
  yourWorkItems: Type.Integer({ description: 'Of those: made by people since, for tickets that all go.' }),
  yourComments: Type.Integer({ description: 'What people said on what goes.' }),
  yourParts: Type.Integer({
    description:
      'Components, releases and installations of yours that belong to a sample product or customer.',
  }),
  touched: Type.Integer({ description: 'Tickets and work items that stay and no longer name a sample.' }),
  mirrors: Type.Integer({ description: 'Items in connected tools, which stay there.' }),
})
