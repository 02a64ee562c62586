import { refuse } from '../domain/refusal.ts'
import { err } from '../lib/result.ts'
import type { OfWorkItem } from './change-work-item.ts'
import { done } from './outcome.ts'
import { heldWorkItem } from './progress-work-item.ts'
import { moveEscalations } from './reach-tickets.ts'
import type { Command } from './run-command.ts'

/**
 * Engineering has enough, whoever has answered: no ticket behind the work item owes an answer any more, and each owner
 * who was about to ask a customer is told. Only engineering can tell when the facts of some customers do for all.
 */
export const closeQuestion: Command<OfWorkItem, { readonly id: string; readonly closed: number }> = async (
  tx,
  context,
  input,
) => {
  const held = await heldWorkItem(tx, input.workItem, input.version)
  if (!held.ok) return held
  const item = held.value
  const moved = await moveEscalations(tx, context, item, () => ({ do: 'close question' }))
  const closed = moved.events.filter((event) => event.kind === 'escalation.question-closed').length
  return closed === 0
    ? err(refuse('wrong-state', `No ticket owes an answer about ${item.key}.`))
    : done({ id: item.id, closed }, moved, {
        events: [],
        changed: [{ kind: 'work item', id: item.id }],
      })
}
