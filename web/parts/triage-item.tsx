import { useQuery } from '@tanstack/react-query'
import { workItemQuery } from '../api/work-items.ts'
import type { WorkCard } from '../board/board.ts'
import { paths } from '../paths.ts'
import { useTexts } from '../texts/desk-texts.tsx'
import { Badge } from './badge.tsx'
import { Go } from './go.tsx'
import { RecordHead } from './record.tsx'
import { Failed, Loading } from './states.tsx'
import { TicketsBehind } from './tickets-behind.tsx'
import { Time } from './time.tsx'
import { SEVERITY_TONES, WORK_ITEM_TONES } from './tones.ts'
import styles from './triage.module.css'
import { Verdict, Voices, WorkItemStory } from './work-item-story.tsx'
import { WorkItemToolbar } from './work-item-toolbar.tsx'

/** One of the queue, in short. */
export const TriageLine = ({
  card,
  to,
  isHere,
}: {
  readonly card: WorkCard
  readonly to: string
  readonly isHere: boolean
}) => {
  const texts = useTexts()
  const { key, title, severity, tickets, customers, customer } = card
  return (
    <Go to={to} className={styles.one} aria-current={isHere ? 'true' : undefined}>
      <span className={styles.line}>
        <span>{key}</span>
        {card.expedite ? <Badge tone="move">{texts.board.expedited}</Badge> : null}
        {severity === null ? null : (
          <Badge tone={SEVERITY_TONES[severity]}>{texts.words.severity[severity]}</Badge>
        )}
        {card.asked ? <Badge tone="warn">{texts.board.asked}</Badge> : null}
        <Time at={card.snoozedUntil ?? card.statusMovedAt} short />
      </span>
      <span className={styles.title}>{title}</span>
      <span className={styles.line}>
        <span>
          {[customer, card.component ?? card.team?.name ?? texts.triage.noTeam].filter(Boolean).join(' · ')}
        </span>
        <span>{tickets === 0 ? '' : texts.workItems.behind(tickets, customers)}</span>
      </span>
    </Go>
  )
}

/** The one that is decided on, with everything that helps to. */
export const TriageItem = ({ refOfItem, back }: { readonly refOfItem: string; readonly back: string }) => {
  const texts = useTexts()
  const found = useQuery(workItemQuery(refOfItem))
  if (found.isPending) return <Loading />
  if (found.data === undefined) return <Failed error={found.error} retry={() => void found.refetch()} />
  const item = found.data
  const { severity } = item.severity
  return (
    <div key={item.id}>
      <Go to={back} className={styles.back}>
        {texts.triage.back}
      </Go>
      <RecordHead
        title={item.title}
        level={2}
        crumbs={
          <>
            <Go to={paths.workItem(item.key)}>{item.key}</Go>
            <span>·</span>
            <span>{texts.words.workItemKind[item.kind]}</span>
            <span>·</span>
            <span>{item.team?.name ?? texts.triage.noTeam}</span>
            <span>·</span>
            <span>
              {texts.triage.since} <Time at={item.statusMovedAt} />
            </span>
          </>
        }
      >
        <span className={styles.line}>
          <Badge tone={WORK_ITEM_TONES[item.state]}>{texts.words.workItemState[item.state]}</Badge>
          {severity === null ? null : (
            <Badge tone={SEVERITY_TONES[severity]} title={texts.workItem.severityAbout}>
              {texts.words.severity[severity]}
            </Badge>
          )}
          <Go to={paths.workItem(item.key)}>{texts.triage.open}</Go>
        </span>
      </RecordHead>
      <WorkItemToolbar refOfItem={refOfItem} item={item} />
      <Verdict item={item} />
      <WorkItemStory item={item} />
      <Voices refOfItem={refOfItem} item={item} />
      <TicketsBehind item={item} />
    </div>
  )
}
