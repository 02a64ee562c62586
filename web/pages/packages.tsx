import { Button } from '@mantine/core'
import { type ContainedPackage, usePackages } from '../api/packages.ts'
import { useMay } from '../api/session.ts'
import { Badge } from '../parts/badge.tsx'
import { TextFilter } from '../parts/filter-fields.tsx'
import { Go, useGo } from '../parts/go.tsx'
import { List } from '../parts/list.tsx'
import { ReleaseTabs } from '../parts/release-tabs.tsx'
import rows from '../parts/rows.module.css'
import { Filters, ScreenHead } from '../parts/screen.tsx'
import { Empty, NoRights } from '../parts/states.tsx'
import { RELEASE_TONES } from '../parts/tones.ts'
import { useFilters } from '../parts/use-filters.ts'
import { paths } from '../paths.ts'
import { useTexts } from '../texts/desk-texts.tsx'

const KNOWN = { text: 'any', version: 'any', release: 'any' } as const

/** A package turns out to be bad: which releases contain it, and how many run one of them. */
export const Packages = () => {
  const texts = useTexts()
  const { packages: words } = texts
  const mayRead = useMay('releases.read')
  return (
    <>
      <ScreenHead title={words.title} about={words.about} />
      <ReleaseTabs />
      {mayRead ? <Found /> : <NoRights />}
    </>
  )
}

const Found = () => {
  const texts = useTexts()
  const go = useGo()
  const { packages: words } = texts
  const { filters, set, isFiltered, clear } = useFilters(KNOWN, paths.packages)
  const source = usePackages(filters, true)
  const items = source.items.map((item) => {
    const key = [item.release.id, item.build, item.name, item.version, item.purl].join(' ')
    return { id: key, key, item }
  })
  return (
    <>
      <Filters label={texts.filters.title}>
        <TextFilter label={words.name} value={filters.text} set={(text) => set('text', text)} />
        <TextFilter label={words.version} value={filters.version} set={(text) => set('version', text)} />
        {filters.release === undefined ? null : (
          <Button variant="default" size="xs" onClick={() => set('release', null)}>
            {words.allReleases}
          </Button>
        )}
      </Filters>
      <List
        source={{ ...source, items }}
        row={({ item }) => <PackageRow item={item} />}
        open={({ item }) => go(paths.releaseContents(item.release.id))}
        empty={
          isFiltered ? (
            <Empty
              icon="search"
              title={words.none}
              actions={
                <Button variant="default" onClick={clear}>
                  {texts.filters.clear}
                </Button>
              }
            >
              {words.noneAbout}
            </Empty>
          ) : (
            <Empty icon="box" title={words.empty}>
              {words.emptyAbout}
            </Empty>
          )
        }
      />
    </>
  )
}

const PackageRow = ({ item }: { readonly item: ContainedPackage }) => {
  const texts = useTexts()
  const { packages: words } = texts
  const { name, version, purl, build, release, product, installations, customers } = item
  return (
    <Go to={paths.releaseContents(release.id)} className={`${rows.row} ${rows.release}`}>
      <span className={rows.title} title={purl ?? undefined}>
        {name}
        <small>{version ?? words.noVersion}</small>
      </span>
      <span className={rows.side}>
        {product.name} {release.name}
        {build === null ? '' : ` · ${build}`}
      </span>
      <span className={rows.side}>{words.runs(installations, customers)}</span>
      <Badge tone={RELEASE_TONES[release.state]}>{texts.words.releaseState[release.state]}</Badge>
    </Go>
  )
}
