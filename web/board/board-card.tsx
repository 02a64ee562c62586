import { draggable } from '@atlaskit/pragmatic-drag-and-drop/element/adapter'
import { type KeyboardEvent, useEffect, useRef } from 'react'
import { Badge } from '../parts/badge.tsx'
import { Go } from '../parts/go.tsx'
import { Icon } from '../parts/icons.tsx'
import { Face } from '../parts/person.tsx'
import { Time, useDay } from '../parts/time.tsx'
import { SEVERITY_TONES } from '../parts/tones.ts'
import { paths } from '../paths.ts'
import { useTexts } from '../texts/desk-texts.tsx'
import styles from './board.module.css'
import type { WorkCard } from './board.ts'

/** One card: a link to its work item, which the mouse drags and the keyboard picks up. */
export const BoardCard = ({
  card,
  isHeld,
  isFirst,
  isMovable,
  hint,
  focused,
  pressed,
}: {
  readonly card: WorkCard
  readonly isHeld: boolean
  /** The one that Tab leads to. */
  readonly isFirst: boolean
  readonly isMovable: boolean
  /** Id of the words that say how a card is moved. */
  readonly hint: string
  readonly focused: () => void
  readonly pressed: (event: KeyboardEvent) => void
}) => {
  const ref = useRef<HTMLLIElement>(null)
  const { key, title } = card
  useEffect(() => {
    const element = ref.current
    if (element === null || !isMovable) return undefined
    return draggable({
      element,
      getInitialData: () => ({ key }),
      onDragStart: () => element.setAttribute('data-dragged', 'true'),
      onDrop: () => element.removeAttribute('data-dragged'),
    })
  }, [key, isMovable])
  return (
    <li ref={ref} className={styles.card} data-held={isHeld} data-expedite={card.expedite}>
      <Go
        to={paths.workItem(key)}
        id={cardId(key)}
        tabIndex={isFirst ? 0 : -1}
        draggable={false}
        aria-describedby={hint}
        onFocus={focused}
        onKeyDown={pressed}
      >
        <span className={styles.top}>
          <span className={styles.key}>{key}</span>
          <span className={styles.age}>
            <Time at={card.statusMovedAt} short />
          </span>
        </span>
        <span className={styles.title}>{title}</span>
        <Marks card={card} />
        <Facts card={card} />
      </Go>
    </li>
  )
}

export const cardId = (key: string): string => `card-${key}`

/** What is pressing or in the way; a card without it stays small. */
const Marks = ({ card }: { readonly card: WorkCard }) => {
  const texts = useTexts()
  const { severity, asked, blockedBy, expedite } = card
  if (severity === null && !asked && blockedBy.length === 0 && !expedite) return null
  return (
    <span className={styles.marks}>
      {expedite ? <Badge tone="move">{texts.board.expedited}</Badge> : null}
      {severity === null ? null : (
        <Badge tone={SEVERITY_TONES[severity]} title={texts.fields.severity}>
          {texts.words.severity[severity]}
        </Badge>
      )}
      {asked ? <Badge tone="warn">{texts.board.asked}</Badge> : null}
      {blockedBy.length === 0 ? null : (
        <Badge tone="bad" title={texts.board.blockedBy(blockedBy.join(', '))}>
          {texts.board.blocked}
        </Badge>
      )}
    </span>
  )
}

const Facts = ({ card }: { readonly card: WorkCard }) => {
  const texts = useTexts()
  const day = useDay()
  const { customer, customers, tickets, release, assignee } = card
  const behind = texts.workItems.behind(tickets, customers)
  if (tickets === 0 && release === null && assignee === null) return null
  return (
    <span className={styles.facts}>
      {tickets === 0 ? null : (
        <span className={styles.behind} title={behind}>
          <Icon name="ticket" size={13} />
          <span className="visually-hidden">{behind}</span>
          <span aria-hidden="true">
            {[String(tickets), customer === null ? null : shortly(customer, customers)]
              .filter(Boolean)
              .join(' · ')}
          </span>
        </span>
      )}
      {release === null ? null : (
        <span
          className={styles.release}
          title={release.to === null ? texts.fields.release : texts.ticket.plannedFor(day(release.to))}
        >
          {release.name}
        </span>
      )}
      <span className={styles.who}>
        {assignee === null ? null : (
          <>
            <span className="visually-hidden">{`${texts.fields.assignee}: ${assignee.name}`}</span>
            <Face name={assignee.name} />
          </>
        )}
      </span>
    </span>
  )
}

/** `Acme +2`: who has most of the tickets, and how many others wait. */
const shortly = (customer: string, customers: number): string =>
  customers > 1 ? `${customer} +${customers - 1}` : customer
