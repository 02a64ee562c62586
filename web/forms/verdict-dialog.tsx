import { Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useWorkItemStep, type WorkItem, type WorkItemStep } from '../api/work-items.ts'
import { tell } from '../parts/tell.tsx'
import { useTexts } from '../texts/texts.tsx'
import { FormDialog } from './form-dialog.tsx'

type Verdict = 'duplicate' | 'decline' | 'ask'

/** A verdict or a question needs words, and these reach every ticket behind the work item: the dialog says how many. */
export const VerdictDialog = ({
  verdict,
  refOfItem,
  item,
  close,
}: {
  readonly verdict: Verdict
  readonly refOfItem: string
  readonly item: WorkItem
  readonly close: () => void
}) => {
  const texts = useTexts()
  const step = useWorkItemStep(refOfItem)
  const [words, setWords] = useState('')
  const { title, label, about } = texts.verdict[verdict]
  const send = (): void => {
    const wanted = stepOf(verdict, words.trim())
    step.mutate(wanted, {
      onSuccess: () => {
        tell({ text: texts.workItem.done[wanted.step], tone: 'good' })
        close()
      },
    })
  }
  const common = {
    label,
    description: about(item.ticketCount),
    required: true,
    'data-autofocus': true,
    value: words,
  }
  return (
    <FormDialog
      isOpen
      close={close}
      title={title(item.key)}
      send={send}
      sendLabel={texts.workItem.actions[verdict]}
      isSending={step.isPending}
      error={step.error}
      isReady={words.trim() !== ''}
      isDanger={verdict === 'decline'}
    >
      {verdict === 'duplicate' ? (
        <TextInput {...common} maxLength={320} onChange={(event) => setWords(event.currentTarget.value)} />
      ) : (
        <Textarea
          {...common}
          autosize
          minRows={4}
          maxLength={2_000}
          onChange={(event) => setWords(event.currentTarget.value)}
        />
      )}
    </FormDialog>
  )
}

const stepOf = (verdict: Verdict, words: string): WorkItemStep => {
  switch (verdict) {
    case 'duplicate':
      return { step: 'duplicate', body: { of: words } }
    case 'decline':
      return { step: 'decline', body: { reason: words } }
    case 'ask':
      return { step: 'ask', body: { question: words } }
  }
}
