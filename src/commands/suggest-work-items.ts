import type { Refusal } from '../domain/refusal.ts'
import { type Described, type Suggestion, suggest } from '../domain/similar.ts'
import type { WorkItemState } from '../domain/words.ts'
import { ok, type Result } from '../lib/result.ts'
import type { Tx } from '../store/database.ts'
import { findTicket, type Ticket } from '../store/tickets.ts'
import { versionOfTicket } from '../store/views/similar-tickets.ts'
import { type CandidateRow, candidateWorkItems } from '../store/work-items.ts'
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
  return ok(await suggestFor(tx, ticket, () => true, await versionOfTicket(tx, ticket)))
}

type Compared = Pick<Ticket, 'title' | 'description' | 'product_id' | 'component_id'>

/** What is likely about the same, of all that `fits`. */
export const suggestFor = async (
  tx: Tx,
  record: Compared,
  fits: (row: CandidateRow) => boolean,
  /** The one it was seen in; null: nobody said. */
  version: string | null = null,
): Promise<readonly SuggestedWorkItem[]> => {
  const candidates = (
    await candidateWorkItems(tx, { productId: record.product_id, componentId: record.component_id })
  ).filter(fits)
  const described = (row: Compared): Described => ({
    title: row.title,
    text: toPlainText(row.description),
    productId: row.product_id,
    componentId: row.component_id,
  })
  const suggestions = suggest(
    { ...described(record), version },
    candidates.map((row) => ({
      id: row.id,
      key: row.key,
      state: row.state,
      tickets: row.tickets,
      ...described(row),
      version: row.release_version,
    })),
  )
  const byId = new Map(candidates.map((row) => [row.id, row]))
  return suggestions.flatMap((suggestion) => {
    const row = byId.get(suggestion.id)
    return row === undefined
      ? []
      : [{ ...suggestion, title: row.title, state: row.state, tickets: row.tickets }]
  })
}
