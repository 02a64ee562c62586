import { Textarea } from '@mantine/core'
import { useState } from 'react'
import { type EscalationRow, useNudge, useReturn } from '../api/escalations.ts'
import { toTheEnd } from '../api/to-the-end.ts'
import { daysSince, moverOf, nudgeAt } from '../parts/escalation-movers.ts'
import { tell } from '../parts/tell.tsx'
import { useTexts } from '../texts/desk-texts.tsx'
import { FormDialog } from './form-dialog.tsx'

interface Dialog {
  readonly row: EscalationRow
  readonly close: () => void
}

/** Asks whoever has the move how it stands: a note where they look. */
export const NudgeDialog = ({ row, close }: Dialog) => {
  const texts = useTexts()
  const nudge = useNudge()
  const [text, setText] = useState(() => texts.escalations.nudgeText(daysSince(row.updatedAt, Date.now())))
  const at = nudgeAt(row)
  const mover = moverOf(row)
  const name = mover.kind === 'somebody' ? mover.name : texts.escalations.moves[row.move ?? 'nobody']
  return (
    <FormDialog
      isOpen
      close={close}
      title={texts.escalations.nudgeTitle(name)}
      send={() =>
        toTheEnd(nudge, { ...at, text: text.trim() }, () => {
          tell({ text: texts.escalations.nudged, tone: 'good' })
          close()
        })
      }
      sendLabel={texts.escalations.nudge}
      isSending={nudge.isPending}
      error={nudge.error}
      isReady={text.trim() !== ''}
    >
      <Words
        label={texts.composer.note}
        about={texts.escalations.nudgeAbout(at.key)}
        text={text}
        set={setText}
      />
    </FormDialog>
  )
}

/** Hands one ticket back to support, with the reason; the work stays. */
export const ReturnDialog = ({ row, close }: Dialog) => {
  const texts = useTexts()
  const giveBack = useReturn()
  const [reason, setReason] = useState('')
  return (
    <FormDialog
      isOpen
      close={close}
      title={texts.escalations.returnTitle(row.ticket.key)}
      send={() =>
        toTheEnd(giveBack, { ticket: row.ticket.key, reason: reason.trim() }, () => {
          tell({ text: texts.escalations.returned, tone: 'good' })
          close()
        })
      }
      sendLabel={texts.escalations.return}
      isSending={giveBack.isPending}
      error={giveBack.error}
      isReady={reason.trim() !== ''}
      isDanger
    >
      <Words
        label={texts.escalations.reason}
        about={texts.escalations.returnAbout}
        text={reason}
        set={setReason}
      />
    </FormDialog>
  )
}

const Words = ({
  label,
  about,
  text,
  set,
}: {
  readonly label: string
  readonly about: string
  readonly text: string
  readonly set: (text: string) => void
}) => (
  <Textarea
    label={label}
    description={about}
    required
    autosize
    minRows={3}
    maxLength={2_000}
    data-autofocus
    value={text}
    onChange={(event) => set(event.currentTarget.value)}
  />
)
