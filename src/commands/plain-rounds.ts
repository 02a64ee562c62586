import type { PlainRound } from '../store/plain-rounds.ts'
import { type PlanRecord, syncedEvent, withoutWords } from './record-plan.ts'
import type { Receipts } from './record-receipts.ts'
import type { CommandContext } from './run-command.ts'

/**
 * Halves of a round that can be recorded together with those of other mirrors, in one statement. Null: something
 * changes here, waits or went wrong, and it takes a transaction of its own (`recordPlan`, `recordReceipts`).
 */
export const plainPlan = (context: CommandContext, input: PlanRecord): PlainRound | null => {
  const { mirror, plan, view, snapshot } = input
  const { fields, state, comments, attachments } = plan.hub
  const here = Object.keys(fields).length + comments.length + attachments.length + plan.elements.length
  const waits = plan.holds.length + plan.conflicts.length + input.missed.length + input.settled.length
  const confirms = view.kind === 'work item' && mirror.remote_key === null
  if (here + waits > 0 || state !== null || input.filesPending || input.again !== null || confirms)
    return null
  const event = syncedEvent(input, [])
  return {
    mirror,
    clean: input.attempts.length === 0,
    base: plan.base,
    snapshot: withoutWords(snapshot),
    mappingVersion: input.mappingVersion,
    writes: null,
    attempts: input.attempts,
    ends: input.ends,
    event:
      event === null
        ? null
        : { id: context.newId(), actor: context.actor, cause: context.cause ?? 'reconcile', event },
    now: context.now,
  }
}

export const plainReceipts = (context: CommandContext, receipts: Receipts): PlainRound | null => {
  const { mirror, snapshot, fault, retryAt, failures } = receipts
  const more = receipts.elements.length + receipts.holds.length
  if (snapshot === null || !receipts.inStep || receipts.restored || more > 0) return null
  if (fault !== null || retryAt !== null || failures > 0) return null
  return {
    mirror,
    clean: true,
    base: receipts.base,
    snapshot: withoutWords(snapshot),
    mappingVersion: null,
    writes: receipts.writes,
    attempts: [],
    ends: receipts.ends,
    event: null,
    now: context.now,
  }
}
