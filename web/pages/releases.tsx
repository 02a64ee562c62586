import { Button } from '@mantine/core'
import { useState } from 'react'
import { RELEASE_STATES } from '../../src/domain/words.ts'
import { type Release, type ReleaseQuery, useReleases } from '../api/releases.ts'
import { useMay, useSelf } from '../api/session.ts'
import { PickRecord } from '../forms/pick-record.tsx'
import { PlanReleaseDialog } from '../forms/release-dialogs.tsx'
import { ActionButton } from '../parts/action-button.tsx'
import { Badge } from '../parts/badge.tsx'
import { WordFilter } from '../parts/filter-fields.tsx'
import { Go, useGo } from '../parts/go.tsx'
import { List } from '../parts/list.tsx'
import { useReleaseWords } from '../parts/release-station.tsx'
import { ReleaseTabs } from '../parts/release-tabs.tsx'
import { roleReason } from '../parts/roles.ts'
import rows from '../parts/rows.module.css'
import { Filters, ScreenHead } from '../parts/screen.tsx'
import { Empty, NoRights } from '../parts/states.tsx'
import { RELEASE_TONES } from '../parts/tones.ts'
import { useFilters } from '../parts/use-filters.ts'
import { useKeys } from '../parts/use-keys.tsx'
import { paths } from '../paths.ts'
import { useTexts } from '../texts/desk-texts.tsx'

const KNOWN = { product: 'any', state: RELEASE_STATES } as const

/** What comes out when, and who waits for it. */
export const Releases = () => {
  const texts = useTexts()
  const self = useSelf()
  const mayRead = useMay('releases.read')
  const mayWrite = useMay('releases.write')
  const [isPlanning, setPlanning] = useState(false)
  const reason = mayWrite ? null : roleReason(self, texts)
  useKeys(texts.releases.title, [
    { keys: 'a', label: texts.releases.add, run: () => setPlanning(true), reason },
  ])
  return (
    <>
      <ScreenHead title={texts.releases.title} about={mayRead ? texts.releases.about : undefined}>
        <ActionButton label={texts.releases.add} keys="a" reason={reason} run={() => setPlanning(true)} />
      </ScreenHead>
      <ReleaseTabs />
      {mayRead ? <AllReleases /> : <NoRights />}
      {isPlanning ? <PlanReleaseDialog close={() => setPlanning(false)} /> : null}
    </>
  )
}

const AllReleases = () => {
  const texts = useTexts()
  const go = useGo()
  const { filters, set, isFiltered, clear } = useFilters(KNOWN, paths.releases)
  // words of the list of filters, checked against the same lists the API has
  const releases = useReleases(filters as ReleaseQuery, true)
  return (
    <>
      <Filters label={texts.filters.title}>
        <PickRecord
          noun="products"
          label={texts.fields.product}
          isLabelHidden
          value={filters.product ?? null}
          choose={(id) => set('product', id)}
        />
        <WordFilter
          label={texts.fields.state}
          words={texts.words.releaseState}
          value={filters.state}
          set={(word) => set('state', word)}
        />
      </Filters>
      <List
        source={releases}
        row={(release) => <ReleaseRow release={release} />}
        open={({ id }) => go(paths.release(id))}
        empty={
          isFiltered ? (
            <Empty
              icon="search"
              title={texts.releases.none}
              actions={
                <Button variant="default" onClick={clear}>
                  {texts.filters.clear}
                </Button>
              }
            >
              {texts.workItems.noneAbout}
            </Empty>
          ) : (
            <Empty icon="tag" title={texts.releases.empty}>
              {texts.releases.emptyAbout}
            </Empty>
          )
        }
      />
    </>
  )
}

const ReleaseRow = ({ release }: { readonly release: Release }) => {
  const texts = useTexts()
  const when = useReleaseWords()
  const { name, product, state, workItems = 0, doneWorkItems = 0, tickets = 0 } = release
  return (
    <Go to={paths.release(release.id)} className={`${rows.row} ${rows.release}`}>
      <span className={rows.title}>
        {name}
        <small>{product.name}</small>
      </span>
      <span className={rows.side}>{when(release)}</span>
      <span className={rows.side}>{texts.releases.scope(doneWorkItems, workItems)}</span>
      <span className={rows.side}>{texts.releases.waiting(tickets)}</span>
      <Badge tone={RELEASE_TONES[state]}>{texts.words.releaseState[state]}</Badge>
    </Go>
  )
}
