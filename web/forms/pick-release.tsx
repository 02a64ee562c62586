import { Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { releaseChoices } from '../api/releases.ts'
import { useMay } from '../api/session.ts'
import { useTexts } from '../texts/desk-texts.tsx'

/** Chooses a release, of one product or of all, grouped by product. */
export const PickRelease = ({
  value,
  choose,
  product,
  label,
}: {
  readonly value: string | null
  readonly choose: (id: string | null) => void
  readonly product?: string
  /** Shown above the field; without one the field names itself. */
  readonly label?: string
}) => {
  const texts = useTexts()
  const mayRead = useMay('releases.read')
  const found = useQuery({ ...releaseChoices(product), enabled: mayRead })
  const releases = (found.data?.items ?? []).filter(({ state, id }) => state !== 'withdrawn' || id === value)
  const products = [...new Map(releases.map((one) => [one.product.id, one.product.name]))]
  return (
    <Select
      label={label}
      aria-label={texts.fields.release}
      placeholder={texts.fields.release}
      data={products.map(([id, group]) => ({
        group,
        items: releases
          .filter((one) => one.product.id === id)
          .map((one) => ({ value: one.id, label: one.name })),
      }))}
      value={value}
      onChange={choose}
      searchable
      clearable
      nothingFoundMessage={found.isError ? texts.states.failed : texts.workEdit.noReleases}
    />
  )
}
