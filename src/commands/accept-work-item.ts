import type { ChangedVersion } from './change-ticket.ts'
import type { OfWorkItem } from './change-work-item.ts'
import { done } from './outcome.ts'
import { heldWorkItem, progressWorkItem } from './progress-work-item.ts'
import { moveEscalations } from './reach-tickets.ts'
import type { Command } from './run-command.ts'
import { personIdOf } from './ticket-references.ts'

export interface AcceptWorkItem extends OfWorkItem {
  /** Who takes it, by id or e-mail; absent: as it is. */
  readonly assignee?: string | null
}

/** Engineering takes it: the pick-up clock of every ticket behind it stops. */
export const acceptWorkItem: Command<AcceptWorkItem, ChangedVersion> = async (tx, context, input) => {
  const held = await heldWorkItem(tx, input.workItem, input.version)
  if (!held.ok) return held
  const item = held.value
  const assignee = await personIdOf(tx, input.assignee ?? null, '/assignee')
  if (!assignee.ok) return assignee
  const progressed = await progressWorkItem(
    tx,
    context,
    item,
    { do: 'accept' },
    input.assignee === undefined ? {} : { assignee_id: assignee.value },
  )
  if (!progressed.ok) return progressed
  // a ticket that joined later, or one still broken, is accepted too, though the card does not move
  const accepted = await moveEscalations(tx, context, item, ({ state }) =>
    state === 'sent' ? { do: 'accept' } : null,
  )
  return done({ id: item.id, key: item.key, version: progressed.value.version }, progressed.value, accepted)
}
