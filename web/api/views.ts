import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { Static } from 'typebox'
import type * as schema from '../../src/api/views/schema.ts'
import { get, patch, post, put } from './client.ts'
import { queryKeys } from './query-keys.ts'

/** Lists with their filters, kept under a name. */
export type SavedView = Static<typeof schema.View>
export type NewView = Static<typeof schema.NewView>
export type ViewChange = Static<typeof schema.ViewChange>

export const viewsQuery = queryOptions({
  queryKey: queryKeys.views,
  queryFn: ({ signal }) => get<Static<typeof schema.Views>>('/views', {}, signal),
  staleTime: 30_000,
})

export const useKeepView = () => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (asked: { readonly make: NewView } | { readonly id: string; readonly set: ViewChange }) =>
      'make' in asked
        ? post<SavedView>('/views', asked.make)
        : patch<SavedView>(`/views/${asked.id}`, asked.set),
    onSuccess: () => client.invalidateQueries({ queryKey: queryKeys.views }),
  })
}

/** Which views one keeps in the rail: all of them, in their order. */
export const usePinViews = () => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (views: readonly string[]) => put<Static<typeof schema.Views>>('/views/pinned', { views }),
    onSuccess: async (views) => {
      // what was asked for before would bring back the order from before
      await client.cancelQueries({ queryKey: queryKeys.views })
      client.setQueryData(queryKeys.views, views)
    },
  })
}
