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
    <ToldRow
      told={{
        by: by.name,
        to,
        title: moves.calls(by.name),
        record: `${record.key} ${record.title}`,
        text,
        at,
      }}
      see={{ isPending: see.isPending, run: () => see.mutate(id) }}
    />
  )
}

/** What somebody did that one is told of until one has seen it. */
export const ToldRow = ({
  told: { by, to, title, record, text, at },
  see,
}: {
  readonly told: Readonly<Record<'by' | 'to' | 'title' | 'record' | 'text' | 'at', string>>
  readonly see: { readonly isPending: boolean; readonly run: () => void }
}) => {
  const { moves } = useTexts()
  return (
    <div className={styles.row}>
      <Face name={by} />
      <Go to={to} className={styles.words}>
        <strong>{title}</strong>
        <span className={styles.record}>{record}</span>
        <span className={styles.text}>{text}</span>
      </Go>
      <span className="quiet">
        <Time at={at} short />
      </span>
      <Button variant="default" loading={see.isPending} onClick={see.run}>
        {moves.seen}
      </Button>
    </div>
  )
}
