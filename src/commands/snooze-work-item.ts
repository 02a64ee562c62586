import { snoozeFault } from '../domain/work-item.ts'
import { err } from '../lib/result.ts'
import { updateWorkItem } from '../store/work-items.ts'
import type { ChangedVersion } from './change-ticket.ts'
import type { OfWorkItem } from './change-work-item.ts'
import { done } from './outcome.ts'
import { heldWorkItem } from './progress-work-item.ts'
import type { Command } from './run-command.ts'

export interface SnoozeWorkItem extends OfWorkItem {
  /** Null: back into the queue now. */
  readonly until: Date | null
}

/**
 * Leaves a work item alone in triage for a while. It comes back by itself when the time is over or a ticket behind it
 * has news; the tickets' clocks go on, and nobody there is told anything.
 */
export const snoozeWorkItem: Command<SnoozeWorkItem, ChangedVersion> = async (tx, context, input) => {
  const held = await heldWorkItem(tx, input.workItem, input.version)
  if (!held.ok) return held
  const item = held.value
  const { until } = input
  const fault = until === null ? null : snoozeFault(item.state, until, context.now)
  if (fault !== null) return err(fault)
  if (until === null && item.snoozed_until === null)
    return done({ id: item.id, key: item.key, version: item.version })
  const version = await updateWorkItem(
    tx,
    item.id,
    { snoozed_at: until === null ? null : context.now, snoozed_until: until },
    context.now,
  )
  const record = { kind: 'work item', id: item.id } as const
  return done(
    { id: item.id, key: item.key, version },
    {
      events: [
        until === null
          ? { kind: 'work-item.woken', record, data: {} }
          : { kind: 'work-item.snoozed', record, data: { until: until.toISOString() } },
      ],
      changed: [],
    },
  )
}
