import { Modal, Stack } from '@mantine/core'
import { useState } from 'react'
import { type Has, type Standing, useStandings } from '../api/trace.ts'
import type { WorkItem } from '../api/work-items.ts'
import { paths } from '../paths.ts'
import { useTexts } from '../texts/desk-texts.tsx'
import { Badge } from './badge.tsx'
import { WordFilter } from './filter-fields.tsx'
import { Go } from './go.tsx'
import { More } from './list.tsx'
import { Failed, Loading } from './states.tsx'
import { HAS_TONES } from './tones.ts'
import styles from './trace.module.css'

const HAS: readonly Has[] = ['yes', 'no', 'unknown']

/** The installations of the product, with what runs there and whether a work item is in it. */
export const WhoHasIt = ({
  item,
  close,
}: {
  readonly item: Pick<WorkItem, 'id' | 'key'>
  readonly close: () => void
}) => {
  const { trace: words } = useTexts()
  const [has, setHas] = useState<Has | null>(null)
  const standings = useStandings(item.id, has)
  return (
    <Modal opened onClose={close} title={words.whoHasOf(item.key)} size="lg">
      <Stack gap="sm">
        <WordFilter
          label={words.hasFilter}
          words={words.has}
          value={has ?? undefined}
          set={(word) => setHas(HAS.find((one) => one === word) ?? null)}
        />
        {standings.isPending ? <Loading /> : null}
        {standings.error !== null && standings.items.length === 0 ? (
          <Failed error={standings.error} retry={() => void standings.refetch()} />
        ) : null}
        {standings.isSuccess && standings.items.length === 0 ? (
          <p className="quiet plain">{has === null ? words.noInstallations : words.noneFits}</p>
        ) : null}
        <ul className={styles.standings}>
          {standings.items.map((standing) => (
            <li key={standing.id}>
              <OneStanding standing={standing} />
            </li>
          ))}
        </ul>
        <More source={standings} />
        {standings.items.some((one) => one.has === 'unknown') ? (
          <p className="quiet plain">{words.unknownAbout}</p>
        ) : null}
      </Stack>
    </Modal>
  )
}

const OneStanding = ({ standing }: { readonly standing: Standing }) => {
  const { trace: words } = useTexts()
  const { customer, environment, version, release, has } = standing
  return (
    <>
      <span>
        <strong>{customer.name}</strong>
        <small>
          {environment} ·{' '}
          {release === null ? (
            (version ?? words.noVersion)
          ) : (
            <Go to={paths.release(release.id)}>{release.name}</Go>
          )}
          {/* a version of its own beside the release it was built from */}
          {release === null || version === null || version === release.name ? '' : ` (${version})`}
        </small>
      </span>
      <Badge tone={HAS_TONES[has]}>{words.has[has]}</Badge>
    </>
  )
}
