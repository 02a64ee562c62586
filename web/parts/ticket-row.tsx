import type { ReactNode } from 'react'
import type { ListedTicket } from '../api/tickets.ts'
import { paths } from '../paths.ts'
import { useTexts } from '../texts/texts.tsx'
import { Badge, PriorityMark } from './badge.tsx'
import { Go } from './go.tsx'
import { Face } from './person.tsx'
import styles from './rows.module.css'
import { say } from './say.ts'
import { Time } from './time.tsx'
import { ENGINEERING_TONES, TICKET_TONES } from './tones.ts'

/** State and whose move it is, in as few words as say both. */
export const useStandingWords = () => {
  const texts = useTexts()
  return ({ state, needs, waitingFor }: Pick<ListedTicket, 'state' | 'needs' | 'waitingFor'>): string => {
    if (needs != null) return texts.words.needs[needs]
    if (waitingFor != null) return texts.words.waitingFor[waitingFor]
    return texts.words.ticketState[state]
  }
}

export const TicketRow = ({
  ticket,
  when,
}: {
  readonly ticket: ListedTicket
  /** Instead of when it was changed. */
  readonly when?: ReactNode
}) => {
  const texts = useTexts()
  const standing = useStandingWords()
  const { key, title, state, priority, engineeringStatus, customer, owner, wokenBecause } = ticket
  return (
    <Go to={paths.ticket(key)} className={`${styles.row} ${styles.ticket}`}>
      <PriorityMark priority={priority} derived={ticket.priorityDerived === true} />
      <span className={styles.key}>{key}</span>
      <span className={styles.title}>
        {title}
        {wokenBecause == null ? null : <small>{say(wokenBecause, texts)}</small>}
      </span>
      <span className={styles.side}>{customer ?? ''}</span>
      {engineeringStatus === 'Not sent' ? (
        <span />
      ) : (
        <Badge tone={ENGINEERING_TONES[engineeringStatus]} title={texts.fields.engineeringStatus}>
          {texts.words.engineeringStatus[engineeringStatus]}
        </Badge>
      )}
      <Badge tone={TICKET_TONES[state]} title={texts.words.ticketState[state]}>
        {standing(ticket)}
      </Badge>
      {owner === null ? <span /> : <Face name={owner} />}
      <span className={styles.when}>{when ?? <Time at={ticket.updatedAt} short />}</span>
    </Go>
  )
}
