import type { Refusal } from '../domain/refusal.ts'
import { type SimilarTicket, similarTickets } from '../domain/similar.ts'
import { ok, type Result } from '../lib/result.ts'
import type { Tx } from '../store/database.ts'
import { findTicket } from '../store/tickets.ts'
import { type CandidateTicket, candidateTickets, versionOfTicket } from '../store/views/similar-tickets.ts'
import { toPlainText } from '../sync/rich-text/plain.ts'
import { unknown } from './outcome.ts'

export type SimilarToTicket = SimilarTicket &
  Pick<CandidateTicket, 'key' | 'title' | 'state' | 'customer' | 'workItem' | 'createdAt'>

/** Tickets that may tell of the same as this one. Only reads. */
export const similarToTicket = async (
  tx: Tx,
  ref: string,
): Promise<Result<readonly SimilarToTicket[], Refusal>> => {
  const ticket = await findTicket(tx, ref)
  if (ticket === null) return unknown('ticket', ref, '/ticket')
  const candidates = await candidateTickets(tx, ticket)
  const found = similarTickets(
    {
      title: ticket.title,
      text: toPlainText(ticket.description),
      productId: ticket.product_id,
      componentId: ticket.component_id,
      customerId: ticket.customer_id,
      version: await versionOfTicket(tx, ticket),
    },
    candidates.map((row) => ({
      id: row.id,
      title: row.title,
      text: toPlainText(row.description),
      productId: row.product_id,
      componentId: row.component_id,
      customerId: row.customer_id,
      version: row.version,
    })),
  )
  const byId = new Map(candidates.map((row) => [row.id, row]))
  return ok(
    found.flatMap((similar) => {
      const row = byId.get(similar.id)
      if (row === undefined) return []
      const { key, title, state, customer, workItem, createdAt } = row
      return [{ ...similar, ...{ key, title, state, customer, workItem, createdAt } }]
    }),
  )
}
