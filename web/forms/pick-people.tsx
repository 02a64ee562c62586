import { MultiSelect } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { organisationQuery } from '../api/organisation.ts'
import { useTexts } from '../texts/texts.tsx'

const TYPED_MS = 150

export interface Known {
  readonly id: string
  readonly name: string
}

/** Several of what may be very many: those that were chosen keep their names while others are looked for. */
export const PickPeople = ({
  label,
  value,
  set,
}: {
  readonly label: string
  readonly value: readonly Known[]
  readonly set: (people: readonly Known[]) => void
}) => {
  const texts = useTexts()
  const [typed, setTyped] = useState('')
  const [text] = useDebouncedValue(typed, TYPED_MS)
  const found = useQuery({ ...organisationQuery('people', text), placeholderData: keepPreviousData })
  const known = new Map<string, Known>([...value, ...(found.data?.items ?? [])].map((one) => [one.id, one]))
  return (
    <MultiSelect
      label={label}
      size="xs"
      data={[...known.values()].map(({ id, name }) => ({ value: id, label: name }))}
      value={value.map(({ id }) => id)}
      onChange={(ids) => set(ids.flatMap((id) => known.get(id) ?? []))}
      searchable
      clearable
      onSearchChange={setTyped}
      nothingFoundMessage={found.isError ? texts.states.failed : texts.palette.nothing}
    />
  )
}
