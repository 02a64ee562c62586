import { Button, Select } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { type TriageQuery, useTriage, useTriageCounts } from '../api/board.ts'
import { useMay, useSelf } from '../api/session.ts'
import { useWorkItemBulk } from '../forms/bulk-work-items.tsx'
import { PickComponent } from '../forms/pick-component.tsx'
import { PickRecord } from '../forms/pick-record.tsx'
import { BulkBar } from '../parts/bulk-bar.tsx'
import { TextFilter } from '../parts/filter-fields.tsx'
import { Go, useGo } from '../parts/go.tsx'
import { Choose } from '../parts/list.tsx'
import { besideInQueue, placeInQueue } from '../parts/queue-place.ts'
import { Filters, ScreenHead } from '../parts/screen.tsx'
import { Empty, Failed, Loading, NoRights } from '../parts/states.tsx'
import styles from '../parts/triage.module.css'
import { TriageItem, TriageLine } from '../parts/triage-item.tsx'
import { useFilters } from '../parts/use-filters.ts'
import { useKeys } from '../parts/use-keys.tsx'
import { type Selection, useSelection } from '../parts/use-selection.ts'
import { paths } from '../paths.ts'
import { useTexts } from '../texts/desk-texts.tsx'

const KNOWN = {
  whose: ['all'],
  team: 'any',
  component: 'any',
  text: 'any',
  snoozed: ['true'],
  item: 'any',
} as const

/** New work, one after the other: every one gets an answer, the worst for customers first. */
export const Triage = () => {
  const texts = useTexts()
  const mayRead = useMay('work-items.read')
  return (
    <div className={styles.frame}>
      <ScreenHead title={texts.triage.title} about={mayRead ? texts.triage.about : undefined} />
      {mayRead ? <Queue /> : <NoRights />}
    </div>
  )
}

const Queue = () => {
  const texts = useTexts()
  const { personId } = useSelf()
  const { filters, set, clear } = useFilters(KNOWN, paths.triage)
  const { item = null, snoozed, whose, ...rest } = filters
  const isMine = whose === undefined && rest.team === undefined && personId !== null
  const query: TriageQuery = { ...rest, ...(isMine ? { mine: true } : {}) }
  const isSnoozed = snoozed === 'true'
  const queue = useTriage(query, isSnoozed, true)
  const counts = useTriageCounts(query, true)
  const isNarrowed = rest.component !== undefined || rest.text !== undefined || rest.team !== undefined
  const selection = useSelection()
  const bulk = useWorkItemBulk('triage', { ...query, snoozed: isSnoozed })
  const here = useHere({
    keys: queue.items.map(({ key }) => key),
    wanted: item,
    isPending: queue.isPending,
    addressOf: (key) => paths.triage({ ...filters, item: key }),
    selection,
  })
  const tab = (of: string | undefined, label: string) => (
    <Go
      to={paths.triage({ ...filters, snoozed: of, item: undefined })}
      aria-current={snoozed === of ? 'page' : undefined}
    >
      {label}
    </Go>
  )
  return (
    <>
      <Filters label={texts.filters.title}>
        <TextFilter value={filters.text} set={(text) => set('text', text)} />
        <Select
          aria-label={texts.triage.whose}
          data={[
            { value: 'mine', label: texts.triage.mine },
            { value: 'all', label: texts.triage.everybody },
          ]}
          value={isMine ? 'mine' : 'all'}
          allowDeselect={false}
          onChange={(value) => set('whose', value === 'all' ? 'all' : null)}
        />
        <PickRecord
          noun="teams"
          label={texts.fields.team}
          isLabelHidden
          value={filters.team ?? null}
          choose={(id) => set('team', id)}
        />
        <PickComponent value={filters.component ?? null} choose={(id) => set('component', id)} />
      </Filters>
      <div className={styles.both} data-one={item !== null}>
        <section className={styles.queue} aria-label={texts.triage.list}>
          <nav className={styles.tabs} aria-label={texts.triage.title}>
            {tab(undefined, texts.triage.waiting(counts.data?.waiting ?? queue.items.length))}
            {tab('true', texts.triage.snoozed(counts.data?.snoozed ?? 0))}
          </nav>
          {queue.isPending ? <Loading /> : null}
          {queue.error !== null && queue.items.length === 0 ? (
            <Failed error={queue.error} retry={() => void queue.refetch()} />
          ) : null}
          {!queue.isPending && queue.error === null && queue.items.length === 0 ? (
            <NothingLeft isSnoozed={isSnoozed} clear={isNarrowed ? clear : null} />
          ) : null}
          <ul className={styles.list}>
            {queue.items.map((card) => (
              <li key={card.id} className={styles.chosen}>
                <Choose of={card.key} selection={selection} />
                <TriageLine
                  card={card}
                  to={paths.triage({ ...filters, item: card.key })}
                  isHere={card.key === here}
                />
              </li>
            ))}
          </ul>
          {queue.hasNextPage ? (
            <div className={styles.more}>
              <Button
                variant="default"
                loading={queue.isFetchingNextPage}
                onClick={() => void queue.fetchNextPage()}
              >
                {texts.states.more}
              </Button>
            </div>
          ) : null}
        </section>
        <section className={styles.detail} aria-label={here ?? texts.triage.choose}>
          {here === null ? (
            <Empty icon="queue" title={texts.triage.choose}>
              {texts.triage.chooseAbout}
            </Empty>
          ) : (
            <TriageItem key={here} refOfItem={here} back={paths.triage({ ...filters, item: undefined })} />
          )}
        </section>
      </div>
      <BulkBar selection={selection} subject={bulk} />
    </>
  )
}

