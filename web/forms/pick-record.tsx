import { Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type Noun, type Organised, organisationQuery } from '../api/organisation.ts'
import { useTexts } from '../texts/texts.tsx'

const TYPED_MS = 150

/** Chooses one of what may be very many: the server looks, as one types. */
export const PickRecord = <N extends Noun>({
  noun,
  label,
  value,
  choose,
  only,
  isLabelHidden = false,
  placeholder,
  extra = [],
}: {
  readonly noun: N
  readonly label: string
  readonly value: string | null
  readonly choose: (id: string | null) => void
  readonly only?: (record: Organised<N>) => boolean
  readonly isLabelHidden?: boolean
  readonly placeholder?: string
  /** Choices that are no records: me, nobody. */
  readonly extra?: readonly { readonly value: string; readonly label: string }[]
}) => {
  const texts = useTexts()
  const [typed, setTyped] = useState('')
  const [chosen, setChosen] = useState<string | null>(null)
  // what is typed looks for something only while it is not the name of what is chosen
  const [text] = useDebouncedValue(typed === chosen ? '' : typed, TYPED_MS)
  const found = useQuery({ ...organisationQuery(noun, text), placeholderData: keepPreviousData })
  const records = (found.data?.items ?? []).filter((record) => only?.(record) ?? true)
  const data = [...extra, ...records.map(({ id, name }) => ({ value: id, label: name }))]
  return (
    <Select
      label={isLabelHidden ? undefined : label}
      aria-label={label}
      placeholder={placeholder ?? label}
      data={data}
      value={value}
      searchable
      clearable
      onSearchChange={setTyped}
      onChange={(id, option) => {
        setChosen(option?.label ?? null)
        choose(id)
      }}
      nothingFoundMessage={found.isError ? texts.states.failed : texts.palette.nothing}
    />
  )
}
