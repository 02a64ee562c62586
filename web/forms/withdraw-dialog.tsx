import { Textarea } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useWithdraw } from '../api/escalations.ts'
import { toTheEnd } from '../api/to-the-end.ts'
import { workItemQuery } from '../api/work-items.ts'
import { tell } from '../parts/tell.tsx'
import { useReinstating } from '../parts/use-reinstating.ts'
import { useTexts } from '../texts/desk-texts.tsx'
import { FormDialog } from './form-dialog.tsx'

/** Takes a ticket back from engineering: says what becomes of the bond and of the work, and asks why. */
export const WithdrawDialog = ({
  ticket,
  item,
  close,
}: {
  /** Keys. */
  readonly ticket: string
  readonly item: string
  readonly close: () => void
}) => {
  const texts = useTexts()
  const { withdraw } = texts
  const withdrawing = useWithdraw()
  const { reinstate } = useReinstating()
  const [reason, setReason] = useState('')
  const work = useQuery(workItemQuery(item))
  const send = (): void =>
    toTheEnd(withdrawing, { ticket, reason: reason.trim() }, () => {
      tell({
        text: withdraw.done(ticket, item),
        tone: 'good',
        undo: { label: texts.forms.undo, run: () => reinstate(ticket) },
      })
      close()
    })
  return (
    <FormDialog
      isOpen
      close={close}
      title={withdraw.title(ticket, item)}
      send={send}
      sendLabel={withdraw.action}
      isSending={withdrawing.isPending}
      error={withdrawing.error}
      isReady={reason.trim() !== ''}
      isDanger
    >
      <p className="plain">
        {withdraw.about(item)}{' '}
        {work.data === undefined ? null : withdraw.others(item, Math.max(0, work.data.ticketCount - 1))}
      </p>
      <Textarea
        label={withdraw.reason}
        description={withdraw.reasonAbout}
        required
        autosize
        minRows={3}
        maxLength={2_000}
        data-autofocus
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </FormDialog>
  )
}
