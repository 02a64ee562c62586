import type { MovingTicket } from '../api/desk.ts'

/** Why a ticket is one's move, most pressing first. */
export const MOVES = [
  'needs first response',
  'needs next response',
  'close the loop',
  'waking',
  'investigating',
  'nobody',
] as const
export type Move = (typeof MOVES)[number]

const moveOf = ({ state, needs, owner, wokenBecause }: MovingTicket): Move => {
  if (owner === null) return 'nobody'
  if (state === 'waiting') return 'waking'
  if (state === 'new') return 'needs first response'
  // it slept and something woke it: what that was is the first thing to look at
  if (needs === 'investigating' && wokenBecause != null) return 'waking'
  return needs ?? 'investigating'
}

/** The moment a ticket is held to: it wakes by itself, or its fix was promised. Null: nothing was said. */
export const deadlineOf = ({ wakesAt, promisedOn }: MovingTicket): string | null => wakesAt ?? promisedOn

/**
 * The nearest deadline first; then, where nothing was promised, the higher priority, and then who has waited longest.
 * Clocks that run by an agreement on service are not known here yet.
 */
const pressing = (a: MovingTicket, b: MovingTicket): number => {
  const [mine, theirs] = [deadlineOf(a), deadlineOf(b)]
  if (mine !== null && theirs !== null && mine !== theirs) return mine.localeCompare(theirs)
  if ((mine === null) !== (theirs === null)) return mine === null ? 1 : -1
  return a.priority.localeCompare(b.priority) || a.since.localeCompare(b.since)
}

export const groupByMove = (
  tickets: readonly MovingTicket[],
): readonly { readonly move: Move; readonly tickets: readonly MovingTicket[] }[] => {
  const unique = [...new Map(tickets.map((ticket) => [ticket.id, ticket])).values()]
  return MOVES.map((move) => ({
    move,
    tickets: unique.filter((ticket) => moveOf(ticket) === move).toSorted(pressing),
  })).filter((group) => group.tickets.length > 0)
}
