import { Type } from 'typebox'
import {
  CAUSE_HOURS,
  MOST_HOLDERS,
  MOST_RULES,
  RETRO_HOURS,
  REVIEW_DAYS,
  RULED_KINDS,
} from '../../domain/change-rules.ts'
import { RISK_LEVELS } from '../../domain/words.ts'
import { closed, Id, nullable, oneOf } from '../shapes.ts'

const People = Type.Array(Id, { maxItems: MOST_HOLDERS, uniqueItems: true })
const whole = ({ min, max }: { readonly min: number; readonly max: number }, description: string) =>
  Type.Integer({ minimum: min, maximum: max, description })

export const ChangeRules = closed({
  changeManagers: Type.Array(Id, {
    maxItems: MOST_HOLDERS,
    uniqueItems: true,
    description: 'Ids of people; none: whoever is an owner.',
  }),
  products: Type.Array(closed({ productId: Id, changeManagers: People, leads: People }), {
    maxItems: 500,
    description: 'Who holds the keys of a product; where a list is empty, what holds for all.',
  }),
  approvals: Type.Array(
    closed({
      kind: nullable(oneOf(RULED_KINDS)),
      level: nullable(oneOf(RISK_LEVELS)),
      productId: nullable(Id),
      environmentId: nullable(Id),
      asks: Type.Union([
        closed({ what: oneOf(['change manager', 'product lead']) }),
        closed({ what: oneOf(['person', 'team']), id: Id }),
      ]),
    }),
    {
      maxItems: MOST_RULES,
      description: 'Every rule that matches asks for its key; null matches everything.',
    },
  ),
  retroApprovalHours: whole(RETRO_HOURS, 'Until the keys of an emergency that began without them are owed.'),
  reviewDays: whole(REVIEW_DAYS, 'Until the review of what ended is owed.'),
  causeHours: whole(CAUSE_HOURS, 'How far before the impact of an incident its cause is looked for.'),
  workingHours: closed({
    from: Type.Integer({ minimum: 0, maximum: 23 }),
    to: Type.Integer({ minimum: 1, maximum: 24 }),
  }),
})

/** With what its ids are called. */
export const ShownRules = Type.Object({
  ...ChangeRules.properties,
  names: Type.Record(Type.String(), Type.String(), {
    description: 'Of every person, team, product and environment that is named.',
  }),
})
