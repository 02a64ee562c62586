import { Radio, Select, Stack, Textarea } from '@mantine/core'
import { useState } from 'react'
import { CHANGE_OUTCOMES, type ChangeOutcome } from '../../src/domain/words.ts'
import { type AskedStep, type Change, type ChangeKey, useChangeStep } from '../api/changes.ts'
import { tell } from '../parts/tell.tsx'
import { useTexts } from '../texts/desk-texts.tsx'
import { FormDialog } from './form-dialog.tsx'

/** Steps that ask for a word first. */
export type WordedStep = 'start early' | 'close' | 'review' | 'cancel'

interface Asks {
  readonly change: Change
  readonly close: () => void
}

const useSend = ({ change, close }: Asks) => {
  const { done } = useTexts().changes
  const step = useChangeStep(change.key)
  const send = (asked: AskedStep): void =>
    step.mutate(asked, {
      onSuccess: () => {
        close()
        tell({ text: done[asked.step], tone: 'good' })
      },
    })
  return { send, isSending: step.isPending, error: step.error }
}

/** Asks why, what happened, or what was learnt. */
export const ChangeStepDialog = ({ step, change, close }: Asks & { readonly step: WordedStep }) => {
  const { changes } = useTexts()
  const { dialogs } = changes
  const { send, ...sending } = useSend({ change, close })
  const [words, setWords] = useState('')
  const [outcome, setOutcome] = useState<ChangeOutcome>('successful')
  const { revision } = change
  const text = words.trim()
  const asked: Readonly<Record<WordedStep, AskedStep>> = {
    'start early': { step: 'start', body: { revision, withoutKeys: text } },
    close: { step: 'close', body: { revision, outcome, ...(text === '' ? {} : { note: text }) } },
    review: { step: 'review', body: { revision, review: text } },
    cancel: { step: 'cancel', body: { revision, reason: text } },
  }
  const shown = {
    'start early': { title: dialogs.startEarly, label: dialogs.why, send: changes.startEarly },
    close: { title: dialogs.close, label: dialogs.note, send: changes.close },
    review: { title: dialogs.review, label: dialogs.review, send: changes.review },
    cancel: { title: dialogs.cancel(change.key), label: dialogs.why, send: changes.cancel },
  }[step]
  const about = {
    'start early': dialogs.startEarlyAbout,
    close: dialogs.closeAbout,
    review: null,
    cancel: null,
  }[step]
  return (
    <FormDialog
      isOpen
      close={close}
      title={shown.title}
      send={() => send(asked[step])}
      sendLabel={shown.send}
      {...sending}
      isReady={step === 'close' || text !== ''}
      isDanger={step === 'cancel' || step === 'start early'}
    >
      {about === null ? null : <p className="quiet">{about}</p>}
      {step === 'close' ? (
        <Select
          label={dialogs.outcome}
          data={CHANGE_OUTCOMES.map((value) => ({ value, label: changes.outcomes[value] }))}
          value={outcome}
          allowDeselect={false}
          onChange={(value) => setOutcome(CHANGE_OUTCOMES.find((one) => one === value) ?? outcome)}
        />
      ) : null}
      <Textarea
        label={shown.label}
        required={step !== 'close'}
        data-autofocus
        autosize
        minRows={3}
        maxLength={20_000}
        value={words}
        onChange={(event) => setWords(event.currentTarget.value)}
      />
    </FormDialog>
  )
}

/** One key: yes, or no with why. */
export const KeyDialog = ({ keyAsked, change, close }: Asks & { readonly keyAsked: ChangeKey }) => {
  const { dialogs, keys } = useTexts().changes
  const { send, ...sending } = useSend({ change, close })
  const [decision, setDecision] = useState<'approved' | 'rejected'>('approved')
  const [words, setWords] = useState('')
  const isException = keyAsked.asks === 'freeze exception'
  const isLate = change.begunAt !== null
  const reason = words.trim()
  return (
    <FormDialog
      isOpen
      close={close}
      title={dialogs.key(keyAsked.of?.name ?? keys.names[keyAsked.asks])}
      send={() =>
        send({
          step: 'keys',
          body: {
            ...{ revision: change.revision, key: keyAsked.name, decision },
            ...(reason === '' ? {} : { reason }),
          },
        })
      }
      sendLabel={decision === 'approved' ? dialogs.give : dialogs.refuse}
      {...sending}
      isDanger={decision === 'rejected'}
      isReady={(decision === 'approved' && !isException) || reason !== ''}
    >
      <Radio.Group
        label={dialogs.decision}
        value={decision}
        onChange={(value) => setDecision(value === 'rejected' ? 'rejected' : 'approved')}
      >
        <Stack gap={6} mt={4}>
          <Radio value="approved" label={isException ? keys.names['freeze exception'] : dialogs.approved} />
          <Radio
            value="rejected"
            label={isException ? dialogs.refuse : isLate ? dialogs.rejectedLate : dialogs.rejected}
          />
        </Stack>
      </Radio.Group>
      <Textarea
        label={dialogs.why}
        required={decision === 'rejected' || isException}
        autosize
        minRows={2}
        maxLength={20_000}
        value={words}
        onChange={(event) => setWords(event.currentTarget.value)}
      />
    </FormDialog>
  )
}
