import { Select, TextInput } from '@mantine/core'
import { useTexts } from '../texts/texts.tsx'
import { Icon } from './icons.tsx'
import { useTypedFilter } from './use-filters.ts'

/** One of fixed words, or any. */
export const WordFilter = ({
  label,
  words,
  value,
  set,
}: {
  readonly label: string
  readonly words: Readonly<Record<string, string>>
  readonly value: string | undefined
  readonly set: (value: string | null) => void
}) => (
  <Select
    aria-label={label}
    placeholder={label}
    data={Object.entries(words).map(([word, shown]) => ({ value: word, label: shown }))}
    value={value ?? null}
    onChange={set}
    clearable
    allowDeselect
  />
)

export const TextFilter = ({
  value,
  set,
  label,
}: {
  /** What is looked for; a record's title or key when nothing else is said. */
  readonly label?: string
  readonly value: string | undefined
  readonly set: (value: string) => void
}) => {
  const texts = useTexts()
  const field = useTypedFilter(value ?? '', set)
  return (
    <TextInput
      size="xs"
      type="search"
      aria-label={label ?? texts.filters.text}
      placeholder={label ?? texts.filters.text}
      leftSection={<Icon name="search" size={14} />}
      maxLength={200}
      value={field.value}
      onChange={(event) => field.type(event.currentTarget.value)}
    />
  )
}
