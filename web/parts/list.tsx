import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTexts } from '../texts/texts.tsx'
import styles from './rows.module.css'
import { Failed, Loading } from './states.tsx'
import { useListKeys } from './use-list-keys.ts'

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
}: {
  readonly source: ListSource<T>
  readonly row: (item: T) => ReactNode
  readonly open: (item: T) => void
  readonly empty: ReactNode
}) => {
  const texts = useTexts()
  const { cursor, ref } = useListKeys(source.items, open)
  if (source.isPending) return <Loading />
  if (source.error !== null && source.items.length === 0)
    return <Failed error={source.error} retry={() => void source.refetch()} />
  if (source.items.length === 0) return empty
  return (
    <>
      <Rows items={source.items} row={row} cursor={cursor} cursorRef={ref} />
      {source.hasNextPage ? (
        <div className={styles.more}>
          <Button
            variant="default"
            loading={source.isFetchingNextPage}
            onClick={() => void source.fetchNextPage()}
          >
            {texts.states.more}
          </Button>
        </div>
      ) : null}
    </>
  )
}

export const Rows = <T extends Listed>({
  items,
  row,
  cursor,
  cursorRef,
}: {
  readonly items: readonly T[]
  readonly row: (item: T) => ReactNode
  readonly cursor: string | null
  readonly cursorRef: (element: HTMLElement | null) => void
}) => (
  <ul className={styles.rows}>
    {items.map((item) => (
      <li
        key={item.id}
        data-cursor={item.key === cursor}
        aria-current={item.key === cursor || undefined}
        ref={item.key === cursor ? cursorRef : undefined}
      >
        {row(item)}
      </li>
    ))}
  </ul>
)
