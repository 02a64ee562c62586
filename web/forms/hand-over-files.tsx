import { Checkbox, Stack } from '@mantine/core'
import { useEffect } from 'react'
import { type Attachment, useTimeline } from '../api/timeline.ts'
import { useSize } from '../parts/files.tsx'
import { AudienceMark } from '../parts/timeline.tsx'
import { useTexts } from '../texts/desk-texts.tsx'
import styles from './escalate-dialog.module.css'

/** The ticket's files, latest first, as far as its conversation was read; those whose bytes are here. */
export const useTicketFiles = (ref: string) => {
  const { items, hasNextPage, isPending } = useTimeline({ noun: 'tickets', ref })
  const files = items.flatMap((entry) => {
    if (entry.type === 'attachment') return [entry.attachment]
    return entry.type === 'comment' && entry.on?.kind !== 'work item' ? entry.attachments : []
  })
  return { files: files.filter(({ state }) => state === 'stored'), isMore: hasNextPage, isPending }
}

/** Which of them go along, each with who reads it today. What colleagues may read is chosen to begin with. */
export const HandOverFiles = ({
  refOfTicket,
  chosen,
  choose,
}: {
  readonly refOfTicket: string
  /** Null: nobody has chosen yet. */
  readonly chosen: ReadonlySet<string> | null
  readonly choose: (files: ReadonlySet<string>) => void
}) => {
  const { handOver } = useTexts()
  const size = useSize()
  const { files, isMore, isPending } = useTicketFiles(refOfTicket)
  const isKnown = chosen !== null
  // biome-ignore lint/correctness/useExhaustiveDependencies: chosen once, when the files are known
  useEffect(() => {
    if (!isKnown && !isPending) choose(new Set(files.filter(isForColleagues).map(({ id }) => id)))
  }, [isKnown, isPending])
  if (files.length === 0) return <p className="quiet">{handOver.none}</p>
  const toggle = (id: string, isChosen: boolean): void => {
    const next = new Set(chosen)
    if (isChosen) next.add(id)
    else next.delete(id)
    choose(next)
  }
  return (
    <Stack gap={10} role="group" aria-label={handOver.title}>
      <span className="quiet">{handOver.about}</span>
      {files.map((file) => (
        <Checkbox
          key={file.id}
          size="xs"
          checked={chosen?.has(file.id) ?? false}
          onChange={(event) => toggle(file.id, event.currentTarget.checked)}
          label={
            <span className={styles.file}>
              {file.name} <span className="quiet">{file.size === null ? '' : size(file.size)}</span>
              <AudienceMark audience={file.audience ?? 'everyone'} />
            </span>
          }
        />
      ))}
      {isMore ? <span className="quiet">{handOver.more}</span> : null}
    </Stack>
  )
}

const isForColleagues = ({ audience = 'everyone' }: Attachment): boolean =>
  audience === 'everyone' || audience === 'staff'
