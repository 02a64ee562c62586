import type { Has, WaitingTicket } from '../api/trace.ts'
import { paths } from '../paths.ts'
import { useTexts } from '../texts/desk-texts.tsx'
import { Badge } from './badge.tsx'
import { Go } from './go.tsx'
import { HAS_TONES, STANDING_TONES, WORK_ITEM_TONES } from './tones.ts'
import styles from './waiting.module.css'

/** As many as say why it stands so; a large customer has a hundred installations. */
const SHOWN = 5

/** What lacks the work is why the ticket waits. */
const WHY_FIRST: readonly Has[] = ['no', 'unknown', 'yes']

/** A ticket that waits for a release: whose it is, the work it waits for, and what runs at the customer. */
export const WaitingRow = ({ ticket }: { readonly ticket: WaitingTicket }) => {
  const texts = useTexts()
  const { key, title, standing } = ticket
  return (
    <>
      <div className={styles.head}>
        <Go to={paths.ticket(key)}>
          <span className={styles.key}>{key}</span> {title}
        </Go>
        <Badge tone={STANDING_TONES[standing]}>{texts.trace.waiting.standings[standing]}</Badge>
      </div>
      <Whose ticket={ticket} />
      <div className={styles.why}>
        <Work items={ticket.workItems} />
        <Installations items={ticket.installations} />
      </div>
    </>
  )
}

const Whose = ({ ticket: { customer, contact, owner } }: { readonly ticket: WaitingTicket }) => {
  const { fields, filters } = useTexts()
  return (
    <p className={styles.whose}>
      {customer === null ? null : (
        <>
          <Go to={paths.customers({ text: customer.name })}>{customer.name}</Go> ·{' '}
        </>
      )}
      {contact === null ? null : `${fields.contact}: ${contact.name} · `}
      {`${fields.owner}: ${owner?.name ?? filters.owner.nobody}`}
    </p>
  )
}

const Work = ({ items }: { readonly items: WaitingTicket['workItems'] }) => {
  const texts = useTexts()
  return (
    <ul>
      {items.slice(0, SHOWN).map((item) => (
        <li key={item.id}>
          <Go to={paths.workItem(item.key)}>{item.key}</Go> {item.title}{' '}
          <Badge tone={WORK_ITEM_TONES[item.state]}>{texts.words.workItemState[item.state]}</Badge>
        </li>
      ))}
      <Further than={items.length} />
    </ul>
  )
}

const Installations = ({ items }: { readonly items: WaitingTicket['installations'] }) => {
  const { trace: words } = useTexts()
  if (items.length === 0) return <p>{words.waiting.noInstallation}</p>
  const sorted = items.toSorted((a, b) => WHY_FIRST.indexOf(a.has) - WHY_FIRST.indexOf(b.has))
  return (
    <ul>
      {sorted.slice(0, SHOWN).map(({ id, environment, version, has }) => (
        <li key={id}>
          {environment} · {version ?? words.noVersion} <Badge tone={HAS_TONES[has]}>{words.has[has]}</Badge>
        </li>
      ))}
      <Further than={items.length} />
    </ul>
  )
}

const Further = ({ than }: { readonly than: number }) => {
  const { trace: words } = useTexts()
  return than > SHOWN ? <li>{words.further(than - SHOWN)}</li> : null
}
