import { Radio, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useWorkItemStep, type WorkItem } from '../api/work-items.ts'
import { SNOOZE_CHOICES, type SnoozeChoice, snoozeUntil } from '../parts/snooze-choices.ts'
import { tell } from '../parts/tell.tsx'
import { useTexts } from '../texts/desk-texts.tsx'
import { FormDialog } from './form-dialog.tsx'

/** Leaves a work item alone in triage for a while. */
export const PutOffDialog = ({
  refOfItem,
  item,
  close,
}: {
  readonly refOfItem: string
  readonly item: Pick<WorkItem, 'key'>
  readonly close: () => void
}) => {
  const texts = useTexts()
  const step = useWorkItemStep(refOfItem)
  const [choice, setChoice] = useState<SnoozeChoice | 'other'>('tomorrow')
  /** As the field has it: the reader's own zone, without one. */
  const [other, setOther] = useState('')
  const send = (): void => {
    const until = choice === 'other' ? new Date(other) : snoozeUntil(choice, new Date())
    step.mutate(
      { step: 'snooze', body: { until: until.toISOString() } },
      {
        onSuccess: () => {
          tell({
            text: texts.snoozeWork.done,
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
      title={texts.snoozeWork.title(item.key)}
      send={send}
      sendLabel={texts.snoozeWork.send}
      isSending={step.isPending}
      error={step.error}
      isReady={choice !== 'other' || other !== ''}
    >
      <Radio.Group
        label={texts.snoozeWork.until}
        description={texts.snoozeWork.about}
        value={choice}
        onChange={(value) => setChoice(SNOOZE_CHOICES.find((one) => one === value) ?? 'other')}
      >
        <Stack gap={8} mt={6}>
          {[...SNOOZE_CHOICES, 'other' as const].map((one) => (
            <Radio
              key={one}
              size="xs"
              value={one}
              data-autofocus={one === choice || undefined}
              label={texts.snoozeWork.choices[one]}
            />
          ))}
        </Stack>
      </Radio.Group>
      {choice === 'other' ? (
        <TextInput
          type="datetime-local"
          aria-label={texts.snoozeWork.choices.other}
          value={other}
          onChange={(event) => setOther(event.currentTarget.value)}
        />
      ) : null}
    </FormDialog>
  )
}
