import { type Suggestion, suggest } from '../domain/similar.ts'
import type { WorkItemState } from '../domain/words.ts'
import { findTicket } from '../store/tickets.ts'
import { candidateWorkItems } from '../store/work-items.ts'
import { toPlainText } from '../sync/rich-text/plain.ts'
import { done, unknown } from './outcome.ts'
import type { Command } from './run-command.ts'

export interface SuggestedWorkItem extends Suggestion {
  readonly title: string
  readonly state: WorkItemState
  readonly tickets: number
}

/** Work items that a ticket is likely about: shown before a new one is made. Writes nothing. */
export const suggestWorkItems: Command<{ readonly ticket: string }, readonly SuggestedWorkItem[]> = async (
  tx,
  _context,
  input,
) => {
  const ticket = await findTicket(tx, input.ticket)
  if (ticket === null) return unknown('ticket', input.ticket, '/ticket')
  const candidates = await candidateWorkItems(tx, {
    productId: ticket.product_id,
    componentId: ticket.component_id,
  })
  const suggestions = suggest(
    {
      title: ticket.title,
      text: toPlainText(ticket.description),
      productId: ticket.product_id,
      componentId: ticket.component_id,
    },
    candidates.map((row) => ({
      id: row.id,
      key: row.key,
      state: row.state,
      tickets: row.tickets,
      title: row.title,
      text: toPlainText(row.description),
      productId: row.product_id,
      componentId: row.component_id,
    })),
  )
  const byId = new Map(candidates.map((row) => [row.id, row]))
  return done(
    suggestions.flatMap((suggestion) => {
      const row = byId.get(suggestion.id)
      return row === undefined
        ? []
        : [{ ...suggestion, title: row.title, state: row.state, tickets: row.tickets }]
    }),
  )
}
