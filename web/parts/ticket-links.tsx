import { useLinks } from '../api/desk.ts'
import { useMay } from '../api/session.ts'
import type { TicketInside } from '../api/tickets.ts'
import { paths } from '../paths.ts'
import { useTexts } from '../texts/desk-texts.tsx'
import { Go } from './go.tsx'
import { Icon } from './icons.tsx'
import { Facts } from './record.tsx'
import { FormProblem } from './states.tsx'
import { tell } from './tell.tsx'
import styles from './ticket-desk.module.css'

type Short = TicketInside['mergedFrom'][number]

/** What a ticket has to do with: other tickets, places elsewhere, and tickets that were merged into it. */
export const TicketLinks = ({
  refOfTicket,
  inside: { links, mergedFrom },
}: {
  readonly refOfTicket: string
  readonly inside: TicketInside
}) => {
  const texts = useTexts()
  const mayWrite = useMay('tickets.write')
  const { take, add } = useLinks(refOfTicket)
  if (links.length === 0 && mergedFrom.length === 0) return null
  const remove = ({ id, ticket, url, title }: TicketInside['links'][number]): void => {
    const again =
      ticket === null ? { url: url ?? '', ...(title === null ? {} : { title }) } : { ticket: ticket.id }
    take.mutate(id, {
      onSuccess: () =>
        tell({
          text: texts.ticketLinks.removed,
          tone: 'good',
          undo: { label: texts.forms.undo, run: () => add.mutate(again) },
        }),
    })
  }
  return (
    <>
      {links.length === 0 ? null : (
        <Facts title={texts.ticketLinks.title}>
          <ul className={styles.list}>
            {links.map((link) => (
              <li key={link.id}>
                {link.ticket === null ? (
                  <a href={link.url ?? ''} target="_blank" rel="noopener noreferrer">
                    {link.title ?? link.url} <Icon name="link" size={12} />
                  </a>
                ) : (
                  <InShort ticket={link.ticket} />
                )}
                {mayWrite ? (
                  <button
                    type="button"
                    className={styles.icon}
                    disabled={take.isPending}
                    aria-label={texts.ticketLinks.remove(link.ticket?.key ?? link.title ?? link.url ?? '')}
                    onClick={() => remove(link)}
                  >
                    <Icon name="close" size={12} />
                  </button>
                ) : null}
              </li>
            ))}
          </ul>
          <FormProblem error={take.error ?? add.error} />
        </Facts>
      )}
      {mergedFrom.length === 0 ? null : (
        <Facts title={texts.merge.here}>
          <ul className={styles.list}>
            {mergedFrom.map((ticket) => (
              <li key={ticket.id}>
                <InShort ticket={ticket} />
              </li>
            ))}
          </ul>
        </Facts>
      )}
    </>
  )
}

const InShort = ({ ticket: { key, title, state } }: { readonly ticket: Short }) => {
  const texts = useTexts()
  return (
    <Go to={paths.ticket(key)}>
      <strong>{key}</strong> {title} <small>{texts.words.ticketState[state]}</small>
    </Go>
  )
}
