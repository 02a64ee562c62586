import { Button } from '@mantine/core'
import { type Mention, useSeeMention } from '../api/desk.ts'
import { useTexts } from '../texts/desk-texts.tsx'
import { Go } from './go.tsx'
import styles from './mention-row.module.css'
import { Face } from './person.tsx'
import { Time } from './time.tsx'

/** A note that calls for one: who, where, its first words; seen by a click, or by answering there. */
export const MentionRow = ({ mention, to }: { readonly mention: Mention; readonly to: string }) => {
  const { moves } = useTexts()
  const see = useSeeMention()
  const { id, by, record, text, at } = mention
  return (
    <div className={styles.row}>
      <Face name={by.name} />
      <Go to={to} className={styles.words}>
        <strong>{moves.calls(by.name)}</strong>
        <span className={styles.record}>
          {record.key} {record.title}
        </span>
        <span className={styles.text}>{text}</span>
      </Go>
      <span className="quiet">
        <Time at={at} short />
      </span>
      <Button variant="default" loading={see.isPending} onClick={() => see.mutate(id)}>
        {moves.seen}
      </Button>
    </div>
  )
}
