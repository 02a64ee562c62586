import { Button, Group, Modal, Select, Stack, Textarea, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { SEVERITIES, type Severity, WORK_ITEM_KINDS, type WorkItemKind } from '../../src/domain/words.ts'
import { type Escalate, suggestionsQuery, type Ticket, useTicketEscalation } from '../api/tickets.ts'
import { Badge } from '../parts/badge.tsx'
import { Files } from '../parts/files.tsx'
import { withAnswers } from '../parts/form-answers.tsx'
import { Markdown } from '../parts/markdown.tsx'
import { Callout, FactList, Pairs, recordStyles } from '../parts/record.tsx'
import { say } from '../parts/say.ts'
import { FormProblem } from '../parts/states.tsx'
import { tell } from '../parts/tell.tsx'
import { SEVERITY_TONES, WORK_ITEM_TONES } from '../parts/tones.ts'
import { useTexts } from '../texts/desk-texts.tsx'
import styles from './escalate-dialog.module.css'
import { HandOverFiles, useTicketFiles } from './hand-over-files.tsx'

/**
 * Sends a ticket to the people who can fix it. First what engineering has already, because a second work item for one
 * fault costs everybody; then what they would get, shown beside the fields exactly as it will be.
 */
export const EscalateDialog = ({
  close,
  refOfTicket,
  ticket,
}: {
  readonly close: () => void
  readonly refOfTicket: string
  readonly ticket: Ticket
}) => {
  const texts = useTexts()
  const { escalate, join } = useTicketEscalation(refOfTicket)
  const [draft, setDraft] = useState<Draft>(() => draftOf(ticket))
  const set = (part: Partial<Draft>): void => setDraft((had) => ({ ...had, ...part }))
  const done = (key: string): void => {
    tell({ text: texts.escalate.done(key), tone: 'good' })
    close()
  }
  const [files, setFiles] = useState<ReadonlySet<string> | null>(null)
  // none chosen is a choice too: what is not named stays with support
  const body = { ...bodyOf(draft), ...(files === null ? {} : { files: [...files] }) }
  const send = (): void => escalate.mutate(body, { onSuccess: ({ workItem }) => done(workItem.key) })
  return (
    <Modal opened onClose={close} title={texts.escalate.title(ticket.key)} size={980}>
      <Likely
        refOfTicket={refOfTicket}
        isJoining={join.isPending}
        join={(key) => join.mutate(key, { onSuccess: ({ workItem }) => done(workItem.key) })}
      />
      <FormProblem error={join.error} />
      <form
        className={styles.columns}
        onSubmit={(event) => {
          event.preventDefault()
          send()
        }}
      >
        <Stack gap="xs">
          <Fields draft={draft} set={set} />
          <HandOverFiles refOfTicket={refOfTicket} chosen={files} choose={setFiles} />
        </Stack>
        <Stack gap="sm">
          <Preview draft={draft} ticket={ticket} refOfTicket={refOfTicket} files={files} />
          {ticket.inside?.component === null && ticket.product === null ? (
            <Callout tone="warn" title={texts.escalate.nowhere}>
              <p>{texts.escalate.nowhereAbout}</p>
            </Callout>
          ) : null}
          <FormProblem error={escalate.error} />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={close}>
              {texts.forms.cancel}
            </Button>
            <Button type="submit" loading={escalate.isPending} disabled={draft.title.trim() === ''}>
              {texts.escalate.send}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}

interface Draft {
  readonly title: string
  readonly kind: WorkItemKind
  readonly severity: Severity | null
  readonly description: string
  readonly steps: string
  readonly expected: string
  readonly actual: string
  readonly frequency: string
  readonly since: string
  readonly workaround: string
}

const draftOf = ({ title, kind, description, workaround, inside }: Ticket): Draft => ({
  ...{ title, workaround: workaround ?? '' },
  description: withAnswers(description, inside?.answers ?? []),
  kind: kind === 'enhancement request' ? 'feature' : 'defect',
  severity: inside?.severity ?? null,
  ...{ steps: '', expected: '', actual: '', frequency: '', since: '' },
})

const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim())

const bodyOf = ({ title, kind, severity, description, ...said }: Draft): Escalate => ({
  ...{ title: title.trim(), kind, description },
  ...(severity === null ? {} : { severity }),
  ...{ steps: orNull(said.steps), expected: orNull(said.expected), actual: orNull(said.actual) },
  ...{ frequency: orNull(said.frequency), since: orNull(said.since), workaround: orNull(said.workaround) },
})

const Likely = ({
  refOfTicket,
  isJoining,
  join,
}: {
  readonly refOfTicket: string
  readonly isJoining: boolean
  readonly join: (key: string) => void
}) => {
  const texts = useTexts()
  const found = useQuery(suggestionsQuery(refOfTicket))
  const items = found.data?.items ?? []
  if (found.isError) return <FormProblem error={found.error} />
  if (items.length === 0)
    return <p className="quiet">{found.isPending ? texts.escalate.looking : texts.escalate.nothingLikely}</p>
  return (
    <section className={styles.likely}>
      <h3>{texts.escalate.likely}</h3>
      <ul>
        {items.slice(0, 4).map((item) => (
          <li key={item.id}>
            <div>
              <strong>{item.key}</strong> {item.title}
              <small>{item.reasons.map((reason) => say(reason, texts)).join(' · ')}</small>
            </div>
            <Badge tone={WORK_ITEM_TONES[item.state]}>{texts.words.workItemState[item.state]}</Badge>
            <Button variant="default" loading={isJoining} onClick={() => join(item.key)}>
              {texts.escalate.join}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  )
}

const Fields = ({ draft, set }: { readonly draft: Draft; readonly set: (part: Partial<Draft>) => void }) => {
  const texts = useTexts()
  const area = (name: 'description' | 'steps' | 'expected' | 'actual' | 'workaround', minRows: number) => (
    <Textarea
      size="xs"
      label={texts.fields[name]}
      minRows={minRows}
      maxRows={10}
      autosize
      maxLength={20_000}
      value={draft[name]}
      onChange={(event) => set({ [name]: event.currentTarget.value })}
    />
  )
  const line = (name: 'frequency' | 'since') => (
    <TextInput
      size="xs"
      label={texts.fields[name]}
      maxLength={500}
      value={draft[name]}
      onChange={(event) => set({ [name]: event.currentTarget.value })}
    />
  )
  return (
    <Stack gap="xs">
      <TextInput
        size="xs"
        label={texts.fields.title}
        required
        maxLength={500}
        data-autofocus
        value={draft.title}
        onChange={(event) => set({ title: event.currentTarget.value })}
      />
      <Group grow gap="xs">
        <Select
          label={texts.fields.kind}
          allowDeselect={false}
          data={WORK_ITEM_KINDS.map((word) => ({ value: word, label: texts.words.workItemKind[word] }))}
          value={draft.kind}
          onChange={(value) => set({ kind: WORK_ITEM_KINDS.find((word) => word === value) ?? draft.kind })}
        />
        <Select
          label={texts.fields.severity}
          placeholder={texts.fields.none}
          data={SEVERITIES.map((word) => ({ value: word, label: texts.words.severity[word] }))}
          value={draft.severity}
          onChange={(value) => set({ severity: SEVERITIES.find((word) => word === value) ?? null })}
        />
      </Group>
      {area('description', 3)}
      {area('steps', 2)}
      <Group grow gap="xs" align="start">
        {area('expected', 2)}
        {area('actual', 2)}
      </Group>
      <Group grow gap="xs">
        {line('frequency')}
        {line('since')}
      </Group>
      {area('workaround', 1)}
    </Stack>
  )
}

/** What engineering reads, built from the same draft that is sent. */
const Preview = ({
  draft,
  ticket,
  refOfTicket,
  files,
}: {
  readonly draft: Draft
  readonly ticket: Ticket
  readonly refOfTicket: string
  readonly files: ReadonlySet<string> | null
}) => {
  const given = useTicketFiles(refOfTicket).files.filter(({ id }) => files?.has(id))
  const texts = useTexts()
  const { fields } = texts
  const { inside } = ticket
  return (
    <section className={styles.preview} aria-label={texts.escalate.preview}>
      <h3>{texts.escalate.preview}</h3>
      <h4>{draft.title}</h4>
      <p>
        {texts.words.workItemKind[draft.kind]}
        {draft.severity === null ? null : (
          <>
            {' '}
            <Badge tone={SEVERITY_TONES[draft.severity]}>{texts.words.severity[draft.severity]}</Badge>
          </>
        )}
      </p>
      <Markdown text={draft.description} />
      <Pairs
        pairs={[
          [fields.steps, draft.steps],
          [fields.expected, draft.expected],
          [fields.actual, draft.actual],
          [fields.frequency, draft.frequency],
          [fields.since, draft.since],
          [fields.workaround, draft.workaround],
        ]}
      />
      <div className={recordStyles.facts}>
        <FactList
          facts={[
            [fields.goesTo, inside?.component?.team.name ?? null],
            [
              fields.product,
              [ticket.product?.name, inside?.component?.name].filter(Boolean).join(' / ') || null,
            ],
            [fields.customer, ticket.customer?.name ?? null],
            [fields.version, ticket.installation?.version ?? ticket.version],
            [fields.environment, ticket.installation?.environment ?? ticket.environment],
          ]}
        />
      </div>
      {given.length === 0 ? null : (
        <>
          <h3>{texts.handOver.title}</h3>
          <Files files={given} />
        </>
      )}
      <p className="quiet">{texts.escalate.alsoSeen}</p>
    </section>
  )
}
