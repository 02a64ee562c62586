import { Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { organisationQuery } from '../api/organisation.ts'
import { useTexts } from '../texts/texts.tsx'

/** Chooses a part of a product, grouped by product. */
export const PickComponent = ({
  value,
  choose,
  label,
}: {
  readonly value: string | null
  readonly choose: (id: string | null) => void
  /** Shown above the field; without one the field names itself. */
  readonly label?: string
}) => {
  const texts = useTexts()
  const products = useQuery(organisationQuery('products'))
  const groups = (products.data?.items ?? []).map((product) => ({
    group: product.name,
    items: product.components
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
