import { err, ok, type Result } from '../lib/result.ts'
import type { ApprovalRule, Asked } from './change-rules.ts'
import { type Refusal, refuse } from './refusal.ts'
import type { ChangeKind, RiskLevel } from './words.ts'

/** What rules look at. */
export interface RuledChange {
  readonly kind: ChangeKind
  readonly level: RiskLevel
  readonly productId: string
  readonly environmentIds: readonly string[]
}

/** `change manager`, `product lead`, `person:<id>`, `team:<id>`: the name of a key. */
export const keyNameOf = (asked: Asked): string => ('id' in asked ? `${asked.what}:${asked.id}` : asked.what)

/** The key that lets a change into a freeze; asked for beside the others. */
export const FREEZE_KEY = 'freeze exception'

const EMERGENCY: readonly Asked[] = [{ what: 'change manager' }, { what: 'product lead' }]
const ANYBODY: Asked = { what: 'change manager' }

/**
 * Whose keys a change needs. An emergency: always the change manager's and the product lead's. A standard change: none,
 * its model was approved. A normal one that no rule names: the change manager's, so that
 * forgetting a rule opens no door.
 */
export const askedKeys = (change: RuledChange, rules: readonly ApprovalRule[]): readonly Asked[] => {
  if (change.kind === 'standard') return []
  const matching = rules
    .filter(
      (rule) =>
        (rule.kind === null || rule.kind === change.kind) &&
        (rule.level === null || rule.level === change.level) &&
        (rule.productId === null || rule.productId === change.productId) &&
        (rule.environmentId === null || change.environmentIds.includes(rule.environmentId)),
    )
    .map(({ asks }) => asks)
  const asked = change.kind === 'emergency' ? [...EMERGENCY, ...matching] : matching
  if (change.kind === 'normal' && asked.length === 0) return [ANYBODY]
  return [...new Map(asked.map((one) => [keyNameOf(one), one])).values()]
}

/** A key that was given or refused. */
export interface GivenKey {
  readonly name: string
  readonly personId: string
  readonly decision: 'approved' | 'rejected'
  /** The version of plan, window and scope that it was given for. */
  readonly scope: number
}

export type KeyStanding = 'waiting' | 'approved' | 'rejected'

/** A key counts for the plan that was read when it was given: one for an earlier plan is void. */
export const standingOf = (name: string, keys: readonly GivenKey[], scope: number): KeyStanding =>
  keys.find((key) => key.name === name && key.scope === scope)?.decision ?? 'waiting'

export const areAllGiven = (names: readonly string[], keys: readonly GivenKey[], scope: number): boolean =>
  names.every((name) => standingOf(name, keys, scope) === 'approved')

export interface Giving {
  readonly name: string
  readonly personId: string
  /** Who may turn this key. */
  readonly holders: readonly string[]
  /** Who made the change, who carries it out and who began it: they approve nothing of it. */
  readonly own: readonly string[]
}

/** Whether somebody may turn a key: they hold it, the change is not their own, and they turned no other of it. */
export const checkKey = (giving: Giving, keys: readonly GivenKey[], scope: number): Result<null, Refusal> => {
  const { name, personId, holders, own } = giving
  const now = keys.filter((key) => key.scope === scope)
  if (now.some((key) => key.name === name))
    return err(refuse('already-done', 'This key was given already.', { field: '/key' }))
  if (!holders.includes(personId))
    return err(refuse('not-allowed', 'This key is not yours to give. The change shows who holds it.'))
  if (own.includes(personId))
    return err(refuse('not-allowed', 'Nobody approves their own change: somebody else has to look at it.'))
  return name !== FREEZE_KEY && now.some((key) => key.personId === personId && key.name !== FREEZE_KEY)
    ? err(refuse('not-allowed', 'You gave a key of this change already: two keys are two people.'))
    : ok(null)
}
