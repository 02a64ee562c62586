import { Progress, Select, Stack, Text, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { SEVERITIES, type Severity, WAITING_FOR, type WaitingFor } from '../../src/domain/words.ts'
import { type BulkAction, doToTicket } from '../api/bulk.ts'
import { factsOf } from '../api/problem.ts'
import { queryKeys } from '../api/query-keys.ts'
import styles from '../parts/bulk-bar.module.css'
import { problemWords } from '../parts/problem-words.ts'
import { type Outcome, runMany } from '../parts/run-many.ts'
import { tell } from '../parts/tell.tsx'
import { useTexts } from '../texts/desk-texts.tsx'
import { FormDialog } from './form-dialog.tsx'
import { PickRecord } from './pick-record.tsx'

export const BULK_KINDS = ['assign', 'severity', 'snooze', 'join', 'resolve', 'close', 'cancel'] as const
export type BulkKind = (typeof BULK_KINDS)[number]

/** Asks once for all of them, shows how far it is, and then which were refused and why. */
export const BulkDialog = ({
  kind,
  keys,
  close,
  done,
}: {
  readonly kind: BulkKind
  readonly keys: readonly string[]
  readonly close: () => void
  /** All of it was done. */
  readonly done: () => void
}) => {
  const texts = useTexts()
  const client = useQueryClient()
  const [action, setAction] = useState<BulkAction | null>(startOf(kind))
  const [progress, setProgress] = useState<number | null>(null)
  const [refused, setRefused] = useState<readonly Outcome<BulkAction | null>[]>([])
  const refresh = (): Promise<unknown> =>
    Promise.all(
      [queryKeys.tickets, ['ticket'], queryKeys.workItems, ['work-item']].map((queryKey) =>
        client.invalidateQueries({ queryKey }),
      ),
    )
  const takeBack = async (inverse: ReadonlyMap<string, BulkAction>): Promise<void> => {
    const outcomes = await runMany(
      [...inverse.keys()],
      async (key) => {
        const back = inverse.get(key)
        return back === undefined ? null : doToTicket(key, back)
      },
      () => {},
    )
    await refresh()
    const left = outcomes.filter(({ error }) => error !== null).length
    tell(
      left === 0
        ? { text: texts.bulk.undone(outcomes.length), tone: 'good' }
        : { text: texts.bulk.notUndone(left), tone: 'bad' },
    )
  }
  const send = async (): Promise<void> => {
    if (action === null) return
    setProgress(0)
    const outcomes = await runMany(keys, (key) => doToTicket(key, action), setProgress)
    setProgress(null)
    await refresh()
    const failed = outcomes.filter(({ error }) => error !== null)
    const inverse = new Map(
      outcomes.flatMap(({ key, done: back }) => (back === null ? [] : [[key, back] as const])),
    )
    const count = outcomes.length - failed.length
    if (count > 0)
      tell({
        text: texts.bulk.done(count),
        tone: 'good',
        ...(inverse.size === 0
          ? {}
          : { undo: { label: texts.forms.undo, run: () => void takeBack(inverse) } }),
      })
    setRefused(failed)
    if (failed.length > 0) return
    done()
    close()
  }
  if (refused.length > 0) return <Refused refused={refused} close={close} />
  return (
    <FormDialog
      isOpen
      close={close}
      title={texts.bulk.kinds[kind]}
      send={() => void send()}
      sendLabel={texts.bulk.apply(keys.length)}
      isSending={progress !== null}
      error={null}
      isReady={action !== null}
      isDanger={kind === 'cancel'}
    >
      <Text>{texts.bulk.about(keys.length)}</Text>
      <Fields kind={kind} action={action} set={setAction} />
      {progress === null ? null : (
        <Progress
          value={(progress / keys.length) * 100}
          aria-label={texts.bulk.progress(progress, keys.length)}
        />
      )}
    </FormDialog>
  )
}

/** Null: something must be chosen first. */
const startOf = (kind: BulkKind): BulkAction | null => {
  switch (kind) {
    case 'assign':
      return { do: 'assign', owner: null }
    case 'snooze':
      return { do: 'snooze', waitingFor: 'customer', until: null }
    case 'severity':
    case 'join':
      return null
    default:
      return { do: kind }
  }
}

const Fields = ({
  kind,
  action,
  set,
}: {
  readonly kind: BulkKind
  readonly action: BulkAction | null
  readonly set: (action: BulkAction | null) => void
}) => {
  const texts = useTexts()
  switch (kind) {
    case 'assign':
      return (
        <PickRecord
          noun="people"
          label={texts.fields.owner}
          placeholder={texts.filters.owner.nobody}
          value={action?.do === 'assign' ? action.owner : null}
          choose={(owner) => set({ do: 'assign', owner })}
          only={({ roles }) => roles.some((role) => role === 'agent' || role === 'lead' || role === 'owner')}
        />
      )
    case 'severity':
      return (
        <Select
          label={texts.fields.severity}
          data={SEVERITIES.map((word) => ({ value: word, label: texts.words.severity[word] }))}
          value={action?.do === 'severity' ? action.severity : null}
          onChange={(word) => set(word === null ? null : { do: 'severity', severity: word as Severity })}
        />
      )
    case 'snooze':
      return <SnoozeFields action={action} set={set} />
    case 'join':
      return (
        <TextInput
          label={texts.bulk.workItem}
          description={texts.bulk.workItemAbout}
          onChange={(event) => {
            const workItem = event.currentTarget.value.trim()
            set(workItem === '' ? null : { do: 'join', workItem })
          }}
        />
      )
    default:
      return null
  }
}

const SnoozeFields = ({
  action,
  set,
}: {
  readonly action: BulkAction | null
  readonly set: (action: BulkAction) => void
}) => {
  const texts = useTexts()
  const now = action?.do === 'snooze' ? action : { waitingFor: 'customer' as const, until: null }
  return (
    <Stack gap="sm">
      <Select
        label={texts.snooze.waitingFor}
        data={WAITING_FOR.map((word) => ({ value: word, label: texts.words.waitingFor[word] }))}
        value={now.waitingFor}
        allowDeselect={false}
        onChange={(word) => set({ do: 'snooze', until: now.until, waitingFor: word as WaitingFor })}
      />
      <TextInput
        type="datetime-local"
        label={texts.snooze.until}
        description={texts.snooze.untilAbout}
        onChange={(event) => {
          const { value } = event.currentTarget
          const until = value === '' ? null : new Date(value).toISOString()
          set({ do: 'snooze', waitingFor: now.waitingFor, until })
        }}
      />
    </Stack>
  )
}

/** Those that stay chosen, with what stands against each. */
const Refused = ({
  refused,
  close,
}: {
  readonly refused: readonly Outcome<BulkAction | null>[]
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
