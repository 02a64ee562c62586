import { JsonInput, NumberInput, PasswordInput, Select, Switch, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { isPrivateAddress, type SettingField, type SettingValues } from '../parts/settings-form.ts'
import { useTexts } from '../texts/desk-texts.tsx'

/** A form drawn from the schema of a connector's settings. Secrets are only ever written. */
export const SettingsFields = ({
  fields,
  values,
  set,
  kept,
  isDisabled,
}: {
  readonly fields: readonly SettingField[]
  readonly values: SettingValues
  readonly set: (name: string, value: unknown) => void
  /** Secrets that are stored. */
  readonly kept: readonly string[]
  readonly isDisabled: boolean
}) => (
  <>
    {fields.map((field) => (
      <OneField
        key={field.name}
        field={field}
        value={values[field.name]}
        set={(value) => set(field.name, value)}
        isKept={kept.includes(field.name)}
        isDisabled={isDisabled}
      />
    ))}
  </>
)

const OneField = ({
  field,
  value,
  set,
  isKept,
  isDisabled,
}: {
  readonly field: SettingField
  readonly value: unknown
  readonly set: (value: unknown) => void
  readonly isKept: boolean
  readonly isDisabled: boolean
}) => {
  const { newConnection: words } = useTexts()
  const common = {
    label: field.title,
    description: field.about ?? undefined,
    required: field.isRequired && !isKept,
    disabled: isDisabled,
  }
  const text = typeof value === 'string' ? value : ''
  switch (field.kind) {
    case 'secret':
      return (
        <PasswordInput
          {...common}
          description={[field.about, isKept ? words.secretKept : words.secretAbout].filter(Boolean).join(' ')}
          autoComplete="off"
          data-1p-ignore
          maxLength={60_000}
          value={text}
          onChange={(event) => set(event.currentTarget.value)}
        />
      )
    case 'switch':
      return (
        <Switch
          label={field.title}
          description={field.about ?? undefined}
          disabled={isDisabled}
          checked={value === true}
          onChange={(event) => set(event.currentTarget.checked)}
        />
      )
    case 'number':
      return (
        <NumberInput
          {...common}
          min={field.min}
          max={field.max}
          value={typeof value === 'number' ? value : ''}
          onChange={(next) => set(typeof next === 'number' ? next : undefined)}
        />
      )
    case 'choice':
      return (
        <Select
          {...common}
          data={[...field.options]}
          allowDeselect={!field.isRequired}
          value={text === '' ? null : text}
          onChange={(next) => set(next ?? undefined)}
        />
      )
    case 'list':
      return <LinesField {...common} about={words.list} value={value} set={set} />
    case 'map':
      return <MapField {...common} about={words.mapAbout} value={value} set={set} />
    case 'json':
      return <DocumentField {...common} value={value} set={set} />
    case 'text':
      return (
        <TextInput
          {...common}
          spellCheck={false}
          maxLength={2_000}
          error={field.isAddress && isPrivateAddress(text) ? words.private : undefined}
          value={text}
          onChange={(event) => set(event.currentTarget.value)}
        />
      )
  }
}

interface Common {
  readonly label: string
  readonly description: string | undefined
  readonly required: boolean
  readonly disabled: boolean
  readonly value: unknown
  readonly set: (value: unknown) => void
}

const LinesField = ({ about, description, value, set, ...common }: Common & { readonly about: string }) => {
  const [typed, setTyped] = useState(Array.isArray(value) ? value.join('\n') : '')
  return (
    <Textarea
      {...common}
      description={[description, about].filter(Boolean).join(' ')}
      autosize
      minRows={2}
      value={typed}
      onChange={(event) => {
        setTyped(event.currentTarget.value)
        set(
          event.currentTarget.value
            .split('\n')
            .map((line) => line.trim())
            .filter((line) => line !== ''),
        )
      }}
    />
  )
}

const wordOrNumber = (text: string): string | number => (/^-?\d{1,15}$/.test(text) ? Number(text) : text)

const MapField = ({ about, description, value, set, ...common }: Common & { readonly about: string }) => {
  const [typed, setTyped] = useState(
    Object.entries((value ?? {}) as Readonly<Record<string, unknown>>)
      .map(([name, inner]) => `${name}: ${String(inner)}`)
      .join('\n'),
  )
  return (
    <Textarea
      {...common}
      description={[description, about].filter(Boolean).join(' ')}
      autosize
      minRows={2}
      value={typed}
      onChange={(event) => {
        setTyped(event.currentTarget.value)
        set(
          Object.fromEntries(
            event.currentTarget.value.split('\n').flatMap((line) => {
              const at = line.indexOf(':')
              const name = line.slice(0, at).trim()
              const inner = line.slice(at + 1).trim()
              return at < 1 || name === '' || inner === '' ? [] : [[name, wordOrNumber(inner)]]
            }),
          ),
        )
      }}
    />
  )
}

/** A whole document, such as the declaration of a JSON API: too rich for fields. */
const DocumentField = ({ description, value, set, ...common }: Common) => {
  const { newConnection: words } = useTexts()
  const [typed, setTyped] = useState(value === undefined ? '' : JSON.stringify(value, null, 2))
  return (
    <JsonInput
      {...common}
      description={[description, words.json].filter(Boolean).join(' ')}
      validationError={words.jsonBad}
      formatOnBlur
      autosize
      minRows={4}
      maxRows={24}
      value={typed}
      onChange={(text) => {
        setTyped(text)
        try {
          set(text.trim() === '' ? undefined : JSON.parse(text))
        } catch {
          // not whole yet: the field says so, and what stood there before is not sent either
          set(undefined)
        }
      }}
    />
  )
}
