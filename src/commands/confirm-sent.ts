import { hasArrived } from '../store/outgoing-mirror.ts'
import { done } from './outcome.ts'
import { heldWorkItem } from './progress-work-item.ts'
import { moveEscalations } from './reach-tickets.ts'
import type { Command } from './run-command.ts'

/** Its mirror exists: what was `sending` is `sent`, on every ticket. Asked too early or twice, it does nothing. */
export const confirmSent: Command<{ readonly workItem: string }, { readonly arrived: boolean }> = async (
  tx,
  context,
  input,
) => {
  const held = await heldWorkItem(tx, input.workItem, undefined)
  if (!held.ok) return held
  if (!(await hasArrived(tx, held.value.id))) return done({ arrived: false })
  const sent = await moveEscalations(tx, context, held.value, ({ state }) =>
    state === 'sending' ? { do: 'confirm sent' } : null,
  )
  return done({ arrived: true }, sent)
}
