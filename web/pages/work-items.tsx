import { Button } from '@mantine/core'
import { WORK_ITEM_KINDS, WORK_ITEM_STATES } from '../../src/domain/words.ts'
import { useMay, useSelf } from '../api/session.ts'
import { useWorkItems, type WorkItemQuery } from '../api/work-items.ts'
import { useWorkItemBulk } from '../forms/bulk-work-items.tsx'
import { PickRecord } from '../forms/pick-record.tsx'
import { BulkBar } from '../parts/bulk-bar.tsx'
import { ExportButton } from '../parts/export-button.tsx'
import { WordFilter } from '../parts/filter-fields.tsx'
import { useGo } from '../parts/go.tsx'
import { List } from '../parts/list.tsx'
import { QueryField, QueryHints } from '../parts/query-field.tsx'
import { Filters, ScreenHead } from '../parts/screen.tsx'
import { Empty, NoRights } from '../parts/states.tsx'
import { useFilters } from '../parts/use-filters.ts'
import { useSelection } from '../parts/use-selection.ts'
import { ViewsMenu } from '../parts/views-menu.tsx'
import { WorkItemRow } from '../parts/work-item-row.tsx'
import { paths, viewQuery } from '../paths.ts'
import { useTexts } from '../texts/desk-texts.tsx'

const KNOWN = {
  state: WORK_ITEM_STATES,
  kind: WORK_ITEM_KINDS,
  assignee: 'any',
  team: 'any',
  text: 'any',
  q: 'any',
} as const

export const WorkItems = () => {
  const texts = useTexts()
  const mayRead = useMay('work-items.read')
  return mayRead ? (
    <AllWorkItems />
  ) : (
    <>
      <ScreenHead title={texts.workItems.title} />
      <NoRights />
    </>
  )
}

const AllWorkItems = () => {
  const texts = useTexts()
  const go = useGo()
  const { personId } = useSelf()
  const { filters, set, isFiltered, clear } = useFilters(KNOWN, paths.workItems)
  // words of the list of filters, checked against the same lists the API has
  const items = useWorkItems(filters as WorkItemQuery)
  const selection = useSelection()
  const bulk = useWorkItemBulk('work-items', filters)
  return (
    <>
      <ScreenHead title={texts.workItems.title} about={texts.workItems.about}>
        <ViewsMenu list="work-items" query={viewQuery(filters)} />
        <ExportButton list="work-items" filters={filters} />
      </ScreenHead>
      <Filters label={texts.filters.title}>
        <QueryField value={filters.q ?? filters.text} set={(q) => set('q', q)} list="work-items" />
        <WordFilter
          label={texts.fields.state}
          words={texts.words.workItemState}
          value={filters.state}
          set={(word) => set('state', word)}
        />
        <WordFilter
          label={texts.fields.kind}
          words={texts.words.workItemKind}
          value={filters.kind}
          set={(word) => set('kind', word)}
        />
        <PickRecord
          noun="people"
          label={texts.fields.assignee}
          isLabelHidden
          value={filters.assignee ?? null}
          choose={(id) => set('assignee', id)}
          only={({ id }) => id !== personId}
          extra={[
            ...(personId === null ? [] : [{ value: personId, label: texts.filters.owner.me }]),
            { value: 'nobody', label: texts.filters.owner.nobody },
          ]}
        />
        <PickRecord
          noun="teams"
          label={texts.fields.team}
          isLabelHidden
          value={filters.team ?? null}
          choose={(id) => set('team', id)}
        />
      </Filters>
      <QueryHints text={filters.q} list="work-items" />
      <List
        source={items}
        selection={selection}
        row={(item) => <WorkItemRow item={item} />}
        open={({ key }) => go(paths.workItem(key))}
        empty={
          isFiltered ? (
            <Empty
              icon="search"
              title={texts.workItems.none}
              actions={
                <Button variant="default" onClick={clear}>
                  {texts.filters.clear}
                </Button>
              }
            >
              {texts.workItems.noneAbout}
            </Empty>
          ) : (
            <Empty icon="work" title={texts.workItems.empty}>
              {texts.workItems.emptyAbout}
            </Empty>
          )
        }
      />
      <BulkBar selection={selection} subject={bulk} />
    </>
  )
}
