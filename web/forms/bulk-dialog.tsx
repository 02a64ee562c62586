import { Progress, Text } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { factsOf } from '../api/problem.ts'
import styles from '../parts/bulk-bar.module.css'
import { type BulkKind, type BulkSubject, STALE_AFTER_BULK } from '../parts/bulk-subject.ts'
import { problemWords } from '../parts/problem-words.ts'
import { type Outcome, runMany } from '../parts/run-many.ts'
import { tell } from '../parts/tell.tsx'
import { useTexts } from '../texts/desk-texts.tsx'
import { FormDialog } from './form-dialog.tsx'

/** Asks once for all of them, shows how far it is, and then which were refused and why. */
export const BulkDialog = <A,>({
  kind,
  subject,
  keys,
  close,
  left,
}: {
  readonly kind: BulkKind
  readonly subject: BulkSubject<A>
  readonly keys: readonly string[]
  readonly close: () => void
  /** Told which could not be done: those stay chosen. */
  readonly left: (keys: readonly string[]) => void
}) => {
  const texts = useTexts()
  const [action, setAction] = useState<A | null>(() => subject.startOf(kind))
  const [progress, setProgress] = useState<number | null>(null)
  const [refused, setRefused] = useState<readonly Outcome<A | null>[]>([])
  const { refresh, takeBack } = useTakeBack(subject)
  const send = async (): Promise<void> => {
    if (action === null) return
    setProgress(0)
    const outcomes = await runMany(keys, (key) => subject.act(key, action), setProgress)
    setProgress(null)
    await refresh()
    const failed = outcomes.filter(({ error }) => error !== null)
    const inverse = new Map(
      outcomes.flatMap(({ key, done: back }) => (back === null ? [] : [[key, back] as const])),
    )
    const count = outcomes.length - failed.length
    if (count > 0)
      tell({
        text: subject.words.done(count),
        tone: 'good',
        ...(inverse.size === 0
          ? {}
          : { undo: { label: texts.forms.undo, run: () => void takeBack(inverse) } }),
      })
    setRefused(failed)
    left(failed.map(({ key }) => key))
    if (failed.length === 0) close()
  }
  if (refused.length > 0) return <Refused refused={refused} close={close} />
  return (
    <FormDialog
      isOpen
      close={close}
      title={texts.bulk.kinds[kind]}
      send={() => void send()}
      sendLabel={subject.words.apply(keys.length)}
      isSending={progress !== null}
      error={null}
      isReady={action !== null}
      isDanger={subject.isDanger(kind)}
    >
      <Text>{subject.words.about(keys.length)}</Text>
      {subject.fields(kind, action, setAction)}
      {progress === null ? null : (
        <Progress
          value={(progress / keys.length) * 100}
          aria-label={texts.bulk.progress(progress, keys.length)}
        />
      )}
    </FormDialog>
  )
}

/** Takes all of it back, one by one; what somebody changed since stays as they left it, and is named. */
const useTakeBack = <A,>({ act, words }: BulkSubject<A>) => {
  const client = useQueryClient()
  const refresh = (): Promise<unknown> =>
    Promise.all(STALE_AFTER_BULK.map((queryKey) => client.invalidateQueries({ queryKey })))
  const takeBack = async (inverse: ReadonlyMap<string, A>): Promise<void> => {
    const outcomes = await runMany(
      [...inverse.keys()],
      async (key) => {
        const back = inverse.get(key)
        return back === undefined ? null : act(key, back)
      },
      () => {},
    )
    await refresh()
    const left = outcomes.flatMap(({ key, error }) => (error === null ? [] : [key]))
    tell(
      left.length === 0
        ? { text: words.undone(outcomes.length), tone: 'good' }
        : { text: words.notUndone(left.length, left.join(', ')), tone: 'bad' },
    )
  }
  return { refresh, takeBack }
}

/** Those that stay chosen, with what stands against each. */
const Refused = ({
  refused,
  close,
}: {
  readonly refused: readonly Outcome<unknown>[]
  readonly close: () => void
}) => {
  const texts = useTexts()
  return (
    <FormDialog
      isOpen
      close={close}
      title={texts.bulk.refused(refused.length)}
      send={close}
      sendLabel={texts.bulk.understood}
      isSending={false}
      error={null}
    >
      <ul className={styles.refused}>
        {refused.map(({ key, error }) => (
          <li key={key}>
            <strong>{key}</strong>
            <span>{problemWords(factsOf(error), texts).detail}</span>
          </li>
        ))}
      </ul>
    </FormDialog>
  )
}
