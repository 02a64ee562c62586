import { missingPlans } from '../domain/change.ts'
import { askedKeys, FREEZE_KEY, keyNameOf, standingOf } from '../domain/change-approval.ts'
import { freezesOf } from '../domain/change-gate.ts'
import { isOutsideHours, type Risk, riskOf } from '../domain/change-risk.ts'
import type { Asked, ChangeRules } from '../domain/change-rules.ts'
import { type Refusal, refuse } from '../domain/refusal.ts'
import { err, ok, type Result } from '../lib/result.ts'
import { said } from '../lib/said.ts'
import { countRisk } from '../store/change-facts.ts'
import { readChangeRules } from '../store/change-rules.ts'
import { type Change, keysOf, readParts } from '../store/changes.ts'
import type { Tx } from '../store/database.ts'
import { freezesIn } from '../store/freezes.ts'
import { readSettings } from '../store/settings.ts'
import { type ChangeId, changeEvent, heldChange, moveChange, type OfChange, windowOf } from './held-change.ts'
import { done } from './outcome.ts'
import type { Command } from './run-command.ts'

type Assessed = Pick<
  Change,
  | 'id'
  | 'kind'
  | 'product_id'
  | 'starts_at'
  | 'ends_at'
  | 'plan_back_out'
  | 'is_back_out_tested'
  | 'test_evidence'
>

/** The risk of a change as it stands now. */
export const assessRisk = async (tx: Tx, change: Assessed, rules: ChangeRules, now: Date): Promise<Risk> => {
  const window = windowOf(change)
  const counted = await countRisk(tx, { id: change.id, productId: change.product_id }, now)
  const freezes = window === null ? [] : await freezesIn(tx, window)
  const { timeZone } = await readSettings(tx)
  return riskOf({
    ...counted,
    hasBackOut: change.plan_back_out.trim() !== '',
    isBackOutTested: change.is_back_out_tested,
    hasTestEvidence: change.test_evidence !== null,
    window,
    isOutsideHours: window !== null && isOutsideHours(window, rules.workingHours, timeZone ?? 'UTC'),
    isInFreeze: freezesOf(change.product_id, window, freezes).length > 0,
  })
}

/** Its risk, and whose keys the rules ask for by it. */
export const askedFor = async (
  tx: Tx,
  change: Assessed,
  now: Date,
): Promise<{ readonly risk: Risk; readonly asked: readonly Asked[] }> => {
  const rules = await readChangeRules(tx)
  const risk = await assessRisk(tx, change, rules, now)
  const { environmentIds } = await readParts(tx, change.id)
  const ruled = { kind: change.kind, level: risk.level, productId: change.product_id, environmentIds }
  return { risk, asked: askedKeys(ruled, rules.approvals) }
}

export const askedColumns = ({ risk, asked }: Awaited<ReturnType<typeof askedFor>>) => ({
  risk: JSON.stringify(risk),
  asked: JSON.stringify(asked),
})

/** Asks those for their keys whom the rules name. The plans have to be there, and the window outside of every freeze. */
export const askKeys: Command<OfChange, ChangeId> = async (tx, context, input) => {
  const held = await heldChange(tx, input)
  if (!held.ok) return held
  const change = held.value
  const isReady = await checkReady(tx, change, context.now)
  if (!isReady.ok) return isReady
  const answer = await askedFor(tx, change, context.now)
  const moved = await moveChange(tx, change, 'ask', askedColumns(answer), context.now)
  if (!moved.ok) return moved
  const { id, key } = change
  const data = { keys: answer.asked.map(keyNameOf), level: answer.risk.level, to: moved.value }
  return done({ id, key }, { events: [changeEvent('change.asked', change, data)], changed: [] })
}

const PLAN_MISSING = {
  implement: said`Write first how it is implemented.`,
  test: said`Write first how it is tested.`,
  backOut: said`Write first how it is backed out.`,
} as const

const checkReady = async (tx: Tx, change: Change, now: Date): Promise<Result<null, Refusal>> => {
  const missing = missingPlans(change.kind, {
    implement: change.plan_implement,
    test: change.plan_test,
    backOut: change.plan_back_out,
  })
  if (missing[0] !== undefined)
    return err(
      refuse('invalid', PLAN_MISSING[missing[0]], {
        field: `/plans/${missing[0]}`,
      }),
    )
  const window = windowOf(change)
  if (window === null)
    return err(
      refuse('invalid', 'Plan a window first: from when to when it is carried out.', { field: '/from' }),
    )
  if (window.to <= now) return err(refuse('invalid', 'The window is past. Plan another.', { field: '/from' }))
  const [freeze] = freezesOf(change.product_id, window, await freezesIn(tx, window))
  if (freeze === undefined) return ok(null)
  const isExcepted = standingOf(FREEZE_KEY, await given(tx, change.id), change.scope) === 'approved'
  return isExcepted
    ? ok(null)
    : err(
        refuse(
          'wrong-state',
          `The window lies in a freeze: ${freeze.reason}. Plan another, or ask the change manager for an exception.`,
          { field: '/from' },
        ),
      )
}

/** The keys of a change as the core looks at them. */
export const given = async (tx: Tx, changeId: string) =>
  (await keysOf(tx, changeId)).map(({ name, person_id, decision, scope }) => ({
    ...{ name, decision, scope },
    personId: person_id,
  }))
