import { Button } from '@mantine/core'
import { WORK_ITEM_KINDS } from '../../src/domain/words.ts'
import { type BoardQuery, useBoard } from '../api/board.ts'
import { useMay, useSelf } from '../api/session.ts'
import styles from '../board/board.module.css'
import type { BoardColumn } from '../board/board.ts'
import { LANES, readShown, SHOWN_MOST, withMore } from '../board/board.ts'
import { BoardGrid, MoreCards } from '../board/board-grid.tsx'
import { PickComponent } from '../forms/pick-component.tsx'
import { PickRecord } from '../forms/pick-record.tsx'
import { TextFilter, WordFilter } from '../parts/filter-fields.tsx'
import { Go, useGo } from '../parts/go.tsx'
import { Filters, ScreenHead } from '../parts/screen.tsx'
import { Empty, Failed, Loading, NoRights } from '../parts/states.tsx'
import { useFilters } from '../parts/use-filters.ts'
import { paths } from '../paths.ts'
import { useTexts } from '../texts/desk-texts.tsx'

const KNOWN = {
  team: 'any',
  assignee: 'any',
  component: 'any',
  release: 'any',
  text: 'any',
  kind: WORK_ITEM_KINDS,
  lanes: LANES,
  more: 'any',
} as const

export const BoardPage = () => {
  const texts = useTexts()
  const mayRead = useMay('work-items.read')
  return (
    <div className={styles.frame}>
      <ScreenHead title={texts.board.title} about={mayRead ? texts.board.about : undefined} />
      {mayRead ? <FilteredBoard /> : <NoRights />}
    </div>
  )
}

const FilteredBoard = () => {
  const texts = useTexts()
  const { personId } = useSelf()
  const go = useGo()
  const { filters, set, clear } = useFilters(KNOWN, paths.board)
  const { lanes, more: shown, ...asked } = filters
  const wanted = readShown(shown)
  const isFiltered = Object.keys(asked).length > 0
  // words of the list of filters, checked against the same lists the API has
  const query = { ...asked, ...wanted } as BoardQuery
  const board = useBoard(query, true)
  const by = LANES.find((lane) => lane === lanes) ?? null
  const isEmpty = board.data?.columns.every(({ count }) => count === 0) === true
  const more = (column: BoardColumn) => (
    <MoreCards
      column={column}
      most={SHOWN_MOST}
      isAsking={board.isPlaceholderData}
      ask={() => go(paths.board({ ...filters, more: withMore(wanted, column.state) }), { replace: true })}
      all={
        <Go to={paths.workItems({ state: column.state, team: filters.team, text: filters.text })}>
          {texts.board.all(column.count)}
        </Go>
      }
    />
  )
  return (
    <>
      <Filters label={texts.filters.title}>
        <TextFilter value={filters.text} set={(text) => set('text', text)} />
        <PickRecord
          noun="teams"
          label={texts.fields.team}
          isLabelHidden
          value={filters.team ?? null}
          choose={(id) => set('team', id)}
        />
        <PickComponent value={filters.component ?? null} choose={(id) => set('component', id)} />
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
        <WordFilter
          label={texts.fields.kind}
          words={texts.words.workItemKind}
          value={filters.kind}
          set={(word) => set('kind', word)}
        />
        <WordFilter
          label={texts.board.lanes}
          words={texts.board.lanesBy}
          value={filters.lanes}
          set={(word) => set('lanes', word)}
        />
      </Filters>
      {board.isPending ? <Loading /> : null}
      {board.data === undefined && board.error !== null ? (
        <Failed error={board.error} retry={() => void board.refetch()} />
      ) : null}
      {board.data === undefined ? null : isEmpty ? (
        <Empty
          icon={isFiltered ? 'search' : 'board'}
          title={isFiltered ? texts.workItems.none : texts.board.empty}
          actions={
            isFiltered ? (
              <Button variant="default" onClick={clear}>
                {texts.filters.clear}
              </Button>
            ) : undefined
          }
        >
          {isFiltered ? texts.workItems.noneAbout : texts.board.emptyAbout}
        </Empty>
      ) : (
        <BoardGrid board={board.data} by={by} query={query} team={teamOf(filters.team)} more={more} />
      )}
    </>
  )
}

const teamOf = (team: string | undefined): string | null =>
  team === undefined || team === 'nobody' ? null : team
