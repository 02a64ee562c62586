import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTexts } from '../texts/texts.tsx'
import styles from './rows.module.css'
import { Failed, Loading } from './states.tsx'
import { useListKeys } from './use-list-keys.ts'
import type { Selection } from './use-selection.ts'

interface Listed {
  readonly id: string
  readonly key: string
}

/** What a paged question gives, as far as a list shows it. */
export interface ListSource<T> {
  readonly items: readonly T[]
  readonly isPending: boolean
  readonly error: unknown
  readonly hasNextPage: boolean
  readonly isFetchingNextPage: boolean
  readonly fetchNextPage: () => unknown
  readonly refetch: () => unknown
}

/** A list of one screen: its rows, its keys, its next page, and what it shows when there are no rows. */
export const List = <T extends Listed>({
  source,
  row,
  open,
  empty,
  selection,
}: {
  readonly source: ListSource<T>
  readonly row: (item: T) => ReactNode
  readonly open: (item: T) => void
  readonly empty: ReactNode
  /** Its rows can be chosen, to do something with all that are. */
  readonly selection?: Selection
}) => {
  const { cursor, ref } = useListKeys(source.items, open, selection)
  if (source.isPending) return <Loading />
  if (source.error !== null && source.items.length === 0)
    return <Failed error={source.error} retry={() => void source.refetch()} />
  if (source.items.length === 0) return empty
  return (
    <>
      <Rows items={source.items} row={row} cursor={cursor} cursorRef={ref} selection={selection} />
      <More source={source} />
    </>
  )
}

export const More = ({ source }: { readonly source: ListSource<unknown> }) => {
  const texts = useTexts()
  if (!source.hasNextPage) return null
  return (
    <div className={styles.more}>
      <Button
        variant="default"
        loading={source.isFetchingNextPage}
        onClick={() => void source.fetchNextPage()}
      >
        {texts.states.more}
      </Button>
    </div>
  )
}

export const Rows = <T extends Listed>({
  items,
  row,
  cursor,
  cursorRef,
  selection,
}: {
  readonly items: readonly T[]
  readonly row: (item: T) => ReactNode
  readonly cursor: string | null
  readonly cursorRef: (element: HTMLElement | null) => void
  readonly selection?: Selection
}) => (
  <ul className={styles.rows}>
    {items.map((item) => (
      <li
        key={item.id}
        className={selection === undefined ? undefined : styles.chosen}
        data-cursor={item.key === cursor}
        aria-current={item.key === cursor || undefined}
        ref={item.key === cursor ? cursorRef : undefined}
      >
        {selection === undefined ? null : <Choose of={item.key} selection={selection} />}
        {row(item)}
      </li>
    ))}
  </ul>
)

/** Marks one row, by mouse; X does it by key. */
export const Choose = ({ of, selection }: { readonly of: string; readonly selection: Selection }) => {
  const texts = useTexts()
  return (
    <label className={styles.choose}>
      <input
        type="checkbox"
        aria-label={texts.lists.choose(of)}
        checked={selection.chosen.has(of)}
        onChange={() => selection.toggle(of)}
      />
    </label>
  )
}
