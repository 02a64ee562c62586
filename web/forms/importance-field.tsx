import { Select } from '@mantine/core'
import { IMPORTANCES, type Importance } from '../../src/domain/enhancement.ts'
import { useTexts } from '../texts/desk-texts.tsx'

/** How much a wish matters to who asks. */
export const ImportanceField = ({
  value,
  choose,
}: {
  readonly value: Importance | null
  readonly choose: (value: Importance | null) => void
}) => {
  const { enhancements } = useTexts()
  return (
    <Select
      label={enhancements.importance}
      data={[
        { value: 'none', label: enhancements.importances.none },
        ...IMPORTANCES.map((one) => ({ value: String(one), label: enhancements.importances[one] })),
      ]}
      value={value === null ? 'none' : String(value)}
      allowDeselect={false}
      onChange={(text) => choose(IMPORTANCES.find((one) => String(one) === text) ?? null)}
    />
  )
}
