import type { Importance } from '../domain/enhancement.ts'
import type { Refusal } from '../domain/refusal.ts'
import { suggest } from '../domain/similar.ts'
import { ok, type Result } from '../lib/result.ts'
import type { Tx } from '../store/database.ts'
import { candidateEnhancements, findAskOfTicket } from '../store/enhancements.ts'
import { findTicket } from '../store/tickets.ts'
import { toPlainText } from '../sync/rich-text/plain.ts'
import { unknown } from './outcome.ts'

export interface WishOfTicket {
  /** What it asks for. */
  readonly ask: {
    readonly id: string
    readonly enhancementId: string
    readonly importance: Importance | null
  } | null
  /** Requests that it may be about, the likely ones first; none where it asks for one already. */
  readonly suggestions: readonly {
    readonly id: string
    readonly key: string
    readonly title: string
    readonly reasons: readonly string[]
  }[]
}

/** What a ticket (id or key) asks for, else what it may be asking for. Only reads. */
export const wishOfTicket = async (tx: Tx, ref: string): Promise<Result<WishOfTicket, Refusal>> => {
  const ticket = await findTicket(tx, ref)
  if (ticket === null) return unknown('ticket', ref, '/ticket')
  const ask = await findAskOfTicket(tx, ticket.id)
  if (ask !== null) {
    const { id, enhancement_id: enhancementId, importance } = ask
    return ok({ ask: { id, enhancementId, importance }, suggestions: [] })
  }
  const candidates = await candidateEnhancements(tx, ticket.product_id)
  const found = suggest(
    {
      ...{ title: ticket.title, text: toPlainText(ticket.description) },
      ...{ productId: ticket.product_id, componentId: ticket.component_id },
    },
    candidates.map((row) => ({
      ...{ id: row.id, key: row.key, title: row.title, text: row.problem, tickets: row.tickets },
      ...{ productId: row.product_id, componentId: row.component_id },
      // those that were declined come last, as work that was
      state: row.state === 'declined' ? ('declined' as const) : ('backlog' as const),
    })),
  )
  const titles = new Map(candidates.map(({ id, title }) => [id, title]))
  return ok({
    ask: null,
    suggestions: found.map(({ id, key, reasons }) => ({ id, key, title: titles.get(id) ?? '', reasons })),
  })
}
