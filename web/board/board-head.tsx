import { Button, NumberInput } from '@mantine/core'
import { useState } from 'react'
import { useWipLimit } from '../api/board.ts'
import { useMay, useSelf } from '../api/session.ts'
import { FormDialog } from '../forms/form-dialog.tsx'
import { ActionButton } from '../parts/action-button.tsx'
import { roleReason } from '../parts/roles.ts'
import { tell } from '../parts/tell.tsx'
import { useTexts } from '../texts/desk-texts.tsx'
import styles from './board.module.css'
import { type BoardColumn, isOver } from './board.ts'

/** The name of a column, how much is in it, and how much may be. */
export const BoardHead = ({
  column,
  team,
}: {
  readonly column: BoardColumn
  /** Limits are a team's; null: the board shows all. */
  readonly team: string | null
}) => {
  const texts = useTexts()
  const [isOpen, setOpen] = useState(false)
  const { state, count, limit } = column
  const name = texts.words.workItemState[state]
  return (
    <div className={styles.head} data-over={isOver(column)}>
      <h2>
        {name} <span>{count}</span>
      </h2>
      {state === 'done' ? (
        <small>{texts.board.doneAbout}</small>
      ) : team === null ? null : (
        <Limit column={column} open={() => setOpen(true)} />
      )}
      {isOpen && team !== null ? (
        <LimitDialog state={state} team={team} most={limit?.most ?? null} close={() => setOpen(false)} />
      ) : null}
    </div>
  )
}

/** Limits are a team's own: the board of all has none. */
const Limit = ({ column, open }: { readonly column: BoardColumn; readonly open: () => void }) => {
  const texts = useTexts()
  const self = useSelf()
  const mayLimit = useMay('board.limits')
  const { limit } = column
  const reason = mayLimit ? null : roleReason(self, texts)
  const label =
    limit === null
      ? texts.board.noLimit
      : isOver(column)
        ? texts.board.over(limit.inHand, limit.most)
        : texts.board.within(limit.inHand, limit.most)
  return (
    <span className={styles.limit}>
      <ActionButton label={label} reason={reason} run={open} variant="subtle" size="compact-xs" />
    </span>
  )
}

const LimitDialog = ({
  state,
  team,
  most,
  close,
}: {
  readonly state: BoardColumn['state']
  readonly team: string
  readonly most: number | null
  readonly close: () => void
}) => {
  const texts = useTexts()
  const set = useWipLimit()
  const [value, setValue] = useState<number | null>(most)
  const send = (wanted: number | null): void =>
    set.mutate(
      { team, state, most: wanted },
      {
        onSuccess: () => {
          tell({
            text: texts.manage.saved,
            tone: 'good',
            undo: { label: texts.forms.undo, run: () => set.mutate({ team, state, most }) },
          })
          close()
        },
      },
    )
  return (
    <FormDialog
      isOpen
      close={close}
      title={texts.board.limitTitle(texts.words.workItemState[state])}
      send={() => send(value)}
      sendLabel={texts.manage.save}
      isSending={set.isPending}
      error={set.error}
      isReady={value !== most}
    >
      <NumberInput
        label={texts.board.limit}
        description={texts.board.limitAbout}
        value={value ?? ''}
        min={1}
        max={999}
        allowDecimal={false}
        data-autofocus
        onChange={(next) => setValue(typeof next === 'number' ? next : null)}
      />
      {most === null ? null : (
        <div>
          <Button variant="subtle" color="red" onClick={() => send(null)}>
            {texts.board.dropLimit}
          </Button>
        </div>
      )}
    </FormDialog>
  )
}
