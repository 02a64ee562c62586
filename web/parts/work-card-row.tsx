import type { WorkCard } from '../board/board.ts'
import { paths } from '../paths.ts'
import { useTexts } from '../texts/desk-texts.tsx'
import { Badge } from './badge.tsx'
import { Go } from './go.tsx'
import { Icon } from './icons.tsx'
import styles from './rows.module.css'
import { Time, useDay } from './time.tsx'
import { SEVERITY_TONES, WORK_ITEM_TONES } from './tones.ts'

/** One's own work in a row: what it is, for whom, what was promised, and for how long it stands where it is. */
export const WorkCardRow = ({ card }: { readonly card: WorkCard }) => {
  const texts = useTexts()
  const day = useDay()
  const { key, title, release, severity, tickets, customers, blockedBy } = card
  const behind = texts.workItems.behind(tickets, customers)
  const promise =
    release === null
      ? texts.myWork.noPromise
      : release.to === null
        ? release.name
        : `${release.name} · ${texts.myWork.promised(day(release.to))}`
  return (
    <Go to={paths.workItem(key)} className={`${styles.row} ${styles.own}`}>
      <span className={styles.key}>{key}</span>
      <span className={styles.title}>
        {title}
        {blockedBy.length === 0 ? null : <small>{texts.board.blockedBy(blockedBy.join(', '))}</small>}
      </span>
      <span className={styles.side}>{promise}</span>
      <span className={styles.count} title={behind}>
        <Icon name="ticket" size={14} />
        <span className="visually-hidden">{behind}</span>
        <span aria-hidden="true">{tickets}</span>
      </span>
      {card.expedite ? (
        <Badge tone="move">{texts.board.expedited}</Badge>
      ) : severity === null ? (
        <span />
      ) : (
        <Badge tone={SEVERITY_TONES[severity]} title={texts.fields.severity}>
          {texts.words.severity[severity]}
        </Badge>
      )}
      <Badge tone={WORK_ITEM_TONES[card.state]}>{texts.words.workItemState[card.state]}</Badge>
      <span className={styles.when}>
        <Time at={card.statusMovedAt} short />
      </span>
    </Go>
  )
}
