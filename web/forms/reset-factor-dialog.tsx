import { Textarea } from '@mantine/core'
import { useState } from 'react'
import { type Holder, useResetFactor } from '../api/administration.ts'
import { tell } from '../parts/tell.tsx'
import { useTexts } from '../texts/desk-texts.tsx'
import { FormDialog } from './form-dialog.tsx'

/** Turns somebody's second factor off, who lost it. */
export const ResetFactorDialog = ({
  holder,
  close,
}: {
  readonly holder: Holder
  readonly close: () => void
}) => {
  const { resetFactor } = useTexts()
  const [reason, setReason] = useState('')
  const resetting = useResetFactor()
  const send = (): void =>
    resetting.mutate(
      { holder, reason: reason.trim() },
      {
        onSuccess: ({ told }) => {
          close()
          tell({
            text: told ? resetFactor.done(holder.name) : resetFactor.untold(holder.name),
            tone: told ? 'good' : 'warn',
          })
        },
      },
    )
  return (
    <FormDialog
      isOpen
      close={close}
      title={resetFactor.title(holder.name)}
      send={send}
      sendLabel={resetFactor.action}
      isSending={resetting.isPending}
      error={resetting.error}
      isReady={reason.trim() !== ''}
      isDanger
    >
      <p className="plain">{resetFactor.about}</p>
      <Textarea
        label={resetFactor.reason}
        description={resetFactor.reasonAbout}
        required
        maxLength={500}
        autosize
        minRows={2}
        data-autofocus
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </FormDialog>
  )
}
