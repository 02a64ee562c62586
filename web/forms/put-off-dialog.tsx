import { useState } from 'react'
import { toTheEnd } from '../api/to-the-end.ts'
import { useWorkItemStep, type WorkItem } from '../api/work-items.ts'
import { tell } from '../parts/tell.tsx'
import { useTexts } from '../texts/desk-texts.tsx'
import { FormDialog } from './form-dialog.tsx'
import { SnoozeChoices } from './snooze-choices.tsx'

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
  const [until, setUntil] = useState<Date | null>(null)
  const send = (): void => {
    if (until === null) return
    toTheEnd(step, { step: 'snooze', body: { until: until.toISOString() } }, () => {
      tell({
        text: texts.snoozeWork.done,
        tone: 'good',
        undo: { label: texts.forms.undo, run: () => step.mutate({ step: 'wake' }) },
      })
      close()
    })
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
      isReady={until !== null}
    >
      <SnoozeChoices choose={setUntil} />
    </FormDialog>
  )
}
