import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { Static } from 'typebox'
import type { AllReleaseNews } from '../../src/api/release-news/schema.ts'
import { get, post } from './client.ts'
import { queryKeys } from './query-keys.ts'

/** What became of the releases that one follows. */
export type ReleaseNews = Static<typeof AllReleaseNews>['items'][number]

export const releaseNewsQuery = queryOptions({
  queryKey: queryKeys.releaseNews,
  queryFn: ({ signal }) => get<Static<typeof AllReleaseNews>>('/release-news', {}, signal),
})

export const useSeeReleaseNews = () => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => post(`/release-news/${encodeURIComponent(id)}/seen`),
    onSuccess: () => client.invalidateQueries({ queryKey: queryKeys.releaseNews }),
  })
}
