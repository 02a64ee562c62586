import { useMay } from '../api/session.ts'
import type { Ticket, TicketInside } from '../api/tickets.ts'
import { paths } from '../paths.ts'
import { useTexts } from '../texts/desk-texts.tsx'
import { Badge } from './badge.tsx'
import { Go } from './go.tsx'
import { Mirrors } from './mirrors.tsx'
import { Person } from './person.tsx'
import { FactList, Facts, recordStyles as styles } from './record.tsx'
import { TicketLinks } from './ticket-links.tsx'
import { TicketSimilar } from './ticket-similar.tsx'
import { TicketWeight } from './ticket-weight.tsx'
import { TicketWish } from './ticket-wish.tsx'
import { Time } from './time.tsx'
import { ESCALATION_TONES, WORK_ITEM_TONES } from './tones.ts'
import { WithheldFiles } from './withheld-files.tsx'

/** Everything that is known around a ticket. What is for staff only is not there for a customer to begin with. */
export const TicketPanel = ({
  refOfTicket,
  ticket,
}: {
  readonly refOfTicket: string
  readonly ticket: Ticket
}) => {
  const texts = useTexts()
  const { inside } = ticket
  return (
    <>
      <Facts title={texts.panel.people}>
        <FactList
          facts={[
            [
              texts.fields.owner,
              <Person key="o" name={ticket.owner?.name ?? null} nobody={texts.filters.owner.nobody} />,
            ],
            [texts.fields.customer, ticket.customer?.name ?? null],
            ...(inside?.tier == null ? [] : [[texts.fields.tier, inside.tier] as const]),
            [texts.fields.contact, <Contact key="c" ticket={ticket} />],
          ]}
        />
      </Facts>
      <TicketWish ticket={ticket} />
      <TicketWeight refOfTicket={refOfTicket} ticket={ticket} />
      <Facts title={texts.panel.where}>
        <FactList
          facts={[
            [texts.fields.product, ticket.product?.name ?? null],
            ...(inside === undefined ? [] : [[texts.fields.component, componentWords(inside)] as const]),
            [texts.fields.version, ticket.installation?.version ?? ticket.version],
            [texts.fields.environment, ticket.installation?.environment ?? ticket.environment],
          ]}
        />
        {inside === undefined ? null : (
          <Go
            to={paths.bugOrFeature({
              text: ticket.title,
              product: ticket.product?.id,
              version: ticket.installation?.version ?? ticket.version ?? undefined,
              customer: ticket.customer?.id,
            })}
          >
            {texts.bugOrFeature.ask}
          </Go>
        )}
      </Facts>
      {inside == null ? null : <Engineering inside={inside} refOfTicket={refOfTicket} />}
      {inside === undefined || inside.mirrors.length === 0 ? null : (
        <Facts title={texts.panel.mirrors}>
          <Mirrors mirrors={inside.mirrors} of={ticket.key} />
        </Facts>
      )}
      {inside === undefined ? null : (
        <>
          <TicketLinks refOfTicket={refOfTicket} inside={inside} />
          <TicketSimilar refOfTicket={refOfTicket} ticket={ticket} />
        </>
      )}
      <Facts title={texts.panel.times}>
        <FactList
          facts={[
            [texts.fields.createdAt, <Time key="c" at={ticket.createdAt} />],
            [texts.fields.updatedAt, <Time key="u" at={ticket.updatedAt} />],
            ...(inside?.snoozedUntil == null
              ? []
              : [[texts.fields.snoozedUntil, <Time key="s" at={inside.snoozedUntil} />] as const]),
            ...(ticket.resolvedAt === null
              ? []
              : [[texts.fields.resolvedAt, <Time key="r" at={ticket.resolvedAt} />] as const]),
            ...(ticket.reopenedCount === 0
              ? []
              : [[texts.fields.reopened, String(ticket.reopenedCount)] as const]),
          ]}
        />
      </Facts>
    </>
  )
}

const componentWords = ({ component }: TicketInside): string | null =>
  component === null ? null : `${component.name} (${component.team.name})`

const Contact = ({ ticket }: { readonly ticket: Ticket }) => {
  const email = ticket.inside?.contactEmail ?? null
  if (ticket.contact === null) return <span className="quiet">–</span>
  return (
    <>
      {ticket.contact.name}
      {email === null ? null : (
        <>
          <br />
          <a href={`mailto:${email}`}>
            {email.split('@')[0]}
            {/* a long address breaks here first */}
            <wbr />@{email.split('@').slice(1).join('@')}
          </a>
        </>
      )}
    </>
  )
}

const Engineering = ({
  inside: { workItem, escalation, withheld },
  refOfTicket,
}: {
  readonly inside: TicketInside
  readonly refOfTicket: string
}) => {
  const texts = useTexts()
  const mayRead = useMay('work-items.read')
  if (workItem === null || escalation === null) return null
  const card = (
    <>
      <span>
        <strong>{workItem.key}</strong> {workItem.title}
      </span>
      <span>
        <Badge tone={WORK_ITEM_TONES[workItem.state]}>{texts.words.workItemState[workItem.state]}</Badge>{' '}
        <Badge tone={ESCALATION_TONES[escalation.state]}>
          {texts.words.escalationState[escalation.state]}
        </Badge>
      </span>
      <small>{[workItem.team?.name, workItem.assignee?.name].filter(Boolean).join(' · ')}</small>
      <small>
        {texts.panel.sentBy(escalation.sentBy.name)} <Time at={escalation.sentAt ?? escalation.createdAt} />
      </small>
    </>
  )
  return (
    <Facts title={texts.panel.engineering}>
      {mayRead ? (
        <Go to={paths.workItem(workItem.key)} className={styles.card}>
          {card}
        </Go>
      ) : (
        <div className={styles.card}>{card}</div>
      )}
      {workItem.mirrors.length === 0 ? null : <Mirrors mirrors={workItem.mirrors} of={workItem.key} />}
      {withheld.length === 0 ? null : <WithheldFiles files={withheld} refOfTicket={refOfTicket} />}
      {workItem.rootCause === null ? null : (
        <FactList facts={[[texts.fields.rootCause, workItem.rootCause]]} />
      )}
    </Facts>
  )
}
