import type { WorkItem } from '../api/work-items.ts'
import { paths } from '../paths.ts'
import { useTexts } from '../texts/desk-texts.tsx'
import { Badge } from './badge.tsx'
import { Go } from './go.tsx'
import { Block, recordStyles as styles } from './record.tsx'
import { ESCALATION_TONES, SEVERITY_TONES } from './tones.ts'

/** Who waits for this work item: the reason why anybody does it. */
export const TicketsBehind = ({ item }: { readonly item: WorkItem }) => {
  const texts = useTexts()
  return (
    <Block title={texts.workItems.behind(item.ticketCount, item.customerCount)}>
      {item.tickets.length === 0 ? <p className="quiet">{texts.workItem.noTickets}</p> : null}
      <ul className={styles.cards}>
        {item.tickets.map((ticket) => (
          <li key={ticket.id}>
            <Go to={paths.ticket(ticket.key)} className={styles.card}>
              <span>
                <strong>{ticket.key}</strong> {ticket.title}
              </span>
              <span>
                {ticket.severity === null ? null : (
                  <Badge tone={SEVERITY_TONES[ticket.severity]}>
                    {texts.words.severity[ticket.severity]}
                  </Badge>
                )}{' '}
                <Badge tone={ESCALATION_TONES[ticket.escalation.state]}>
                  {texts.words.escalationState[ticket.escalation.state]}
                </Badge>{' '}
                <small>{[ticket.customer?.name, ticket.owner?.name].filter(Boolean).join(' · ')}</small>
              </span>
            </Go>
          </li>
        ))}
      </ul>
    </Block>
  )
}
