import { TextInput } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { type Connection, useCheck, usePause, useResume, useSyncNow } from '../api/connections.ts'
import { factsOf } from '../api/problem.ts'
import { mayDo, useSelf } from '../api/session.ts'
import { FormDialog } from '../forms/form-dialog.tsx'
import { useTexts } from '../texts/desk-texts.tsx'
import type { RowAction } from './managed-list.tsx'
import { problemWords } from './problem-words.ts'
import { roleReason } from './roles.ts'
import { say } from './say.ts'
import { tell } from './tell.tsx'

type Named = Pick<Connection, 'key' | 'title' | 'state'>

/** Pause, resume, check: in the list and on a connection's own screen. `dialog` is drawn once beside them. */
export const useConnectionActions = (): {
  readonly actionsOf: (connection: Named) => readonly RowAction[]
  readonly dialog: ReactNode
} => {
  const texts = useTexts()
  const { connections } = texts
  const self = useSelf()
  const reason = mayDo(self, 'connections.write') ? null : roleReason(self, texts)
  const [asked, setAsked] = useState<{
    readonly what: 'pause' | 'resume' | 'check'
    readonly of: Named
  } | null>(null)
  const close = (): void => setAsked(null)
  const syncing = useSyncNow()
  const mayAsk = mayDo(self, 'sync.request')
  const look = (connection: Named): void =>
    syncing.mutate(connection.key, {
      onSuccess: () => tell({ text: connections.syncing(connection.title), tone: 'good' }),
      onError: (error) => tell({ text: problemWords(factsOf(error), texts).detail, tone: 'bad' }),
    })
  return {
    actionsOf: (connection) => [
      {
        label: connections.syncNow,
        reason: !mayAsk
          ? roleReason(self, texts)
          : connection.state === 'paused'
            ? connections.state.paused
            : null,
        run: () => look(connection),
      },
      connection.state === 'active'
        ? { label: connections.pause, reason, run: () => setAsked({ what: 'pause', of: connection }) }
        : { label: connections.resume, reason, run: () => setAsked({ what: 'resume', of: connection }) },
      { label: connections.check, reason, run: () => setAsked({ what: 'check', of: connection }) },
    ],
    dialog:
      asked === null ? null : asked.what === 'pause' ? (
        <Pause of={asked.of} close={close} />
      ) : asked.what === 'resume' ? (
        <Resume of={asked.of} close={close} />
      ) : (
        <CheckIt of={asked.of} close={close} />
      ),
  }
}

interface Asked {
  readonly of: Named
  readonly close: () => void
}

const Pause = ({ of, close }: Asked) => {
  const { connections } = useTexts()
  const pausing = usePause(of.key)
  const [reason, setReason] = useState('')
  return (
    <FormDialog
      isOpen
      close={close}
      title={`${connections.pause}: ${of.title}`}
      send={() =>
        pausing.mutate(reason.trim(), {
          onSuccess: () => {
            close()
            tell({ text: connections.paused(of.title), tone: 'good' })
          },
        })
      }
      sendLabel={connections.pause}
      isSending={pausing.isPending}
      error={pausing.error}
    >
      <p className="plain">{connections.pauseAbout}</p>
      <TextInput
        label={connections.pauseReason}
        maxLength={500}
        data-autofocus
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </FormDialog>
  )
}

const Resume = ({ of, close }: Asked) => {
  const { connections } = useTexts()
  const resuming = useResume(of.key)
  return (
    <FormDialog
      isOpen
      close={close}
      title={`${connections.resume}: ${of.title}`}
      send={() =>
        resuming.mutate(undefined, {
          onSuccess: () => {
            close()
            tell({ text: connections.resumed(of.title), tone: 'good' })
          },
        })
      }
      sendLabel={connections.resume}
      isSending={resuming.isPending}
      error={resuming.error}
    >
      <span />
    </FormDialog>
  )
}

/** Asks at once, and says what the tool answered. */
const CheckIt = ({ of, close }: Asked) => {
  const texts = useTexts()
  const { connections } = texts
  const checking = useCheck(of.key)
  const check = (): void =>
    checking.mutate(undefined, {
      onError: (error) => tell({ text: problemWords(factsOf(error), texts).detail, tone: 'bad' }),
    })
  return (
    <FormDialog
      isOpen
      close={close}
      title={`${connections.check}: ${of.title}`}
      send={check}
      sendLabel={connections.check}
      isSending={checking.isPending}
      error={checking.error}
    >
      <CheckWords check={checking.data} />
    </FormDialog>
  )
}

export const CheckWords = ({
  check,
}: {
  readonly check:
    | {
        readonly ok: boolean
        readonly tool: string | null
        readonly account: { readonly name: string } | null
        readonly problems: readonly string[]
      }
    | undefined
}) => {
  const texts = useTexts()
  const { connections } = texts
  if (check === undefined) return <span />
  return (
    <div role="status">
      {check.tool === null ? null : (
        <p className="plain">{connections.checkedAs(check.tool, check.account?.name ?? null)}</p>
      )}
      {check.ok ? (
        <p className="plain">{connections.checkGood}</p>
      ) : (
        <>
          <strong>{connections.checkBad}</strong>
          <ul>
            {check.problems.map((problem) => (
              <li key={problem}>{say(problem, texts)}</li>
            ))}
          </ul>
        </>
      )}
    </div>
  )
}
