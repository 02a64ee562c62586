import { useChanges } from '../api/changes.ts'
import { useMay } from '../api/session.ts'
import { paths } from '../paths.ts'
import { useTexts } from '../texts/desk-texts.tsx'
import { Badge } from './badge.tsx'
import styles from './change.module.css'
import { Go } from './go.tsx'
import { Block } from './record.tsx'
import { CHANGE_TONES } from './tones.ts'

/** The changes that bring a work item, and the emergencies that displaced it. Nothing where there are none. */
export const WorkItemChanges = ({ itemKey }: { readonly itemKey: string }) => {
  const { changes, words } = useTexts()
  const { items } = useChanges({ workItem: itemKey }, useMay('changes.read'))
  if (items.length === 0) return null
  return (
    <Block title={changes.ofWorkItem.title}>
      <ul className={styles.keys}>
        {items.map(({ id, key, title, kind, state }) => (
          <li key={id}>
            {kind === 'emergency' ? <Badge tone="bad">{changes.kinds.emergency}</Badge> : null}
            <Go to={paths.change(key)}>
              {key} {title}
            </Go>
            <Badge tone={CHANGE_TONES[state]}>{words.changeState[state]}</Badge>
          </li>
        ))}
      </ul>
    </Block>
  )
}
