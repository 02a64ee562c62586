import type { ReactNode } from 'react'
import { useSelf } from '../api/session.ts'
import { useTickets } from '../api/tickets.ts'
import { type ListedWorkItem, useWorkItems } from '../api/work-items.ts'
import { paths } from '../paths.ts'
import { useTexts } from '../texts/texts.tsx'
import { groupByMove } from './my-move-groups.ts'
import { TicketRow } from './ticket-row.tsx'
import { WorkItemRow } from './work-item-row.tsx'

/** One's own next actions are few, or the desk has another problem than this screen; the rest is in the list. */
const SHOWN = 200

interface Move {
  readonly id: string
  readonly key: string
  readonly to: string
  readonly row: ReactNode
}

/** What waits for somebody on one side of the road. */
export interface Moves {
  readonly sections: readonly { readonly title: string; readonly moves: readonly Move[] }[]
  readonly isPending: boolean
  readonly error: unknown
  readonly refetch: () => void
}

export const useMyTickets = (isAsked: boolean): Moves => {
  const texts = useTexts()
  const all = [
    useTickets({ owner: 'me', state: 'open', limit: SHOWN }, isAsked),
    useTickets({ owner: 'me', state: 'new', limit: SHOWN }, isAsked),
    useTickets({ owner: 'nobody', state: 'new', limit: SHOWN }, isAsked),
    useTickets({ owner: 'nobody', state: 'open', limit: SHOWN }, isAsked),
  ]
  const groups = groupByMove(all.flatMap(({ items }) => items))
  return {
    sections: groups.map(({ move, tickets }) => ({
      title: texts.myMove.groups[move],
      moves: tickets.map((ticket) => ({
        ...{ id: ticket.id, key: ticket.key, to: paths.ticket(ticket.key) },
        row: <TicketRow ticket={ticket} />,
      })),
    })),
    isPending: all.some(({ isLoading }) => isLoading),
    error: all.find(({ error }) => error !== null)?.error ?? null,
    refetch: () => void Promise.all(all.map((one) => one.refetch())),
  }
}

const ENDED: readonly ListedWorkItem['state'][] = ['done', 'declined', 'duplicate']

export const useMyWork = (isAsked: boolean): Moves => {
  const texts = useTexts()
  const { personId } = useSelf()
  // a token that stands for nobody has no work of its own
  const mine = useWorkItems({ assignee: personId ?? 'nobody', limit: SHOWN }, isAsked && personId !== null)
  const triage = useWorkItems({ state: 'triage', limit: SHOWN }, isAsked)
  const mineNow = mine.items.filter(({ state }) => !ENDED.includes(state))
  const others = triage.items.filter(({ id }) => !mineNow.some((item) => item.id === id))
  const groups = [
    { title: texts.myMove.mine, items: mineNow },
    { title: texts.myMove.triage, items: others },
  ]
  return {
    sections: groups
      .filter(({ items }) => items.length > 0)
      .map(({ title, items }) => ({
        title,
        moves: items.map((item) => ({
          ...{ id: item.id, key: item.key, to: paths.workItem(item.key) },
          row: <WorkItemRow item={item} />,
        })),
      })),
    isPending: mine.isLoading || triage.isLoading,
    error: mine.error ?? triage.error,
    refetch: () => void Promise.all([mine.refetch(), triage.refetch()]),
  }
}
