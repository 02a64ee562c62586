import type { Tx } from '../store/database.ts'
import { type DirtyMark, markAllDirty } from '../store/dirty.ts'
import { type PlainRound, recordPlainRounds } from '../store/plain-rounds.ts'
import { changesNoWords, roundOf } from './plain-rounds.ts'
import {
  applyFields,
  isSelfContained,
  type PlanRecord,
  type PlanRecorded,
  syncedEvent,
} from './record-plan.ts'
import type { CommandContext } from './run-command.ts'
import { runRules } from './run-rules.ts'

/** A round in which a tool changed fields of ours, and nothing else happens. */
export interface AppliedRound {
  readonly context: CommandContext
  readonly input: PlanRecord
}

/** Whether it may share its transaction. What shows only while it is applied ends the sharing: `NotTogether`. */
export const mayShare = (input: PlanRecord): boolean => input.view.kind !== 'release' && changesNoWords(input)

/** Thrown inside a shared transaction: nothing of it stays, and each of its rounds takes one of its own. */
export class NotTogether extends Error {
  override readonly name = 'NotTogether'
}

/**
 * Writes what the tool changed in several records, in one transaction: two statements a record, and two for all of
 * them. Records are locked first and in one order, then mirrors in one order, so that two of these never wait for
 * each other in a ring.
 */
export const recordApplied = async (
  tx: Tx,
  group: readonly AppliedRound[],
): Promise<readonly PlanRecorded[]> => {
  const rounds: PlainRound[] = []
  const marks: DirtyMark[] = []
  const recorded = new Map<AppliedRound, PlanRecorded>()
  for (const one of [...group].sort((a, b) => (a.input.view.id < b.input.view.id ? -1 : 1))) {
    const { context, input } = one
    const applied = await applyFields(tx, context, input)
    if (!applied.ok) {
      recorded.set(one, { recorded: 'changed' })
      continue
    }
    const ruled = applied.changed.length === 0 ? [] : await runRules(tx, context, viewAfter(input))
    if (applied.holds.length + ruled.length > 0) throw new NotTogether('something waits for a person')
    const { mirror, plan } = input
    const synced = syncedEvent(input, [])
    const round = roundOf(context, input, synced === null ? applied.events : [...applied.events, synced])
    rounds.push(round)
    marks.push(
      ...applied.changed.map((record) => ({ ...record, except: isSelfContained(plan) ? mirror.id : null })),
    )
    recorded.set(one, { recorded: 'yes', clean: round.clean, base: plan.base, holds: [], pending: [] })
  }
  const now = group[0]?.context.now ?? new Date(0)
  const lane = Math.min(...group.map((one) => one.context.lane)) as CommandContext['lane']
  const own = rounds.map((round) => round.mirror.id)
  await markAllDirty(tx, marks, lane, 'changed there', now, own)
  if ((await recordPlainRounds(tx, rounds)).includes(false))
    throw new NotTogether('a mirror is held by another worker, or holds a question')
  return group.map((one) => recorded.get(one) ?? { recorded: 'changed' })
}

/** The record as its rules see it: with what the tool changed. */
export const viewAfter = ({ view, plan }: PlanRecord) => ({
  ...view,
  state: plan.hub.state ?? view.state,
  fields: { ...view.fields, ...plan.hub.fields },
})
