import type { ListedWorkItem } from '../api/work-items.ts'
import { paths } from '../paths.ts'
import { useTexts } from '../texts/desk-texts.tsx'
import { Badge } from './badge.tsx'
import { Go } from './go.tsx'
import { Icon } from './icons.tsx'
import { Face } from './person.tsx'
import styles from './rows.module.css'
import { Time } from './time.tsx'
import { SEVERITY_TONES, WORK_ITEM_TONES } from './tones.ts'

export const WorkItemRow = ({ item }: { readonly item: ListedWorkItem }) => {
  const texts = useTexts()
  return (
    <Go to={paths.workItem(item.key)} className={`${styles.row} ${styles.work}`}>
      <span className={styles.key}>{item.key}</span>
      <span className={styles.title}>
        {item.title}
        {item.release === null ? null : <small>{item.release}</small>}
      </span>
      <span className={styles.side}>{item.component ?? item.team ?? ''}</span>
      <span className={styles.count} title={texts.workItems.behind(item.tickets, item.customers)}>
        <Icon name="ticket" size={14} />
        <span className="visually-hidden">{texts.workItems.behind(item.tickets, item.customers)}</span>
        <span aria-hidden="true">{item.tickets}</span>
      </span>
      {item.severity === null ? (
        <span />
      ) : (
        <Badge tone={SEVERITY_TONES[item.severity]} title={texts.fields.severity}>
          {texts.words.severity[item.severity]}
        </Badge>
      )}
      <Badge tone={WORK_ITEM_TONES[item.state]}>{texts.words.workItemState[item.state]}</Badge>
      {item.assignee === null ? <span /> : <Face name={item.assignee} />}
      <span className={styles.when}>
        <Time at={item.updatedAt} short />
      </span>
    </Go>
  )
}
