import { Button, Menu } from '@mantine/core'
import type { ReleaseNote } from '../api/release-notes.ts'
import { useMay } from '../api/session.ts'
import { paths } from '../paths.ts'
import { useTexts } from '../texts/desk-texts.tsx'
import { ActionButton } from './action-button.tsx'
import { Badge } from './badge.tsx'
import { Go } from './go.tsx'
import { Icon } from './icons.tsx'
import { Pairs } from './record.tsx'
import styles from './release-notes.module.css'
import { NOTE_TONES } from './tones.ts'

/** One thing that can be done with a note; with a reason it cannot, now. */
export interface NoteAction {
  readonly label: string
  readonly run: () => void
  readonly reason: string | null
}

/** A note: what users notice, what is said then, and how far it is. The first action stands beside it, the others in its menu. */
export const NoteRow = ({
  note,
  actions,
}: {
  readonly note: ReleaseNote
  readonly actions: readonly NoteAction[]
}) => {
  const { releaseNotes: words, manage } = useTexts()
  const mayReadWork = useMay('work-items.read')
  const { title, state, body, say, workaround, component, workItem, approvedBy } = note
  const [first, ...others] = actions
  return (
    <>
      <div>
        <h3 className={styles.title}>{title}</h3>
        {body === '' ? null : <p className={styles.said}>{body}</p>}
        <Pairs
          pairs={[
            [words.say, say],
            [words.workaround, workaround],
          ]}
        />
        <p className={styles.marks}>
          <Badge tone={NOTE_TONES[state]}>{words.states[state]}</Badge>
          {approvedBy === null ? null : <span>{words.approvedBy(approvedBy.name)}</span>}
          {component === null ? null : <span>{component.name}</span>}
          {workItem === null || !mayReadWork ? null : (
            <Go to={paths.workItem(workItem.key)} title={workItem.title}>
              {workItem.key}
            </Go>
          )}
        </p>
      </div>
      <div className={styles.steps}>
        {first === undefined ? null : <ActionButton {...first} fullLabel={`${first.label}: ${title}`} />}
        <Menu shadow="md" position="bottom-end">
          <Menu.Target>
            <Button variant="subtle" color="gray" px={8} aria-label={manage.actions(title)}>
              <Icon name="more" />
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {others.map(({ label, run, reason }) => (
              <Menu.Item key={label} disabled={reason !== null} title={reason ?? undefined} onClick={run}>
                {label}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      </div>
    </>
  )
}
