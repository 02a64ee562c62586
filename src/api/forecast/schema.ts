import { Type } from 'typebox'
import { Named } from '../record-shapes.ts'
import { closed, Day, Id, Instant, nullable, oneOf, PageQuery } from '../shapes.ts'

export const Forecast = Type.Object({
  kind: oneOf(
    ['forecast', 'not enough history', 'nothing left', 'too far'] as const,
    'Only a `forecast` has days.',
  ),
  from: nullable(Day),
  to: nullable(Day),
  confidence: nullable(Type.Integer({ description: 'Percent.' })),
  left: Type.Integer({ description: 'Items of the release that are open.' }),
  done: Type.Integer(),
  finished: Type.Array(Type.Integer(), {
    description: 'Items of the product that were finished in each of the last weeks, the oldest first.',
  }),
  cycle: nullable(
    Type.Object(
      { median: Type.Number(), p85: Type.Number(), items: Type.Integer() },
      { description: 'Days from started to done.' },
    ),
  ),
  promises: Type.Object(
    {
      releases: Type.Integer(),
      held: Type.Integer({ description: 'Came out on or before the last day that was promised first.' }),
      medianSlipDays: nullable(Type.Integer()),
    },
    { description: 'Of the last 20 releases of the product.' },
  ),
})

const HAS = ['yes', 'no', 'unknown'] as const
export const InstallationsQuery = closed({ ...PageQuery.properties, has: Type.Optional(oneOf(HAS)) })
export const ReleaseInstallation = Type.Object({
  id: Id,
  customer: Named,
  environment: Type.String(),
  version: nullable(Type.String()),
  release: nullable(Named),
  has: oneOf(HAS),
  since: nullable(Instant),
})