/** The one that is looked at, and J and K through the queue. */
const useHere = ({
  keys,
  wanted,
  isPending,
  addressOf,
  selection,
}: {
  readonly keys: readonly string[]
  readonly wanted: string | null
  readonly isPending: boolean
  readonly addressOf: (key: string) => string
  readonly selection: Selection
}): string | null => {
  const texts = useTexts()
  const go = useGo()
  const stood = useRef<{ readonly key: string; readonly at: number } | null>(null)
  const here = isPending
    ? wanted
    : placeInQueue(keys, wanted, stood.current?.key === wanted ? stood.current.at : null)
  const at = here === null ? -1 : keys.indexOf(here)
  useEffect(() => {
    if (here !== null && at >= 0) stood.current = { key: here, at }
    // it got its answer: the address names the next one, and Back does not return to what is done
    if (wanted !== null && here !== null && here !== wanted) go(addressOf(here), { replace: true })
  })
  const step = (by: 1 | -1): void => {
    const next = besideInQueue(keys, here, by)
    if (next !== null && next !== here) go(addressOf(next), { replace: true })
  }
  useKeys(texts.triage.list, [
    { keys: 'j', label: texts.shell.next, run: () => step(1), hidden: true },
    { keys: 'k', label: texts.shell.previous, run: () => step(-1), hidden: true },
    {
      keys: 'Enter',
      label: texts.triage.open,
      run: () => (here === null ? undefined : go(paths.workItem(here))),
      hidden: true,
    },
    {
      keys: 'x',
      label: texts.lists.toggle,
      run: () => (here === null ? undefined : selection.toggle(here)),
    },
  ])
  return here
}

const NothingLeft = ({
  isSnoozed,
  clear,
}: {
  readonly isSnoozed: boolean
  /** Absent filters hide nothing. */
  readonly clear: (() => void) | null
}) => {
  const texts = useTexts()
  if (clear !== null)
    return (
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
    )
  return isSnoozed ? (
    <Empty icon="queue" title={texts.triage.emptySnoozed}>
      {texts.triage.emptySnoozedAbout}
    </Empty>
  ) : (
    <Empty icon="queue" title={texts.triage.empty}>
      {texts.triage.emptyAbout}
    </Empty>
  )
}
