import { Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { organisationQuery } from '../api/organisation.ts'
import { useTexts } from '../texts/desk-texts.tsx'

/** Components belong to a product: first the one, then the other. */
export const ComponentField = ({
  product,
  value,
  choose,
}: {
  readonly product: string | null
  readonly value: string | null
  readonly choose: (id: string | null) => void
}) => {
  const texts = useTexts()
  const products = useQuery(organisationQuery('products'))
  const chosen = products.data?.items.find(({ id }) => id === product)
  return (
    <Select
      label={texts.fields.component}
      placeholder={product === null ? texts.newTicket.productFirst : texts.fields.none}
      disabled={product === null}
      clearable
      searchable
      data={(chosen?.components ?? [])
        .filter(({ archived }) => !archived)
        .map(({ id, name, team }) => ({ value: id, label: `${name} (${team.name})` }))}
      value={value}
      onChange={choose}
    />
  )
}
