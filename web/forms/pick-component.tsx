import { Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { organisationQuery } from '../api/organisation.ts'
import { useTexts } from '../texts/texts.tsx'

/** Chooses a part of a product, grouped by product. */
export const PickComponent = ({
  value,
  choose,
  label,
  product,
}: {
  readonly value: string | null
  readonly choose: (id: string | null) => void
  /** Shown above the field; without one the field names itself. */
  readonly label?: string
  /** Only of this one. */
  readonly product?: string
}) => {
  const texts = useTexts()
  const products = useQuery(organisationQuery('products'))
  const offered = (products.data?.items ?? []).filter(({ id }) => product === undefined || id === product)
  const groups = offered.map(({ name: group, components }) => ({
    group,
    items: components
      .filter(({ archived, id }) => !archived || id === value)
      .map(({ id, name }) => ({ value: id, label: name })),
  }))
  return (
    <Select
      label={label}
      aria-label={texts.fields.component}
      placeholder={texts.fields.component}
      data={groups}
      value={value}
      onChange={choose}
      searchable
      clearable
      nothingFoundMessage={products.isError ? texts.states.failed : texts.palette.nothing}
    />
  )
}
