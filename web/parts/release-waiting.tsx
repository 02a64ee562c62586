import { useQuery } from '@tanstack/react-query'
import { RELEASE_STANDINGS, type ReleaseStanding } from '../../src/domain/words.ts'
import { useMay } from '../api/session.ts'
import { useWaiting, type WaitingCounts, waitingCountsQuery } from '../api/trace.ts'
import { paths } from '../paths.ts'
import { useTexts } from '../texts/desk-texts.tsx'
import { Go } from './go.tsx'
import { More } from './list.tsx'
import { NoticeList } from './notice-list.tsx'
import { Block } from './record.tsx'
import { Failed, Loading, NoRights } from './states.tsx'
import { useFilters } from './use-filters.ts'
import styles from './waiting.module.css'
import { WaitingRow } from './waiting-row.tsx'

/** The open tickets behind what is in a release: whom to tell when it is out, and what. */
export const ReleaseWaiting = ({ id }: { readonly id: string }) => {
  const { trace } = useTexts()
  const mayRead = useMay('tickets.read')
  return (
    <>
      <Block title={trace.waiting.title}>{mayRead ? <Waiting id={id} /> : <NoRights />}</Block>
      <Messages id={id} />
    </>
  )
}

/** What they are to be told of it, to read and let go; what was sent stands on a screen of its own. */
const Messages = ({ id }: { readonly id: string }) => {
  const { outreach: words } = useTexts()
  const mayRead = useMay('outreach.read')
  if (!mayRead) return null
  return (
    <Block title={words.ofRelease}>
      <p className="plain">
        <Go to={paths.outreach({ release: id, state: 'sent' })}>{words.states.sent}</Go> ·{' '}
        <Go to={paths.outreachReport({ release: id })}>{words.tabs.report}</Go>
      </p>
      <NoticeList
        filters={{ state: 'proposed', release: id }}
        empty={<p className="quiet">{words.noneOfRelease}</p>}
      />
    </Block>
  )
}

const Waiting = ({ id }: { readonly id: string }) => {
  const { waiting: words } = useTexts().trace
  const { filters } = useFilters({ standing: RELEASE_STANDINGS }, (all) => paths.releaseWaiting(id, all))
  const standing = RELEASE_STANDINGS.find((one) => one === filters.standing) ?? null
  const counts = useQuery(waitingCountsQuery(id))
  if (counts.isPending) return <Loading />
  if (counts.data === undefined) return <Failed error={counts.error} retry={() => void counts.refetch()} />
  if (allOf(counts.data) === 0) return <p className="quiet">{words.nobody}</p>
  return (
    <>
      <p className="quiet plain">{words.about}</p>
      <Standings id={id} counts={counts.data} chosen={standing} />
      {standing === null ? null : <p className="quiet plain">{words.standingAbout[standing]}</p>}
      <Tickets id={id} standing={standing} />
    </>
  )
}

const allOf = (counts: WaitingCounts): number =>
  Object.values(counts).reduce((sum, { tickets }) => sum + tickets, 0)

/** How many stand how; each is a filter, kept in the address so that it can be sent to who tells customers. */
const Standings = ({
  id,
  counts,
  chosen,
}: {
  readonly id: string
  readonly counts: WaitingCounts
  readonly chosen: ReleaseStanding | null
}) => {
  const { waiting: words } = useTexts().trace
  return (
    <nav className={styles.standings} aria-label={words.filter}>
      <Go to={paths.releaseWaiting(id)} aria-current={chosen === null ? 'page' : undefined}>
        <span>{words.all}</span> <small>{words.tickets(allOf(counts))}</small>
      </Go>
      {RELEASE_STANDINGS.map((standing) => {
        const { tickets, customers } = counts[standing]
        return (
          <Go
            key={standing}
            to={paths.releaseWaiting(id, { standing })}
            aria-current={chosen === standing ? 'page' : undefined}
          >
            <span>{words.standings[standing]}</span> <small>{words.tickets(tickets)}</small>{' '}
            {customers === 0 ? null : <small>{words.customers(customers)}</small>}
          </Go>
        )
      })}
    </nav>
  )
}

const Tickets = ({ id, standing }: { readonly id: string; readonly standing: ReleaseStanding | null }) => {
  const { waiting: words } = useTexts().trace
  const tickets = useWaiting(id, standing)
  if (tickets.isPending) return <Loading />
  if (tickets.error !== null && tickets.items.length === 0)
    return <Failed error={tickets.error} retry={() => void tickets.refetch()} />
  if (tickets.items.length === 0) return <p className="quiet">{words.noneStands}</p>
  return (
    <>
      <ul className={styles.tickets}>
        {tickets.items.map((ticket) => (
          <li key={ticket.id}>
            <WaitingRow ticket={ticket} />
          </li>
        ))}
      </ul>
      <More source={tickets} />
    </>
  )
}
