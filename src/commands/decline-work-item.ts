import type { ChangedVersion } from './change-ticket.ts'
import type { OfWorkItem } from './change-work-item.ts'
import { checkText } from './field-rules.ts'
import { done } from './outcome.ts'
import { heldWorkItem, progressWorkItem } from './progress-work-item.ts'
import type { Command } from './run-command.ts'

/** Engineering will not do it, and says why in words fit for customers: the reason reaches every ticket behind it. */
export const declineWorkItem: Command<OfWorkItem & { readonly reason: string }, ChangedVersion> = async (
  tx,
  context,
  input,
) => {
  const reason = checkText(input.reason.trim(), '/reason')
  if (!reason.ok) return reason
  const held = await heldWorkItem(tx, input.workItem, input.version)
  if (!held.ok) return held
  const progressed = await progressWorkItem(
    tx,
    context,
    held.value,
    { do: 'decline', reason: reason.value },
    { decline_reason: reason.value },
  )
  if (!progressed.ok) return progressed
  return done({ id: held.value.id, key: held.value.key, version: progressed.value.version }, progressed.value)
}
