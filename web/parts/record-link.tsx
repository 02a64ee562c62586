import { useMay } from '../api/session.ts'
import { paths } from '../paths.ts'
import { Go } from './go.tsx'
import styles from './waits.module.css'

/** To the record, where the reader may open it; releases have no screen of their own. */
export const RecordLink = ({
  kind,
  name,
  hasRecord = true,
}: {
  readonly kind: string | null
  readonly name: string
  readonly hasRecord?: boolean
}) => {
  const mayTickets = useMay('tickets.read')
  const mayWork = useMay('work-items.read')
  if (hasRecord && kind === 'ticket' && mayTickets)
    return (
      <Go to={paths.ticket(name)} className={styles.record}>
        {name}
      </Go>
    )
  if (hasRecord && kind === 'work item' && mayWork)
    return (
      <Go to={paths.workItem(name)} className={styles.record}>
        {name}
      </Go>
    )
  return <span>{name}</span>
}
