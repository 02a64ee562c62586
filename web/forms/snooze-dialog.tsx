import { Radio, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import { WAITING_FOR, type WaitingFor } from '../../src/domain/words.ts'
import { useTicketStep } from '../api/tickets.ts'
import { tell } from '../parts/tell.tsx'
import { useTexts } from '../texts/desk-texts.tsx'
import { FormDialog } from './form-dialog.tsx'

/** Whose move it is instead of ours, and when we look again if they do not move. */
export const SnoozeDialog = ({
  close,
  refOfTicket,
}: {
  readonly close: () => void
  readonly refOfTicket: string
}) => {
  const texts = useTexts()
  const step = useTicketStep(refOfTicket)
  const [waitingFor, setWaitingFor] = useState<WaitingFor>('customer')
  /** As the field has it: the reader's own zone, without one. */
  const [until, setUntil] = useState('')
  const send = (): void => {
    const moment = until === '' ? null : new Date(until).toISOString()
    step.mutate(
      { step: 'snooze', body: { waitingFor, until: moment } },
      {
        onSuccess: () => {
          tell({
            text: texts.ticket.done.snooze,
            tone: 'good',
            undo: { label: texts.forms.undo, run: () => step.mutate({ step: 'wake' }) },
          })
          close()
        },
      },
    )
  }
  return (
    <FormDialog
      isOpen
      close={close}
      title={texts.snooze.title}
      send={send}
      sendLabel={texts.ticket.actions.snooze}
      isSending={step.isPending}
      error={step.error}
    >
      <Radio.Group
        label={texts.snooze.waitingFor}
        value={waitingFor}
        onChange={(value) => setWaitingFor(WAITING_FOR.find((word) => word === value) ?? 'customer')}
      >
        <Stack gap={8} mt={6}>
          {WAITING_FOR.map((word) => (
            <Radio
              key={word}
              size="xs"
              value={word}
              data-autofocus={word === waitingFor || undefined}
              label={texts.words.waitingFor[word]}
            />
          ))}
        </Stack>
      </Radio.Group>
      <TextInput
        type="datetime-local"
        label={texts.snooze.until}
        description={texts.snooze.untilAbout}
        value={until}
        onChange={(event) => setUntil(event.currentTarget.value)}
      />
    </FormDialog>
  )
}
