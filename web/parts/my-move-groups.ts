import type { ListedTicket } from '../api/tickets.ts'

/** Why a ticket is one's move, most pressing first. */
export const MOVES = [
  'needs first response',
  'needs next response',
  'close the loop',
  'investigating',
  'nobody',
] as const
export type Move = (typeof MOVES)[number]

const moveOf = ({ state, needs, owner }: ListedTicket): Move => {
  if (owner === null) return 'nobody'
  return state === 'new' ? 'needs first response' : (needs ?? 'investigating')
}

/** In each group: the higher priority first, then who has waited longest. */
const pressing = (a: ListedTicket, b: ListedTicket): number =>
  a.priority.localeCompare(b.priority) || a.updatedAt.localeCompare(b.updatedAt)

export const groupByMove = (
  tickets: readonly ListedTicket[],
): readonly { readonly move: Move; readonly tickets: readonly ListedTicket[] }[] => {
  const unique = [...new Map(tickets.map((ticket) => [ticket.id, ticket])).values()]
  return MOVES.map((move) => ({
    move,
    tickets: unique.filter((ticket) => moveOf(ticket) === move).toSorted(pressing),
  })).filter((group) => group.tickets.length > 0)
}
