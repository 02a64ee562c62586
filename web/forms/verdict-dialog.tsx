import { Radio, Stack, Textarea, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { toTheEnd } from '../api/to-the-end.ts'
import { originalsQuery, useWorkItemStep, type WorkItem, type WorkItemStep } from '../api/work-items.ts'
import { type Unfit, unfitness } from '../parts/customer-fit.ts'
import { Callout } from '../parts/record.tsx'
import { say } from '../parts/say.ts'
import { tell } from '../parts/tell.tsx'
import { useTexts } from '../texts/desk-texts.tsx'
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
    toTheEnd(step, wanted, () => {
      tell({ text: texts.workItem.done[wanted.step], tone: 'good' })
      close()
    })
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
      size="lg"
    >
      {verdict === 'duplicate' ? (
        <Original refOfItem={refOfItem} about={about(item.ticketCount)} value={words} choose={setWords} />
      ) : (
        <Textarea
          label={label}
          description={about(item.ticketCount)}
          required
          data-autofocus
          autosize
          minRows={4}
          maxLength={2_000}
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
        />
      )}
      {verdict === 'decline' ? <Declined reason={words} item={item} /> : null}
    </FormDialog>
  )
}

/** What it may be a duplicate of, the likely ones first; or any other, by its key. */
const Original = ({
  refOfItem,
  about,
  value,
  choose,
}: {
  readonly refOfItem: string
  readonly about: string
  readonly value: string
  readonly choose: (key: string) => void
}) => {
  const texts = useTexts()
  const found = useQuery(originalsQuery(refOfItem))
  const items = found.data?.items ?? []
  return (
    <Stack gap="sm">
      {items.length === 0 ? (
        <p className="quiet plain" role="status">
          {found.isPending ? texts.originals.looking : texts.originals.none}
        </p>
      ) : (
        <Radio.Group label={texts.originals.likely} value={value} onChange={choose}>
          <Stack gap={8} mt={6}>
            {items.map((one, index) => (
              <Radio
                key={one.id}
                size="xs"
                value={one.key}
                data-autofocus={index === 0 || undefined}
                label={`${one.key} ${one.title}`}
                description={[
                  texts.words.workItemState[one.state],
                  ...one.reasons.map((reason) => say(reason, texts)),
                ].join(' · ')}
              />
            ))}
          </Stack>
        </Radio.Group>
      )}
      <TextInput
        label={texts.originals.key}
        description={about}
        required
        maxLength={320}
        value={value}
        onChange={(event) => choose(event.currentTarget.value)}
      />
    </Stack>
  )
}

/** The reason as every ticket will show it, and what to look at before customers are told. */
const Declined = ({ reason, item }: { readonly reason: string; readonly item: WorkItem }) => {
  const texts = useTexts()
  const { declining } = texts
  const unfit = unfitness(reason, item.assignee === null ? [] : [item.assignee.name])
  const said = (one: Unfit): string =>
    one.because === 'person' ? declining.reasons.person(one.name) : declining.reasons[one.because]
  return (
    <>
      <section aria-label={declining.preview} aria-live="polite">
        <p className="quiet plain">{declining.preview}</p>
        {reason.trim() === '' ? (
          <p className="quiet">{declining.nothing}</p>
        ) : (
          <Callout tone="bad" title={texts.words.escalationState.declined}>
            <p>{reason.trim()}</p>
          </Callout>
        )}
      </section>
      {unfit.length === 0 ? null : (
        <Callout tone="warn" title={declining.unfit}>
          {unfit.map((one) => (
            <p key={one.because}>{said(one)}</p>
          ))}
        </Callout>
      )}
    </>
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
