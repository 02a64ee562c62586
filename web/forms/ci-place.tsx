import { Radio, Select, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { environmentChoices } from '../api/environments.ts'
import { useTexts } from '../texts/desk-texts.tsx'
import { PickRecord } from './pick-record.tsx'

const KINDS = ['environment', 'installation', 'nowhere'] as const

/** Where a place of a CI system is here. */
export interface CiPlace {
  readonly kind: (typeof KINDS)[number]
  readonly id: string | null
}

export const NO_CI_PLACE: CiPlace = { kind: 'environment', id: null }

export const isPlaced = ({ kind, id }: CiPlace): boolean => kind === 'nowhere' || id !== null

/** As a rule says it. */
export const ruleOf = (pattern: string, { kind, id }: CiPlace) => ({
  pattern: pattern.trim(),
  ...(kind === 'nowhere' || id === null ? {} : { [kind]: id }),
})

export const CiPlaceField = ({
  product,
  value,
  choose,
}: {
  readonly product: string
  readonly value: CiPlace
  readonly choose: (place: CiPlace) => void
}) => {
  const { deployments, environments } = useTexts()
  const { place: words } = deployments
  const found = useQuery(environmentChoices)
  const ours = (found.data?.items ?? []).filter((one) => one.product.id === product)
  return (
    <>
      <Radio.Group
        label={words.which}
        value={value.kind}
        onChange={(kind) => choose({ kind: KINDS.find((one) => one === kind) ?? 'environment', id: null })}
      >
        <Stack gap={6} mt={6}>
          {KINDS.map((kind) => (
            <Radio key={kind} value={kind} label={words[kind]} />
          ))}
        </Stack>
      </Radio.Group>
      {value.kind === 'environment' ? (
        <Select
          label={environments.environment}
          data={ours.map(({ id, name }) => ({ value: id, label: name }))}
          value={value.id}
          onChange={(id) => choose({ kind: 'environment', id })}
          searchable
          nothingFoundMessage={environments.empty}
        />
      ) : null}
      {value.kind === 'installation' ? (
        <PickRecord
          noun="installations"
          label={words.installation}
          isLabelHidden
          value={value.id}
          choose={(id) => choose({ kind: 'installation', id })}
          only={(one) => one.product.id === product}
        />
      ) : null}
      {value.kind === 'nowhere' ? <p className="quiet plain">{words.nowhereAbout}</p> : null}
    </>
  )
}
