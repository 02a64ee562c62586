import type { Refusal } from '../domain/refusal.ts'
import { type Suggestion, suggest } from '../domain/similar.ts'
import type { WorkItemState } from '../domain/words.ts'
import { ok, type Result } from '../lib/result.ts'
import type { Tx } from '../store/database.ts'
import { findTicket } from '../store/tickets.ts'
import { candidateWorkItems } from '../store/work-items.ts'
import { toPlainText } from '../sync/rich-text/plain.ts'
import { unknown } from './outcome.ts'

export interface SuggestedWorkItem extends Suggestion {
  readonly title: string
  readonly state: WorkItemState
  readonly tickets: number
}

/** Work items that a ticket (id or key) is likely about: shown before a new one is made. Only reads. */
export const suggestWorkItems = async (
  tx: Tx,
  ref: string,
): Promise<Result<readonly SuggestedWorkItem[], Refusal>> => {
  const ticket = await findTicket(tx, ref)
  if (ticket === null) return unknown('ticket', ref, '/ticket')
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
  return ok(
    suggestions.flatMap((suggestion) => {
      const row = byId.get(suggestion.id)
      return row === undefined
        ? []
        : [{ ...suggestion, title: row.title, state: row.state, tickets: row.tickets }]
    }),
  )
}
