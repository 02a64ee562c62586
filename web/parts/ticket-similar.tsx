import { useQuery } from '@tanstack/react-query'
import { hasEnded } from '../../src/domain/escalation.ts'
import { similarQuery, useLinks } from '../api/desk.ts'
import { useMay } from '../api/session.ts'
import { type Ticket, useTicketEscalation } from '../api/tickets.ts'
import { paths } from '../paths.ts'
import { useTexts } from '../texts/desk-texts.tsx'
import { Badge } from './badge.tsx'
import { Go } from './go.tsx'
import { Icon } from './icons.tsx'
import { Facts } from './record.tsx'
import { say } from './say.ts'
import { FormProblem } from './states.tsx'
import { tell } from './tell.tsx'
import styles from './ticket-desk.module.css'
import { WORK_ITEM_TONES } from './tones.ts'

/** What may be the same: tickets that were asked before, and defects engineering knows. One click makes the tie. */
export const TicketSimilar = ({
  refOfTicket,
  ticket,
}: {
  readonly refOfTicket: string
  readonly ticket: Ticket
}) => {
  const texts = useTexts()
  const mayRead = useMay('escalations.read')
  const mayLink = useMay('tickets.write')
  const maySend = useMay('escalations.send')
  const found = useQuery({ ...similarQuery(refOfTicket), enabled: mayRead })
  const { add } = useLinks(refOfTicket)
  const { join } = useTicketEscalation(refOfTicket)
  const { similar } = texts
  if (!mayRead || found.isPending) return null
  if (found.isError)
    return (
      <Facts title={similar.tickets}>
        <FormProblem error={found.error} />
      </Facts>
    )
  const bond = ticket.inside?.escalation ?? null
  const isBonded = bond !== null && !hasEnded(bond.state)
  const known = new Set([
    ...(ticket.inside?.links ?? []).flatMap((link) => link.ticket?.id ?? []),
    ...(ticket.inside?.mergedFrom ?? []).map(({ id }) => id),
  ])
  const tickets = found.data.tickets.filter(({ id }) => !known.has(id))
  const workItems = found.data.workItems.filter(({ id }) => id !== ticket.inside?.workItem?.id)
  return (
    <>
      {workItems.length === 0 ? null : (
        <Facts title={similar.defects}>
          <ul className={styles.list}>
            {workItems.map(({ id, key, title, state, reasons }) => (
              <li key={id}>
                <span>
                  <Go to={paths.workItem(key)}>
                    <strong>{key}</strong> {title}
                  </Go>{' '}
                  <Badge tone={WORK_ITEM_TONES[state]}>{texts.words.workItemState[state]}</Badge>
                  <br />
                  <small>{reasons.map((reason) => say(reason, texts)).join(' · ')}</small>
                </span>
                {maySend && !isBonded && ticket.state !== 'merged' ? (
                  <button
                    type="button"
                    className={styles.icon}
                    disabled={join.isPending}
                    aria-label={similar.join(key)}
                    title={similar.join(key)}
                    onClick={() =>
                      join.mutate(key, {
                        onSuccess: ({ workItem }) =>
                          tell({ text: similar.joined(workItem.key), tone: 'good' }),
                      })
                    }
                  >
                    <Icon name="arrow" size={14} />
                  </button>
                ) : null}
              </li>
            ))}
          </ul>
          <FormProblem error={join.error} />
        </Facts>
      )}
      <Facts title={similar.tickets}>
        {tickets.length === 0 ? <p className="quiet">{similar.none}</p> : null}
        <ul className={styles.list}>
          {tickets.map(({ id, key, title, state, customer, words, same }) => (
            <li key={id}>
              <span>
                <Go to={paths.ticket(key)}>
                  <strong>{key}</strong> {title}
                </Go>
                <br />
                <small>
                  {[
                    texts.words.ticketState[state],
                    customer,
                    similar.words(words.join(', ')),
                    ...same.map((one) => similar.same[one]),
                  ]
                    .filter(Boolean)
                    .join(' · ')}
                </small>
              </span>
              {mayLink ? (
                <button
                  type="button"
                  className={styles.icon}
                  disabled={add.isPending}
                  aria-label={similar.link(key)}
                  title={similar.link(key)}
                  onClick={() =>
                    add.mutate(
                      { ticket: id },
                      { onSuccess: () => tell({ text: texts.ticketLinks.done, tone: 'good' }) },
                    )
                  }
                >
                  <Icon name="plus" size={14} />
                </button>
              ) : null}
            </li>
          ))}
        </ul>
        <FormProblem error={add.error} />
      </Facts>
    </>
  )
}
