import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Static } from 'typebox'
import type * as schema from '../../src/api/repositories/schema.ts'
import { patch, post } from './client.ts'
import { itemsOf, usePages } from './page.ts'
import { queryKeys } from './query-keys.ts'

export type FollowedRepository = Static<typeof schema.FollowedRepository>
export type NewFollowedRepository = Static<typeof schema.NewFollowedRepository>
export type FollowedRepositoryChange = Static<typeof schema.FollowedRepositoryChange>

/** A reading ends without an event unless its end is news. */
const AGAIN_MS = 5_000

export const useRepositories = (filters: Readonly<Record<string, string | undefined>>, enabled: boolean) => {
  const pages = usePages<FollowedRepository>(queryKeys.repositoryList(filters), '/repositories', filters, {
    enabled,
    refetchInterval: AGAIN_MS,
  })
  return { ...pages, items: itemsOf(pages.data) }
}

export const useKeepRepository = () => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (
      asked:
        | { readonly make: NewFollowedRepository }
        | { readonly id: string; readonly set: FollowedRepositoryChange }
        | { readonly readNow: string },
    ) => {
      if ('make' in asked) return post<FollowedRepository>('/repositories', asked.make)
      if ('readNow' in asked) return post<FollowedRepository>(`/repositories/${asked.readNow}/read`)
      return patch<FollowedRepository>(`/repositories/${asked.id}`, asked.set)
    },
    onSuccess: () => client.invalidateQueries({ queryKey: queryKeys.repositories }),
  })
}
