import { Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type Noun, type Organised, organisationQuery } from '../api/organisation.ts'
import { useTexts } from '../texts/texts.tsx'

const TYPED_MS = 150

/** What is chosen already may lie beyond the first page of choices, and must show its name all the same. */
export const knownChoice = (
  one: { readonly id: string; readonly name: string } | null | undefined,
): readonly { readonly value: string; readonly label: string }[] =>
  one == null ? [] : [{ value: one.id, label: one.name }]

/** Chooses one of what may be very many: the server looks, as one types. */
export const PickRecord = <N extends Noun>({
  noun,
  label,
  about,
  value,
  choose,
  only,
  isLabelHidden = false,
  placeholder,
  extra = [],
  known,
}: {
  readonly noun: N
  readonly label: string
  readonly value: string | null
  readonly choose: (id: string | null, record: Organised<N> | null) => void
  readonly about?: string
  readonly only?: (record: Organised<N>) => boolean
  readonly isLabelHidden?: boolean
  readonly placeholder?: string
  /** Choices that are no records: me, nobody. */
  readonly extra?: readonly { readonly value: string; readonly label: string }[]
  /** What was chosen when this was opened: it has a name also where the first page of choices lacks it. */
  readonly known?: { readonly id: string; readonly name: string } | null
}) => {
  const texts = useTexts()
  const [typed, setTyped] = useState('')
  const [chosen, setChosen] = useState<string | null>(null)
  // what is typed looks for something only while it is not the name of what is chosen
  const [text] = useDebouncedValue(typed === chosen ? '' : typed, TYPED_MS)
  const found = useQuery({ ...organisationQuery(noun, text), placeholderData: keepPreviousData })
  const records = (found.data?.items ?? []).filter((record) => only?.(record) ?? true)
  const given = [...extra, ...knownChoice(known)]
  const isExtra = new Set(given.map((one) => one.value))
  const data = [
    ...given,
    ...records.filter(({ id }) => !isExtra.has(id)).map(({ id, name }) => ({ value: id, label: name })),
  ]
  return (
    <Select
      label={isLabelHidden ? undefined : label}
      aria-label={label}
      description={about}
      placeholder={placeholder ?? label}
      data={data}
      value={value}
      searchable
      clearable
      onSearchChange={setTyped}
      onChange={(id, option) => {
        setChosen(option?.label ?? null)
        choose(id, records.find((record) => record.id === id) ?? null)
      }}
      nothingFoundMessage={found.isError ? texts.states.failed : texts.palette.nothing}
    />
  )
}
