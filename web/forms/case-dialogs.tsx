import { Radio, Stack, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { CASE_RESULTS, type CaseResult } from '../../src/domain/acceptance.ts'
import { type AcceptanceCase, type SuggestedCase, useCaseStep } from '../api/go-live.ts'
import type { Release } from '../api/releases.ts'
import { Pairs } from '../parts/record.tsx'
import { tell } from '../parts/tell.tsx'
import { useTexts } from '../texts/desk-texts.tsx'
import { ComponentField } from './component-field.tsx'
import { FormDialog } from './form-dialog.tsx'

/** What is tried, how, and what should come of it. */
export const CaseDialog = ({
  release,
  one,
  from = null,
  close,
}: {
  readonly release: Pick<Release, 'id' | 'product'>
  /** Null: a new one. */
  readonly one: AcceptanceCase | null
  /** What a new one begins with. */
  readonly from?: SuggestedCase | null
  readonly close: () => void
}) => {
  const { acceptance: words, manage } = useTexts()
  const step = useCaseStep()
  const [title, setTitle] = useState(one?.title ?? from?.title ?? '')
  const [steps, setSteps] = useState(one?.steps ?? from?.steps ?? '')
  const [expected, setExpected] = useState(one?.expected ?? from?.expected ?? '')
  const [component, setComponent] = useState<string | null>(from?.component?.id ?? null)
  const said = { title: title.trim(), steps: steps.trim(), expected: expected.trim() }
  const saved = {
    onSuccess: () => {
      close()
      tell({ text: one === null ? words.added : words.changed, tone: 'good' as const })
    },
  }
  const text = (label: string, value: string, set: (value: string) => void) => (
    <Textarea
      label={label}
      autosize
      minRows={2}
      maxRows={10}
      maxLength={20_000}
      value={value}
      onChange={(event) => set(event.currentTarget.value)}
    />
  )
  return (
    <FormDialog
      isOpen
      size="lg"
      close={close}
      title={one === null ? words.addTitle : words.editTitle}
      send={() =>
        step.mutate(
          one === null
            ? {
                release: release.id,
                make: { ...said, component, ...(from === null ? {} : { ticket: from.ticket.id }) },
              }
            : { id: one.id, set: said, revision: one.revision },
          saved,
        )
      }
      sendLabel={one === null ? words.add : manage.save}
      isSending={step.isPending}
      error={step.error}
      isReady={said.title !== ''}
    >
      {one === null || one.runs.length === 0 ? null : <p className="quiet plain">{words.editAbout}</p>}
      <TextInput
        label={words.caseTitle}
        required
        data-autofocus
        maxLength={1_000}
        value={title}
        onChange={(event) => setTitle(event.currentTarget.value)}
      />
      {text(words.steps, steps, setSteps)}
      {text(words.expected, expected, setExpected)}
      {one === null ? (
        <ComponentField product={release.product.id} value={component} choose={setComponent} />
      ) : null}
    </FormDialog>
  )
}

/** What came of trying a case; who says so signs for it. */
export const RunDialog = ({ one, close }: { readonly one: AcceptanceCase; readonly close: () => void }) => {
  const { acceptance: words } = useTexts()
  const step = useCaseStep()
  const [result, setResult] = useState<CaseResult>('passed')
  const [note, setNote] = useState('')
  const [workItem, setWorkItem] = useState('')
  const isTold = result === 'passed' || note.trim() !== '' || workItem.trim() !== ''
  const run = {
    ...{ result, note: note.trim(), revision: one.revision },
    ...(result === 'passed' || workItem.trim() === '' ? {} : { workItem: workItem.trim() }),
  }
  return (
    <FormDialog
      isOpen
      close={close}
      title={words.runTitle(one.title)}
      send={() =>
        step.mutate(
          { id: one.id, run },
          {
            onSuccess: () => {
              close()
              tell({ text: words.ran, tone: 'good' })
            },
          },
        )
      }
      sendLabel={words.run}
      isSending={step.isPending}
      error={step.error}
      isReady={isTold}
    >
      <Pairs
        pairs={[
          [words.steps, one.steps],
          [words.expected, one.expected],
        ]}
      />
      <Radio.Group
        label={words.result}
        value={result}
        onChange={(value) => setResult(CASE_RESULTS.find((word) => word === value) ?? result)}
      >
        <Stack gap={6} mt="xs">
          {CASE_RESULTS.map((word, at) => (
            <Radio
              key={word}
              value={word}
              label={words.results[word]}
              data-autofocus={at === 0 || undefined}
            />
          ))}
        </Stack>
      </Radio.Group>
      <Textarea
        label={result === 'passed' ? words.note : words.noteNeeded}
        autosize
        minRows={2}
        maxRows={8}
        maxLength={2_000}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      {result === 'passed' ? null : (
        <TextInput
          label={words.defect}
          placeholder={words.defectAbout}
          maxLength={320}
          value={workItem}
          onChange={(event) => setWorkItem(event.currentTarget.value)}
        />
      )}
    </FormDialog>
  )
}
