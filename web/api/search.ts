import { queryOptions } from '@tanstack/react-query'
import type { Static } from 'typebox'
import type * as schema from '../../src/api/search/schema.ts'
import { get } from './client.ts'
import { queryKeys } from './query-keys.ts'

type Found = Static<typeof schema.Found>
export type FoundGroup = Found['groups'][number]
export type FoundItem = FoundGroup['items'][number]
export type SearchKind = FoundGroup['kind']

/** In the order in which they are shown. */
export const SEARCH_KINDS = [
  'ticket',
  'work item',
  'customer',
  'contact',
  'person',
  'team',
  'product',
  'component',
  'release',
] as const satisfies readonly SearchKind[]

/** Everything one may see that holds these words; `kind` null: the best of each. */
export const searchQuery = (q: string, kind: SearchKind | null, limit: number) =>
  queryOptions({
    queryKey: queryKeys.search({ q, kind, limit }),
    queryFn: ({ signal }) => get<Found>('/search', { q, kind, limit }, signal),
    staleTime: 5_000,
  })
