import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { Static } from 'typebox'
import type * as schema from '../../src/api/bug-or-feature/schema.ts'
import { get } from './client.ts'
import { queryKeys } from './query-keys.ts'

export type BugOrFeature = Static<typeof schema.BugOrFeature>
export type Evidence = BugOrFeature['evidence'][number]
export type Asked = Readonly<Record<'text' | 'product' | 'version', string | undefined>>

/** What is known of a caller's words. What was said of fewer of them stays on the screen until there is more to say. */
export const bugOrFeatureQuery = (asked: Asked) =>
  queryOptions({
    queryKey: queryKeys.bugOrFeature(asked),
    queryFn: ({ signal }) => get<BugOrFeature>('/bug-or-feature', asked, signal),
    enabled: asked.text !== undefined,
    placeholderData: keepPreviousData,
    staleTime: 5_000,
  })
