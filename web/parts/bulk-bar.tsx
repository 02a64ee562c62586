import { Button, CloseButton } from '@mantine/core'
import { useState } from 'react'
import { BULK_MAX } from '../api/bulk.ts'
import { factsOf } from '../api/problem.ts'
import { BulkDialog } from '../forms/bulk-dialog.tsx'
import { useTexts } from '../texts/desk-texts.tsx'
import { ActionButton } from './action-button.tsx'
import styles from './bulk-bar.module.css'
import type { BulkKind, BulkSubject } from './bulk-subject.ts'
import { problemWords } from './problem-words.ts'
import { tell } from './tell.tsx'
import type { Selection } from './use-selection.ts'

/** What can be done with all rows that are chosen; stands at the foot of the list while there are any. */
export const BulkBar = <A,>({
  selection,
  subject,
}: {
  readonly selection: Selection
  readonly subject: BulkSubject<A>
}) => {
  const texts = useTexts()
  const [open, setOpen] = useState<BulkKind | null>(null)
  const [isLoading, setLoading] = useState(false)
  const { chosen } = selection
  if (chosen.size === 0) return null
  const tooMany = chosen.size > BULK_MAX ? texts.bulk.tooMany(BULK_MAX) : null
  const chooseAll = async (): Promise<void> => {
    setLoading(true)
    try {
      const { keys, isMore } = await subject.allMatching()
      selection.add(keys)
      if (isMore) tell({ text: texts.bulk.onlyFirst(BULK_MAX), tone: 'warn' })
    } catch (error) {
      tell({ text: problemWords(factsOf(error), texts).detail, tone: 'bad' })
    }
    setLoading(false)
  }
  return (
    <section className={styles.bar} aria-label={texts.bulk.title}>
      <strong role="status">{subject.words.chosen(chosen.size)}</strong>
      <Button variant="subtle" loading={isLoading} onClick={() => void chooseAll()}>
        {texts.bulk.all}
      </Button>
      <span className={styles.actions}>
        {subject.kinds.map((kind) => (
          <ActionButton
            key={kind}
            label={texts.bulk.kinds[kind]}
            reason={subject.reasonFor(kind) ?? tooMany}
            run={() => setOpen(kind)}
          />
        ))}
      </span>
      <CloseButton aria-label={texts.bulk.clear} onClick={selection.clear} />
      {open === null ? null : (
        <BulkDialog
          kind={open}
          subject={subject}
          keys={[...chosen]}
          close={() => setOpen(null)}
          left={selection.only}
        />
      )}
    </section>
  )
}
