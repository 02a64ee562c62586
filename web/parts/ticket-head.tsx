import type { Ticket } from '../api/tickets.ts'
import { useTexts } from '../texts/desk-texts.tsx'
import { PriorityMark } from './badge.tsx'
import { Icon } from './icons.tsx'
import { Face } from './person.tsx'
import styles from './ticket-desk.module.css'

/** Whose it is, what they run, how much it weighs and who has it: on a phone too, where the panel is folded away. */
export const TicketHead = ({ ticket }: { readonly ticket: Ticket }) => {
  const texts = useTexts()
  const { head, fields, words } = texts
  const { customer, contact, installation, inside, owner } = ticket
  const version = installation?.version ?? ticket.version
  const environment = installation?.environment ?? ticket.environment
  return (
    <ul className={styles.head}>
      <li>
        <Icon name="house" size={13} />
        <span>
          <strong>{customer?.name ?? contact?.name ?? head.noCustomer}</strong>{' '}
          {version === null ? head.noVersion : head.runs(version, environment)}
        </span>
      </li>
      <li>
        <PriorityMark priority={ticket.priority} derived={inside?.priorityDerived === true} />
        {inside === undefined ? null : (
          <span title={`${fields.impact} × ${fields.urgency}`}>
            {words.impact[inside.impact]} × {words.urgency[inside.urgency]}
          </span>
        )}
      </li>
      <li>
        {owner === null ? <Icon name="person" size={13} /> : <Face name={owner.name} />}
        <span>{owner?.name ?? head.noOwner}</span>
      </li>
    </ul>
  )
}
