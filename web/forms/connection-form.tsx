import { NumberInput, Select, Stack, TextInput } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import {
  type ConnectionInput,
  type ConnectorKind,
  type Saved,
  useCheckDraft,
  useSave,
  useTry,
} from '../api/connections.ts'
import { mayDo, useSelf } from '../api/session.ts'
import { ActionButton } from '../parts/action-button.tsx'
import { Reach } from '../parts/reach.tsx'
import { Actions } from '../parts/record.tsx'
import { roleReason } from '../parts/roles.ts'
import {
  fieldsOf,
  keyFrom,
  missing,
  type SettingValues,
  split,
  standardValues,
} from '../parts/settings-form.ts'
import { FormProblem } from '../parts/states.tsx'
import { CheckWords } from '../parts/use-connection-actions.tsx'
import { useTexts } from '../texts/desk-texts.tsx'
import { SettingsFields } from './settings-fields.tsx'

const NOTHING_CROSSES: ConnectionInput['mapping'] = {
  ...{ containers: [], types: [], adopt: false, fields: [] },
  ...{ status: null, comments: null, attachments: null },
  ...{ people: {}, products: {}, components: {}, releases: false, onCreate: {} },
}
const POLL_S = 60
const DAY_S = 86_400
const HOUR_S = 3_600

/** A connection as it is stored. */
export interface StoredConnection {
  readonly key: string
  readonly revision: number
  readonly connection: ConnectionInput
  readonly secrets: readonly string[]
}

/** Where a tool is and who we are there: made new, or changed. Checked before it is saved, as often as one likes. */
export const ConnectionForm = ({
  kind,
  stored,
  saved,
  sendLabel,
  children,
}: {
  readonly kind: ConnectorKind
  readonly stored: StoredConnection | null
  readonly saved: (key: string, title: string) => void
  readonly sendLabel: string
  readonly children?: ReactNode
}) => {
  const texts = useTexts()
  const { newConnection: words, connections } = texts
  const self = useSelf()
  const fields = fieldsOf(kind.settings, words.setting)
  const before = stored?.connection
  const [title, setTitle] = useState(before?.title ?? kind.title)
  const [key, setKey] = useState<string | null>(stored?.key ?? null)
  const [party, setParty] = useState(before?.party ?? (kind.party === 'tracker' ? 'tracker' : 'desk'))
  const [values, setValues] = useState<SettingValues>(before?.settings ?? standardValues(fields))
  const [pollEveryS, setPoll] = useState(before?.pollEveryS ?? POLL_S)
  const [sweepEveryS, setSweep] = useState(before?.sweepEveryS ?? DAY_S)
  const [problems, setProblems] = useState<Saved | null>(null)
  const checking = useCheckDraft(kind.kind)
  const trying = useTry()
  const saving = useSave()
  const kept = stored?.secrets ?? []
  const { settings, secrets } = split(fields, values)
  const named = key ?? keyFrom(title)
  const gaps = [
    ...(title.trim() === '' ? [words.name] : []),
    ...(named === '' ? [words.key] : []),
    ...missing(fields, values, kept),
  ]
  const isDisabled = !mayDo(self, 'configuration.write')
  const whyNot = isDisabled
    ? roleReason(self, texts)
    : gaps.length > 0
      ? words.missing(gaps.join(', '))
      : null
  const draft = {
    key: named,
    connection: {
      ...{ kind: kind.kind, party, title: title.trim(), settings, pollEveryS, sweepEveryS },
      mapping: before?.mapping ?? NOTHING_CROSSES,
    },
    secrets,
    revision: stored?.revision ?? null,
  }
  const check = (): void =>
    checking.mutate({ settings, secrets, ...(stored === null ? {} : { connection: stored.key }) })
  // what would be refused is told all at once, and only then is it saved
  const save = async (): Promise<void> => {
    const tried = await trying.mutateAsync(draft).catch(() => null)
    if (tried === null) return
    if (tried.problems.length > 0) {
      setProblems(tried)
      return
    }
    setProblems(null)
    saving.mutate(draft, { onSuccess: () => saved(named, title.trim()) })
  }
  return (
    <Stack gap="sm">
      <TextInput
        label={words.name}
        required
        maxLength={200}
        disabled={isDisabled}
        value={title}
        onChange={(event) => setTitle(event.currentTarget.value)}
      />
      {stored === null ? (
        <TextInput
          label={words.key}
          description={words.keyAbout}
          required
          maxLength={64}
          spellCheck={false}
          value={named}
          onChange={(event) => setKey(event.currentTarget.value)}
        />
      ) : null}
      {kind.party === 'any' && stored === null ? (
        <Select
          label={words.party}
          allowDeselect={false}
          data={Object.entries(connections.party).map(([value, label]) => ({ value, label }))}
          value={party}
          onChange={(word) => setParty(word === 'tracker' ? 'tracker' : 'desk')}
        />
      ) : null}
      <SettingsFields
        fields={fields}
        values={values}
        set={(name, value) => setValues((all) => ({ ...all, [name]: value }))}
        kept={kept}
        isDisabled={isDisabled}
      />
      <NumberInput
        label={words.poll}
        min={1}
        max={DAY_S}
        disabled={isDisabled}
        value={pollEveryS}
        onChange={(value) => setPoll(typeof value === 'number' ? Math.round(value) : POLL_S)}
      />
      <NumberInput
        label={words.sweep}
        min={0.1}
        max={720}
        decimalScale={2}
        disabled={isDisabled}
        value={sweepEveryS / HOUR_S}
        onChange={(value) => setSweep(typeof value === 'number' ? Math.round(value * HOUR_S) : DAY_S)}
      />
      {children}
      <CheckWords check={checking.data} />
      <FormProblem error={checking.error} />
      {problems === null ? null : <Reach saved={problems} />}
      <FormProblem error={saving.error ?? trying.error} />
      <Actions label={title}>
        <ActionButton
          label={words.check}
          reason={mayDo(self, 'connections.write') ? whyNot : roleReason(self, texts)}
          loading={checking.isPending}
          run={check}
        />
        <ActionButton
          variant="filled"
          label={sendLabel}
          reason={whyNot}
          loading={trying.isPending || saving.isPending}
          run={() => void save()}
        />
      </Actions>
    </Stack>
  )
}
