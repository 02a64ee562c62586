import type { WorkItemState } from '../domain/words.ts'
import type { ChangedVersion } from './change-ticket.ts'
import type { OfWorkItem } from './change-work-item.ts'
import { done } from './outcome.ts'
import { heldWorkItem, progressWorkItem } from './progress-work-item.ts'
import type { Command } from './run-command.ts'

/** Moves a card on the board; every ticket behind it follows. */
export const moveWorkItem: Command<OfWorkItem & { readonly to: WorkItemState }, ChangedVersion> = async (
  tx,
  context,
  input,
) => {
  const held = await heldWorkItem(tx, input.workItem, input.version)
  if (!held.ok) return held
  const progressed = await progressWorkItem(tx, context, held.value, { do: 'move', to: input.to }, {})
  if (!progressed.ok) return progressed
  return done({ id: held.value.id, key: held.value.key, version: progressed.value.version }, progressed.value)
}
