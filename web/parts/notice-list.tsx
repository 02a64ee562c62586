import { Button, CloseButton } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { type Decision, type Notice, useDecide, useNotices } from '../api/outreach.ts'
import { useMay, useSelf } from '../api/session.ts'
import { DismissDialog, NoticeDialog } from '../forms/notice-dialogs.tsx'
import { useTexts } from '../texts/desk-texts.tsx'
import { ActionButton } from './action-button.tsx'
import bar from './bulk-bar.module.css'
import { List } from './list.tsx'
import { type NoticeActions, NoticeCard } from './notice-card.tsx'
import { roleReason } from './roles.ts'
import { say } from './say.ts'
import { tell } from './tell.tsx'
import { useKeys } from './use-keys.tsx'
import { type Selection, useSelection } from './use-selection.ts'
import { useTellProblem } from './use-tell-problem.ts'

type Open =
  | { readonly what: 'edit'; readonly notice: Notice }
  | { readonly what: 'dismiss'; readonly notices: readonly Notice[] }

/** Messages as each customer reads them; those that wait are let go one by one or many at once. */
export const NoticeList = ({
  filters,
  empty,
}: {
  readonly filters: Readonly<Record<string, string | undefined>>
  readonly empty: ReactNode
}) => {
  const texts = useTexts()
  const self = useSelf()
  const { outreach: words } = texts
  const maySend = useMay('outreach.send')
  const reason = maySend ? null : roleReason(self, texts)
  const source = useNotices(filters, true)
  const selection = useSelection()
  const [open, setOpen] = useState<Open | null>(null)
  const decide = useDeciding()
  const waiting = filters['state'] === 'proposed'
  const chosen = source.items.filter(({ key }) => selection.chosen.has(key)).map(({ notice }) => notice)
  const actions: NoticeActions = {
    reason,
    send: (notice) => decide.send([notice]),
    hold: (notice) => decide.plain('hold', [notice], words.heldBack),
    dismiss: (notice) => setOpen({ what: 'dismiss', notices: [notice] }),
    restore: (notice) => decide.plain('restore', [notice], words.restored),
    edit: (notice) => setOpen({ what: 'edit', notice }),
  }
  const sendChosen = (): void => {
    decide.send(chosen)
    selection.clear()
  }
  useKeys(words.title, [
    {
      keys: 's',
      label: words.sendMany(chosen.length),
      run: sendChosen,
      reason: reason ?? (chosen.length === 0 ? words.clear : null),
    },
  ])
  return (
    <>
      <List
        source={source}
        row={({ notice }) => <NoticeCard notice={notice} actions={actions} />}
        open={({ notice }) => {
          if (notice.state === 'proposed' && reason === null) setOpen({ what: 'edit', notice })
        }}
        empty={empty}
        selection={waiting && maySend ? selection : undefined}
      />
      {chosen.length === 0 ? null : (
        <ChosenBar
          selection={selection}
          count={chosen.length}
          all={source.items.map(({ key }) => key)}
          send={sendChosen}
          dismiss={() => setOpen({ what: 'dismiss', notices: chosen })}
        />
      )}
      {open?.what === 'edit' ? <NoticeDialog notice={open.notice} close={() => setOpen(null)} /> : null}
      {open?.what === 'dismiss' ? (
        <DismissDialog
          notices={open.notices}
          close={() => setOpen(null)}
          done={(ids) => {
            selection.clear()
            decide.tellUndone(ids)
          }}
        />
      ) : null}
    </>
  )
}

const ChosenBar = ({
  selection,
  count,
  all,
  send,
  dismiss,
}: {
  readonly selection: Selection
  readonly count: number
  readonly all: readonly string[]
  readonly send: () => void
  readonly dismiss: () => void
}) => {
  const { outreach: words } = useTexts()
  return (
    <section className={bar.bar} aria-label={words.chosen(count)}>
      <strong role="status">{words.chosen(count)}</strong>
      <Button variant="subtle" onClick={() => selection.add(all)}>
        {words.chooseAll}
      </Button>
      <span className={bar.actions}>
        <ActionButton label={words.dismiss} reason={null} run={dismiss} />
        <ActionButton variant="filled" label={words.sendMany(count)} keys="s" reason={null} run={send} />
      </span>
      <CloseButton aria-label={words.clear} onClick={selection.clear} />
    </section>
  )
}

const seen = (notices: readonly Notice[]): Decision['notices'] =>
  notices.map(({ id, revision }) => ({ id, revision }))

/** Each with the way back for as long as there is one. */
const useDeciding = () => {
  const texts = useTexts()
  const { outreach: words } = texts
  const decide = useDecide()
  const tellProblem = useTellProblem()
  const plain = (step: 'hold' | 'restore', notices: readonly { readonly id: string }[], said: string): void =>
    decide.mutate(
      { step, notices: notices.map(({ id }) => ({ id })) },
      { onSuccess: () => tell({ text: said, tone: 'good' }), onError: tellProblem },
    )
  const undo = (run: () => void) => ({ undo: { label: texts.forms.undo, run } })
  return {
    plain,
    send: (notices: readonly Notice[]): void =>
      decide.mutate(
        { step: 'send', notices: seen(notices) },
        {
          onSuccess: ({ done, left }) => {
            const [first] = left
            if (first !== undefined)
              tell({ text: words.left(left.length, say(first.detail, texts)), tone: 'warn' })
            if (done.length > 0)
              tell({
                text: words.sending(done.length),
                tone: 'good',
                ...undo(() =>
                  plain(
                    'hold',
                    done.map((id) => ({ id })),
                    words.heldBack,
                  ),
                ),
              })
          },
          onError: tellProblem,
        },
      ),
    tellUndone: (ids: readonly string[]): void =>
      tell({
        text: words.dismissed,
        tone: 'good',
        ...undo(() =>
          plain(
            'restore',
            ids.map((id) => ({ id })),
            words.restored,
          ),
        ),
      }),
  }
}
