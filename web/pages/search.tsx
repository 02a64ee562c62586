import { Button } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type FoundGroup, SEARCH_KINDS, type SearchKind, searchQuery } from '../api/search.ts'
import { useMay } from '../api/session.ts'
import styles from '../parts/found.module.css'
import { FoundRow, placeOf } from '../parts/found.tsx'
import { Go, useGo } from '../parts/go.tsx'
import { Rows } from '../parts/list.tsx'
import { QueryField, QueryHints } from '../parts/query-field.tsx'
import { Filters, ScreenHead, Section } from '../parts/screen.tsx'
import { Empty, Failed, Loading, NoRights } from '../parts/states.tsx'
import { useFilters } from '../parts/use-filters.ts'
import { useListKeys } from '../parts/use-list-keys.ts'
import { ViewsMenu } from '../parts/views-menu.tsx'
import { paths, viewQuery } from '../paths.ts'
import { useTexts } from '../texts/desk-texts.tsx'

const KNOWN = { q: 'any', kind: SEARCH_KINDS } as const
const EACH = 8
const OF_ONE = 50
const EXAMPLES = [
  'status:unfinished',
  'severity:critical',
  'owner:me',
  'created:<7d',
  'has:attachment',
] as const

/** Search over everything one may see; what is typed stands in the address, so that it can be sent on. */
export const Search = () => {
  const texts = useTexts()
  return useMay('search') ? (
    <SearchAll />
  ) : (
    <>
      <ScreenHead title={texts.search.title} />
      <NoRights />
    </>
  )
}

const SearchAll = () => {
  const texts = useTexts()
  const { filters, set } = useFilters(KNOWN, paths.search)
  return (
    <>
      <ScreenHead title={texts.search.title} about={texts.search.about}>
        <ViewsMenu list="search" query={viewQuery(filters)} />
      </ScreenHead>
      <Filters label={texts.search.title}>
        <QueryField isFirst value={filters.q} set={(q) => set('q', q)} list="tickets" />
      </Filters>
      <StaffHints text={filters.q} />
      {filters.q === undefined ? (
        <Start run={(q) => set('q', q)} />
      ) : (
        <Found q={filters.q} kind={asKind(filters.kind)} />
      )}
    </>
  )
}

const asKind = (word: string | undefined): SearchKind | null =>
  SEARCH_KINDS.find((kind) => kind === word) ?? null

/** A filter that only work items have is one too. */
const StaffHints = ({ text }: { readonly text: string | undefined }) => (
  <QueryHints text={text} list={/\b-?team:/.test(text ?? '') ? 'work-items' : 'tickets'} />
)

const Start = ({ run }: { readonly run: (q: string) => void }) => {
  const texts = useTexts()
  return (
    <Empty
      icon="search"
      title={texts.search.start}
      actions={
        <div className={styles.examples}>
          {EXAMPLES.map((example) => (
            <Button key={example} variant="default" onClick={() => run(example)}>
              {example}
            </Button>
          ))}
        </div>
      }
    >
      {texts.search.startAbout}
    </Empty>
  )
}

const Found = ({ q, kind }: { readonly q: string; readonly kind: SearchKind | null }) => {
  const texts = useTexts()
  const go = useGo()
  const all = useQuery({ ...searchQuery(q, null, EACH), placeholderData: keepPreviousData })
  const one = useQuery({
    ...searchQuery(q, kind, OF_ONE),
    enabled: kind !== null,
    placeholderData: keepPreviousData,
  })
  const shown = (kind === null ? all : one).data?.groups ?? []
  const rows = shown.flatMap((group) =>
    group.items.map((item) => ({ id: item.id, key: item.id, item, kind: group.kind })),
  )
  const { cursor, ref } = useListKeys(rows, (row) => go(placeOf(row.kind, row.item)))
  const asked = kind === null ? all : one
  if (asked.isPending) return <Loading />
  if (asked.isError) return <Failed error={asked.error} retry={() => void asked.refetch()} />
  const nameOf = (name: SearchKind): string => texts.search.kinds[name]
  if (rows.length === 0)
    return (
      <Empty icon="search" title={texts.search.none}>
        {texts.search.noneAbout}
      </Empty>
    )
  return (
    <>
      <nav className={styles.kinds} aria-label={texts.search.results}>
        <Go to={paths.search({ q })} aria-current={kind === null ? 'page' : undefined}>
          {texts.search.all}
        </Go>
        {(all.data?.groups ?? []).map((group) => (
          <Go
            key={group.kind}
            to={paths.search({ q, kind: group.kind })}
            aria-current={kind === group.kind ? 'page' : undefined}
          >
            {`${nameOf(group.kind)} ${texts.search.count(group.total, group.isMore)}`}
          </Go>
        ))}
      </nav>
      {shown.map((group) => (
        <Section
          key={group.kind}
          title={nameOf(group.kind)}
          count={texts.search.count(group.total, group.isMore)}
        >
          <Rows
            items={rows.filter((row) => row.kind === group.kind)}
            row={({ item }) => <FoundRow kind={group.kind} item={item} query={q} />}
            cursor={cursor}
            cursorRef={ref}
          />
          <More group={group} q={q} isAll={kind === null} name={nameOf(group.kind)} />
        </Section>
      ))}
    </>
  )
}

const More = ({
  group,
  q,
  isAll,
  name,
}: {
  readonly group: FoundGroup
  readonly q: string
  readonly isAll: boolean
  readonly name: string
}) => {
  const texts = useTexts()
  const { kind, total, items } = group
  if (total <= items.length) return null
  const list =
    kind !== 'ticket' && kind !== 'work item'
      ? null
      : {
          to: kind === 'ticket' ? paths.tickets({ q }) : paths.workItems({ q }),
          text: texts.search.inList[kind],
        }
  if (list === null && !isAll) return null
  return (
    <div className={styles.more}>
      {list === null ? (
        <Go to={paths.search({ q, kind })}>{texts.search.moreOf(name)}</Go>
      ) : (
        <Go to={list.to}>{list.text}</Go>
      )}
    </div>
  )
}
