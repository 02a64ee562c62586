import type { ListedEscalation, Mover } from '../api/escalations.ts'
import { paths } from '../paths.ts'

type Standing = Pick<ListedEscalation, 'move' | 'ticket' | 'workItem'>

/** Whoever has the move, as near as it is known: a person, else their team, else only the side. */
export type MoverShown =
  | { readonly kind: 'somebody'; readonly name: string; readonly isTeam: boolean; readonly to: string }
  | { readonly kind: 'side'; readonly side: Mover }
  | { readonly kind: 'nobody' }

export const moverOf = ({ move, ticket, workItem }: Standing): MoverShown => {
  if (move === null || move === 'nobody') return { kind: 'nobody' }
  if (move === 'support' && ticket.owner !== null && ticket.ownerId !== null)
    return {
      ...{ kind: 'somebody', name: ticket.owner, isTeam: false },
      to: paths.escalations({ move: 'support', owner: ticket.ownerId }),
    }
  if (move === 'engineering' && workItem.assignee !== null && workItem.assigneeId !== null)
    return {
      ...{ kind: 'somebody', name: workItem.assignee, isTeam: false },
      to: paths.board({ assignee: workItem.assigneeId }),
    }
  if (move === 'engineering' && workItem.team !== null && workItem.teamId !== null)
    return {
      ...{ kind: 'somebody', name: workItem.team, isTeam: true },
      to: paths.escalations({ move: 'engineering', team: workItem.teamId }),
    }
  return { kind: 'side', side: move }
}

/** Where a word to whoever has the move is read: on the ticket by support, else on the work item. */
export const nudgeAt = ({
  move,
  ticket,
  workItem,
}: Standing): { readonly noun: 'tickets' | 'work-items'; readonly key: string } =>
  move === 'support' ? { noun: 'tickets', key: ticket.key } : { noun: 'work-items', key: workItem.key }

const DAY_MS = 86_400_000

export const daysSince = (at: string, now: number): number =>
  Math.max(0, Math.floor((now - Date.parse(at)) / DAY_MS))
