import { type InfiniteData, type QueryKey, useInfiniteQuery } from '@tanstack/react-query'
import { get, type Query } from './client.ts'

/** A page of a list; `next` is null on the last one. */
export interface Page<T> {
  readonly items: readonly T[]
  readonly next: string | null
}

interface Asking {
  readonly enabled?: boolean
  /** For a list that changes without an event: every so many milliseconds, while it is looked at. */
  readonly refetchInterval?: number
}

/** A list that is asked page by page, as far as the reader goes. */
export const usePages = <T>(key: QueryKey, path: string, query: Query = {}, asking: Asking = {}) =>
  useInfiniteQuery<Page<T>, Error, InfiniteData<Page<T>>, QueryKey, string | null>({
    queryKey: key,
    queryFn: ({ pageParam, signal }) => get<Page<T>>(path, { ...query, cursor: pageParam }, signal),
    initialPageParam: null,
    getNextPageParam: (page) => page.next,
    ...asking,
  })

export const itemsOf = <T>(data: InfiniteData<Page<T>> | undefined): readonly T[] =>
  data?.pages.flatMap(({ items }) => items) ?? []
