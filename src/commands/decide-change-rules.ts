import {
  type ApprovalRule,
  CAUSE_HOURS,
  type ChangeRules,
  MOST_HOLDERS,
  MOST_RULES,
  RETRO_HOURS,
  REVIEW_DAYS,
} from '../domain/change-rules.ts'
import { type Refusal, refuse } from '../domain/refusal.ts'
import { err, ok, type Result } from '../lib/result.ts'
import { sameValue } from '../lib/stable.ts'
import { lockChangeRules, unknownIn, writeChangeRules } from '../store/change-rules.ts'
import { done, NO_EFFECTS, unknown } from './outcome.ts'
import type { Command } from './run-command.ts'

/** Decides who holds which key, who is asked when, and what is owed by when. What was asked already stays asked. */
export const decideChangeRules: Command<{ readonly rules: ChangeRules }, ChangeRules> = async (
  tx,
  _context,
  { rules },
) => {
  const before = await lockChangeRules(tx)
  const checked = checkRules(rules)
  if (!checked.ok) return checked
  const missing = await unknownIn(tx, idsIn(rules))
  if (missing !== null) return unknown(missing.noun, missing.id, '/rules')
  if (sameValue(before, rules)) return done(rules, NO_EFFECTS)
  await writeChangeRules(tx, rules)
  const event = { kind: 'change-rules.changed', record: null, data: { from: before, to: rules } } as const
  return done(rules, { events: [event], changed: [] })
}

const checkRules = (rules: ChangeRules): Result<null, Refusal> => {
  for (const [field, value, { min, max }] of [
    ['retroApprovalHours', rules.retroApprovalHours, RETRO_HOURS],
    ['reviewDays', rules.reviewDays, REVIEW_DAYS],
    ['causeHours', rules.causeHours, CAUSE_HOURS],
  ] as const)
    if (!Number.isInteger(value) || value < min || value > max)
      return err(refuse('invalid', `Give a whole number, from ${min} to ${max}.`, { field: `/${field}` }))
  const { from, to } = rules.workingHours
  if (from >= to)
    return err(refuse('invalid', 'The working hours end before they begin.', { field: '/workingHours' }))
  if (rules.approvals.length > MOST_RULES)
    return err(refuse('invalid', `At most ${MOST_RULES} rules.`, { field: '/approvals' }))
  const lists = [rules.changeManagers, ...rules.products.flatMap((one) => [one.changeManagers, one.leads])]
  return lists.some((list) => list.length > MOST_HOLDERS)
    ? err(refuse('invalid', `At most ${MOST_HOLDERS} people hold a key.`, { field: '/changeManagers' }))
    : ok(null)
}

const askedId = ({ asks }: ApprovalRule, what: 'person' | 'team'): readonly string[] =>
  asks.what === what && 'id' in asks ? [asks.id] : []

/** What rules name, by noun. */
export const idsIn = ({ changeManagers, products, approvals }: ChangeRules) => ({
  person: [
    ...changeManagers,
    ...products.flatMap((one) => [...one.changeManagers, ...one.leads]),
    ...approvals.flatMap((rule) => askedId(rule, 'person')),
  ],
  team: approvals.flatMap((rule) => askedId(rule, 'team')),
  product: [
    ...products.map(({ productId }) => productId),
    ...approvals.flatMap(({ productId }) => productId ?? []),
  ],
  environment: approvals.flatMap(({ environmentId }) => environmentId ?? []),
})
