import { Autocomplete, Select, Textarea } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type Organised, useOrganised } from '../api/organisation.ts'
import { releaseChoices } from '../api/releases.ts'
import { useMay } from '../api/session.ts'
import { useTypedFilter } from '../parts/use-filters.ts'
import type { BugOrFeatureWords } from '../paths.ts'
import { useTexts } from '../texts/desk-texts.tsx'
import styles from './caller-fields.module.css'
import { PickRecord } from './pick-record.tsx'

/** As many characters as the server reads. */
const MAX_TEXT = 2_000
const MAX_VERSION = 200

interface Fields {
  readonly words: BugOrFeatureWords
  readonly set: (name: keyof BugOrFeatureWords, value: string | null) => void
  readonly setAll: (words: BugOrFeatureWords) => void
}

/** What the caller says and what they run: a product with its version, or one of their installations, which has both. */
export const CallerFields = ({ words, set, setAll }: Fields) => {
  const { bugOrFeature, fields } = useTexts()
  const mayReadOrganisation = useMay('organisation.read')
  const text = useTypedFilter(words.text ?? '', (value) => set('text', value))
  return (
    <search className={styles.fields} aria-label={bugOrFeature.title}>
      <Textarea
        className={styles.text}
        label={bugOrFeature.text}
        placeholder={bugOrFeature.placeholder}
        autoFocus
        autosize
        minRows={2}
        maxRows={8}
        maxLength={MAX_TEXT}
        value={text.value}
        onChange={(event) => text.type(event.currentTarget.value)}
      />
      {mayReadOrganisation ? (
        <PickRecord
          noun="products"
          label={fields.product}
          value={words.product ?? null}
          // a version is one of its product
          choose={(product) => setAll({ ...words, product: product ?? undefined, version: undefined })}
        />
      ) : null}
      <VersionField words={words} set={set} />
      {mayReadOrganisation ? (
        <>
          <PickRecord
            noun="customers"
            label={fields.customer}
            value={words.customer ?? null}
            choose={(id) => set('customer', id)}
          />
          <InstallationField
            words={words}
            choose={({ product, version, release }) =>
              setAll({ ...words, product: product.id, version: version ?? release?.name })
            }
          />
        </>
      ) : null}
    </search>
  )
}

/** Any version can be typed; those of the product are offered. */
const VersionField = ({ words, set }: Pick<Fields, 'words' | 'set'>) => {
  const { fields } = useTexts()
  const mayRead = useMay('releases.read')
  const { product } = words
  const releases = useQuery({ ...releaseChoices(product), enabled: mayRead && product !== undefined })
  const version = useTypedFilter(words.version ?? '', (value) => set('version', value))
  const names = product === undefined ? [] : (releases.data?.items ?? []).map(({ name }) => name)
  return (
    <Autocomplete
      size="xs"
      label={fields.version}
      placeholder={fields.version}
      maxLength={MAX_VERSION}
      data={[...new Set(names)]}
      value={version.value}
      onChange={version.type}
    />
  )
}

const InstallationField = ({
  words,
  choose,
}: {
  readonly words: BugOrFeatureWords
  readonly choose: (installation: Organised<'installations'>) => void
}) => {
  const { bugOrFeature } = useTexts()
  const { customer, product, version } = words
  const found = useOrganised('installations', { customer }, customer !== undefined)
  const [last, setLast] = useState<string | null>(null)
  const isStill = (one: Organised<'installations'>): boolean =>
    one.product.id === product && (one.version ?? one.release?.name) === version
  const fitting = found.items.filter(isStill)
  // two may run the same: the one that was chosen
  const shown = fitting.find(({ id }) => id === last) ?? fitting[0]
  return (
    <Select
      label={bugOrFeature.installation}
      placeholder={customer === undefined ? bugOrFeature.customerFirst : bugOrFeature.installation}
      disabled={customer === undefined}
      searchable
      data={found.items.map((one) => ({
        value: one.id,
        label: [one.product.name, one.environment, one.version ?? one.release?.name]
          .filter(Boolean)
          .join(' · '),
      }))}
      value={shown?.id ?? null}
      onChange={(id) => {
        setLast(id)
        const chosen = found.items.find((one) => one.id === id)
        if (chosen !== undefined) choose(chosen)
      }}
      nothingFoundMessage={bugOrFeature.noInstallations}
    />
  )
}
