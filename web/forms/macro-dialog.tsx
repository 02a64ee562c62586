import { Button, Group, NumberInput, Select, Stack, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { AUDIENCES, type Audience } from '../../src/domain/audience.ts'
import { isWaitingFor, type MacroActions, PLACEHOLDERS, unknownPlaceholders } from '../../src/domain/macro.ts'
import { WAITING_FOR, type WaitingFor } from '../../src/domain/words.ts'
import { type Macro, useKeepMacro } from '../api/macros.ts'
import { Icon } from '../parts/icons.tsx'
import { Markdown } from '../parts/markdown.tsx'
import { Block } from '../parts/record.tsx'
import { useTexts } from '../texts/desk-texts.tsx'
import { FormDialog } from './form-dialog.tsx'
import { PickRecord } from './pick-record.tsx'
import { useSaved } from './use-saved.ts'

type End = 'none' | 'resolve' | 'close' | 'snooze'

/** The audiences a note of the desk may have; words for engineering alone are not written by macro. */
const READERS = AUDIENCES.filter((audience) => audience !== 'engineering')

/** Writes a macro: what is said, to whom, and what becomes of the ticket; shown as it will read. */
export const MacroDialog = ({
  macro,
  close,
}: {
  readonly macro: Macro | null
  readonly close: () => void
}) => {
  const texts = useTexts()
  const { macros, words } = texts
  const keep = useKeepMacro()
  const saved = useSaved(close)
  const [name, setName] = useState(macro?.name ?? '')
  const [team, setTeam] = useState<string | null>(macro?.team?.id ?? null)
  const [audience, setAudience] = useState<Audience>(macro?.audience ?? 'everyone')
  const [text, setText] = useState(macro?.text ?? '')
  const [assign, setAssign] = useState<string | null>(macro?.actions.assign ?? null)
  const [isColleague, setColleague] = useState(assign !== null && assign !== 'me')
  const [end, setEnd] = useState<End>(endOf(macro?.actions ?? {}))
  const [waitingFor, setWaitingFor] = useState<WaitingFor>(macro?.actions.snooze?.waitingFor ?? 'customer')
  const [days, setDays] = useState<number | null>(macro?.actions.snooze?.days ?? null)
  const [custom, setCustom] = useState<readonly Field[]>(() =>
    Object.entries(macro?.actions.custom ?? {}).map(([field, value]) => ({ field, value })),
  )
  const fields = custom.filter(({ field }) => field.trim() !== '')
  const actions: MacroActions = {
    ...(assign === null ? {} : { assign }),
    ...(end === 'resolve' || end === 'close' ? { end } : {}),
    ...(end === 'snooze' ? { snooze: { waitingFor, days } } : {}),
    ...(fields.length === 0
      ? {}
      : { custom: Object.fromEntries(fields.map(({ field, value }) => [field.trim(), value])) }),
  }
  const said = { name: name.trim(), team, audience, text: text.trim(), actions }
  const isIdle = said.text === '' && Object.keys(actions).length === 0
  const wrong = unknownPlaceholders(text)
  return (
    <FormDialog
      isOpen
      close={close}
      size="lg"
      title={macro === null ? macros.add : macros.edit}
      send={() =>
        keep.mutate(
          macro === null ? { make: said } : { id: macro.id, set: { ...said, revision: macro.revision } },
          saved,
        )
      }
      sendLabel={macro === null ? macros.add : texts.manage.save}
      isSending={keep.isPending}
      error={keep.error}
      isReady={said.name !== '' && !isIdle && wrong.length === 0}
    >
      <TextInput
        label={macros.name}
        required
        data-autofocus
        maxLength={200}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Group grow gap="xs" align="start">
        <PickRecord
          noun="teams"
          label={macros.team}
          placeholder={macros.all}
          value={team}
          known={macro?.team}
          choose={setTeam}
        />
        <Select
          label={macros.audience}
          allowDeselect={false}
          data={READERS.map((word) => ({ value: word, label: texts.audience[word] }))}
          value={audience}
          onChange={(value) => setAudience(READERS.find((word) => word === value) ?? audience)}
        />
      </Group>
      <Textarea
        label={macros.text}
        description={`${macros.textAbout} ${PLACEHOLDERS.map((one) => `{${one}}`).join(' ')}`}
        error={wrong.length === 0 ? undefined : wrong.map((one) => `{${one}}`).join(', ')}
        autosize
        {...{ minRows: 4, maxRows: 12, maxLength: 20_000 }}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {said.text === '' ? null : (
        <Block title={texts.composer.preview}>
          <Markdown text={said.text} />
        </Block>
      )}
      <h3>{macros.actions}</h3>
      <Group grow gap="xs" align="start">
        <Select
          label={macros.assign}
          allowDeselect={false}
          data={[
            { value: 'none', label: macros.nobody },
            { value: 'me', label: macros.me },
            { value: 'colleague', label: macros.colleague },
          ]}
          value={isColleague ? 'colleague' : (assign ?? 'none')}
          onChange={(value) => {
            setColleague(value === 'colleague')
            setAssign(value === 'me' ? 'me' : null)
          }}
        />
        {isColleague ? (
          <PickRecord
            noun="people"
            label={macros.colleague}
            value={assign}
            known={assign === null ? null : { id: assign, name: macro?.assignee ?? assign }}
            choose={setAssign}
            only={({ roles }) =>
              roles.some((role) => role === 'agent' || role === 'lead' || role === 'owner')
            }
          />
        ) : null}
        <Select
          label={macros.end}
          allowDeselect={false}
          data={Object.entries(macros.ends).map(([value, label]) => ({ value, label }))}
          value={end}
          onChange={(value) => setEnd(value === null ? 'none' : (value as End))}
        />
      </Group>
      {end === 'snooze' ? (
        <Group grow gap="xs" align="start">
          <Select
            label={texts.snooze.waitingFor}
            allowDeselect={false}
            data={WAITING_FOR.map((word) => ({ value: word, label: words.waitingFor[word] }))}
            value={waitingFor}
            onChange={(value) => value !== null && isWaitingFor(value) && setWaitingFor(value)}
          />
          <NumberInput
            label={macros.days}
            description={macros.daysAbout}
            {...{ min: 1, max: 365, allowDecimal: false }}
            value={days ?? ''}
            onChange={(value) => setDays(typeof value === 'number' ? value : null)}
          />
        </Group>
      ) : null}
      <Fields fields={custom} set={setCustom} />
    </FormDialog>
  )
}

const endOf = ({ end, snooze }: MacroActions): End => end ?? (snooze === undefined ? 'none' : 'snooze')

interface Field {
  readonly field: string
  readonly value: string
}

const FIELDS_MAX = 20

/** Fields of one's own that a macro sets. */
const Fields = ({
  fields,
  set,
}: {
  readonly fields: readonly Field[]
  readonly set: (fields: readonly Field[]) => void
}) => {
  const { macros } = useTexts()
  const put = (at: number, part: Partial<Field>): void =>
    set(fields.map((one, place) => (place === at ? { ...one, ...part } : one)))
  return (
    <Stack gap="xs">
      {fields.map(({ field, value }, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a field has no name before one is typed
        <Group key={at} gap="xs" align="end" wrap="nowrap">
          <TextInput
            flex={1}
            label={macros.field}
            maxLength={200}
            value={field}
            onChange={(event) => put(at, { field: event.currentTarget.value })}
          />
          <TextInput
            flex={1}
            label={macros.value}
            maxLength={2_000}
            value={value}
            onChange={(event) => put(at, { value: event.currentTarget.value })}
          />
          <Button
            variant="subtle"
            color="gray"
            px={8}
            aria-label={macros.removeField(field)}
            onClick={() => set(fields.filter((_, place) => place !== at))}
          >
            <Icon name="close" size={14} />
          </Button>
        </Group>
      ))}
      {fields.length >= FIELDS_MAX ? null : (
        <Group>
          <Button variant="subtle" onClick={() => set([...fields, { field: '', value: '' }])}>
            {fields.length === 0 ? macros.field : macros.addField}
          </Button>
        </Group>
      )}
    </Stack>
  )
}
