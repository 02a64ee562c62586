import type { NewEvent } from '../domain/event.ts'
import type { PlainRound } from '../store/plain-rounds.ts'
import { type PlanRecord, syncedEvent, withoutWords } from './record-plan.ts'
import type { Receipts } from './record-receipts.ts'
import type { CommandContext } from './run-command.ts'

/**
 * Halves of a round that can be recorded together with those of other mirrors, in one statement. Null: something
 * changes here, waits or went wrong, and it takes a transaction of its own (`recordPlan`, `recordReceipts`).
 */
export const plainPlan = (context: CommandContext, input: PlanRecord): PlainRound | null => {
  const { fields, state } = input.plan.hub
  if (!changesNoWords(input) || Object.keys(fields).length > 0 || state !== null) return null
  const synced = syncedEvent(input, [])
  return roundOf(context, input, synced === null ? [] : [synced])
}

/** Whether it changes at most fields of the record: no words, nothing that waits, nothing left of earlier rounds. */
export const changesNoWords = (input: PlanRecord): boolean => {
  const { mirror, plan, view } = input
  const words = plan.hub.comments.length + plan.hub.attachments.length + plan.elements.length
  const waits = plan.holds.length + plan.conflicts.length + input.missed.length + input.settled.length
  const confirms = view.kind === 'work item' && mirror.remote_key === null
  return words + waits === 0 && !input.filesPending && input.again === null && !confirms
}

export const roundOf = (
  context: CommandContext,
  input: PlanRecord,
  events: readonly NewEvent[],
): PlainRound => ({
  mirror: input.mirror,
  clean: input.attempts.length === 0,
  base: input.plan.base,
  snapshot: withoutWords(input.snapshot),
  mappingVersion: input.mappingVersion,
  writes: null,
  attempts: input.attempts,
  ends: input.ends,
  actor: context.actor,
  cause: context.cause,
  events: events.map((event) => ({ ...event, id: context.newId() })),
  now: context.now,
})

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
    actor: context.actor,
    cause: context.cause,
    events: [],
    now: context.now,
  }
}
