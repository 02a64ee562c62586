import { useQuery } from '@tanstack/react-query'
import { type CostOf, type Costs, costsQuery } from '../api/causes.ts'
import { useMay } from '../api/session.ts'
import { paths } from '../paths.ts'
import { useTexts } from '../texts/desk-texts.tsx'
import { Badge } from './badge.tsx'
import styles from './change.module.css'
import { Go } from './go.tsx'
import { Block } from './record.tsx'
import { Failed } from './states.tsx'
import { Time } from './time.tsx'
import { TICKET_TONES } from './tones.ts'

/** The incidents that something caused, and what all of them add up to. */
export const Cost = ({ of }: { readonly of: CostOf }) => {
  const { cost } = useTexts().causes
  const mayRead = useMay('tickets.read')
  const costs = useQuery({ ...costsQuery(of), enabled: mayRead })
  if (!mayRead) return null
  return (
    <Block title={cost.title}>
      {costs.data === undefined && costs.error !== null ? (
        <Failed error={costs.error} retry={() => void costs.refetch()} />
      ) : null}
      {costs.data === undefined ? null : <Sum costs={costs.data} />}
    </Block>
  )
}

const Sum = ({ costs }: { readonly costs: Costs }) => {
  const texts = useTexts()
  const { cost } = texts.causes
  if (costs.incidents === 0) return <p className="quiet">{cost.none}</p>
  return (
    <>
      <p>
        <strong>{cost.sum(costs.incidents, costs.tickets, costs.minutes.toLocaleString())}</strong>{' '}
        <span className="quiet">{cost.about}</span>
      </p>
      <ul className={styles.keys}>
        {costs.items.map(({ id, key, title, state, impactAt, isAssumed, minutes }) => (
          <li key={id}>
            <Go to={paths.ticket(key)}>
              {key} {title}
            </Go>
            <Badge tone={TICKET_TONES[state]}>{texts.words.ticketState[state]}</Badge>
            <span>{cost.minutes(minutes.toLocaleString())}</span>
            <span className="quiet">
              <Time at={impactAt} />
              {isAssumed ? `, ${cost.assumed}` : null}
            </span>
          </li>
        ))}
      </ul>
      {costs.next === null ? null : <p className="quiet">{cost.more}</p>}
    </>
  )
}
