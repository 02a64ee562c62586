import { OUTREACH_STANDINGS } from '../../src/domain/outreach.ts'
import { useMay } from '../api/session.ts'
import { PickRelease } from '../forms/pick-release.tsx'
import { WordFilter } from '../parts/filter-fields.tsx'
import { NoticeList } from '../parts/notice-list.tsx'
import { OutreachTabs } from '../parts/outreach-tabs.tsx'
import { Filters, ScreenHead } from '../parts/screen.tsx'
import { Empty, NoRights } from '../parts/states.tsx'
import { useFilters } from '../parts/use-filters.ts'
import { paths } from '../paths.ts'
import { useTexts } from '../texts/desk-texts.tsx'

const KNOWN = {
  state: ['sent', 'dismissed', 'suppressed'],
  standing: OUTREACH_STANDINGS,
  release: 'any',
} as const

/** What customers are told of releases: what waits for somebody, and what became of the rest. */
export const Outreach = () => {
  const texts = useTexts()
  const { outreach: words } = texts
  const mayRead = useMay('outreach.read')
  const { filters, set } = useFilters(KNOWN, paths.outreach)
  const head = <ScreenHead title={words.title} about={words.about} />
  if (!mayRead)
    return (
      <>
        {head}
        <NoRights />
      </>
    )
  const { proposed: _, ...past } = words.states
  const { 'has it': has, 'must upgrade': must, 'gets it': gets } = texts.trace.waiting.standings
  return (
    <>
      {head}
      <OutreachTabs />
      <Filters label={texts.filters.title}>
        <WordFilter
          label={words.states.proposed}
          words={past}
          value={filters.state}
          set={(word) => set('state', word)}
        />
        <WordFilter
          label={words.standing}
          words={{ 'has it': has, 'must upgrade': must, 'gets it': gets }}
          value={filters.standing}
          set={(word) => set('standing', word)}
        />
        <PickRelease value={filters.release ?? null} choose={(id) => set('release', id)} />
      </Filters>
      <NoticeList
        key={JSON.stringify(filters)}
        filters={{ state: 'proposed', ...filters }}
        empty={
          filters.state === undefined ? (
            <Empty icon="tag" title={words.empty}>
              {words.emptyAbout}
            </Empty>
          ) : (
            <Empty icon="search" title={texts.manage.none}>
              {words.noneOfState}
            </Empty>
          )
        }
      />
    </>
  )
}
