import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { type MovingTicket, mentionsQuery, myMoveQuery } from '../api/desk.ts'
import { releaseNewsQuery } from '../api/release-news.ts'
import { useSelf } from '../api/session.ts'
import { type ListedWorkItem, useWorkItems } from '../api/work-items.ts'
import { paths } from '../paths.ts'
import { useTexts } from '../texts/desk-texts.tsx'
import { MentionRow } from './mention-row.tsx'
import { groupByMove } from './my-move-groups.ts'
import { ReleaseNewsRow } from './release-news-row.tsx'
import { TicketRow } from './ticket-row.tsx'
import { Time, useDay } from './time.tsx'
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
  const all = useQuery({ ...myMoveQuery, enabled: isAsked })
  const groups = groupByMove(all.data?.items ?? [])
  return {
    sections: groups.map(({ move, tickets }) => ({
      title: move === 'waking' ? texts.moves.waking : texts.myMove.groups[move],
      moves: tickets.map((ticket) => ({
        ...{ id: ticket.id, key: ticket.key, to: paths.ticket(ticket.key) },
        row: <TicketRow ticket={ticket} when={<Pressing ticket={ticket} />} />,
      })),
    })),
    isPending: all.isLoading,
    error: all.error,
    refetch: () => void all.refetch(),
  }
}

/** What a ticket is held to, or since when it waits: in words, so that the order explains itself. */
const Pressing = ({ ticket: { wakesAt, promisedOn, since } }: { readonly ticket: MovingTicket }) => {
  const { moves } = useTexts()
  const day = useDay()
  if (wakesAt !== null)
    return (
      <span title={moves.wakes}>
        <Time at={wakesAt} short />
      </span>
    )
  if (promisedOn !== null) return <span title={moves.promised(day(promisedOn))}>{day(promisedOn)}</span>
  return (
    <span title={moves.waitsSince}>
      <Time at={since} short />
    </span>
  )
}

/** Notes in which colleagues called for one. */
export const useMyMentions = (): Moves => {
  const { moves } = useTexts()
  const all = useQuery(mentionsQuery)
  const mentions = all.data?.items ?? []
  const section = {
    title: moves.mentions,
    moves: mentions.map((mention) => {
      const { id, record } = mention
      const to = record.kind === 'ticket' ? paths.ticket(record.key) : paths.workItem(record.key)
      return { ...{ id, key: `mention ${id}`, to }, row: <MentionRow mention={mention} to={to} /> }
    }),
  }
  return {
    sections: mentions.length === 0 ? [] : [section],
    isPending: all.isLoading,
    error: all.error,
    refetch: () => void all.refetch(),
  }
}

/** What became of the releases that one follows. */
export const useMyReleaseNews = (): Moves => {
  const { moves } = useTexts()
  const all = useQuery(releaseNewsQuery)
  const section = {
    title: moves.news,
    moves: (all.data?.items ?? []).map((news) => {
      const { id, kind, release } = news
      const to = kind === 'decided' ? paths.releaseGoLive(release.id) : paths.release(release.id)
      return { ...{ id, key: `news ${id}`, to }, row: <ReleaseNewsRow news={news} to={to} /> }
    }),
  }
  return {
    sections: section.moves.length === 0 ? [] : [section],
    isPending: all.isLoading,
    error: all.error,
    refetch: () => void all.refetch(),
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
