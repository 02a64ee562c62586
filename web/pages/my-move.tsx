import { useMay, useSelf } from '../api/session.ts'
import { type ListedTicket, useTickets } from '../api/tickets.ts'
import { type ListedWorkItem, useWorkItems } from '../api/work-items.ts'
import { useGo } from '../parts/go.tsx'
import { Rows } from '../parts/list.tsx'
import { groupByMove } from '../parts/my-move-groups.ts'
import { ScreenHead, Section } from '../parts/screen.tsx'
import { Empty, Failed, Loading, NoRights } from '../parts/states.tsx'
import { TicketRow } from '../parts/ticket-row.tsx'
import { useListKeys } from '../parts/use-list-keys.ts'
import { WorkItemRow } from '../parts/work-item-row.tsx'
import { paths } from '../paths.ts'
import { useTexts } from '../texts/texts.tsx'

/** One's own next actions are few, or the desk has another problem than this screen; the rest is in the list. */
const SHOWN = 200

/** What waits for me: tickets for support, work for engineering. Whoever does neither is told so. */
export const MyMove = () => {
  const texts = useTexts()
  const answersCustomers = useMay('tickets.write')
  const doesWork = useMay('escalations.answer')
  return (
    <>
      <ScreenHead title={texts.myMove.title} about={texts.myMove.about} />
      {answersCustomers ? <MyTickets /> : doesWork ? <MyWork /> : <NoRights detail={texts.myMove.noRights} />}
    </>
  )
}

const MyTickets = () => {
  const texts = useTexts()
  const go = useGo()
  const mineOpen = useTickets({ owner: 'me', state: 'open', limit: SHOWN })
  const mineNew = useTickets({ owner: 'me', state: 'new', limit: SHOWN })
  const freeNew = useTickets({ owner: 'nobody', state: 'new', limit: SHOWN })
  const freeOpen = useTickets({ owner: 'nobody', state: 'open', limit: SHOWN })
  const all = [mineOpen, mineNew, freeNew, freeOpen]
  const groups = groupByMove(all.flatMap(({ items }) => items))
  const flat = groups.flatMap(({ tickets }) => tickets)
  const { cursor, ref } = useListKeys(flat, ({ key }) => go(paths.ticket(key)))
  const failed = all.find(({ error }) => error !== null)
  if (failed !== undefined && flat.length === 0)
    return <Failed error={failed.error} retry={() => void Promise.all(all.map((one) => one.refetch()))} />
  if (all.some(({ isPending }) => isPending)) return <Loading />
  if (flat.length === 0)
    return (
      <Empty icon="move" title={texts.myMove.empty}>
        {texts.myMove.emptyAbout}
      </Empty>
    )
  return groups.map(({ move, tickets }) => (
    <Section key={move} title={texts.myMove.groups[move]} count={tickets.length}>
      <Rows
        items={tickets}
        row={(ticket: ListedTicket) => <TicketRow ticket={ticket} />}
        cursor={cursor}
        cursorRef={ref}
      />
    </Section>
  ))
}

const ENDED: readonly ListedWorkItem['state'][] = ['done', 'declined', 'duplicate']

const MyWork = () => {
  const texts = useTexts()
  const go = useGo()
  const { personId } = useSelf()
  const mine = useWorkItems({ assignee: personId ?? 'nobody', limit: SHOWN }, personId !== null)
  const triage = useWorkItems({ state: 'triage', limit: SHOWN })
  const mineNow = mine.items.filter(({ state }) => !ENDED.includes(state))
  const others = triage.items.filter(({ id }) => !mineNow.some((item) => item.id === id))
  const { cursor, ref } = useListKeys([...mineNow, ...others], ({ key }) => go(paths.workItem(key)))
  const failed = [mine, triage].find(({ error }) => error !== null)
  if (failed !== undefined) return <Failed error={failed.error} retry={() => void failed.refetch()} />
  if (triage.isPending || mine.isLoading) return <Loading />
  if (mineNow.length + others.length === 0)
    return (
      <Empty icon="work" title={texts.myMove.empty}>
        {texts.myMove.emptyWork}
      </Empty>
    )
  const groups = [
    { title: texts.myMove.mine, items: mineNow },
    { title: texts.myMove.triage, items: others },
  ]
  return groups
    .filter(({ items }) => items.length > 0)
    .map(({ title, items }) => (
      <Section key={title} title={title} count={items.length}>
        <Rows
          items={items}
          row={(item: ListedWorkItem) => <WorkItemRow item={item} />}
          cursor={cursor}
          cursorRef={ref}
        />
      </Section>
    ))
}
