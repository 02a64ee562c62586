import { keepPreviousData, queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Static } from 'typebox'
import type * as schema from '../../src/api/board/schema.ts'
import { type Board, type BoardState, moved, type WorkCard } from '../board/board.ts'
import { get, patch, post, put } from './client.ts'
import { itemsOf, usePages } from './page.ts'
import { queryKeys } from './query-keys.ts'

export type OwnWork = Static<typeof schema.OwnWork>['items'][number]
export type BoardQuery = Static<typeof schema.BoardQuery>
export type TriageQuery = Static<typeof schema.TriageCountsQuery>

/** What is put off comes back by itself, and no event says so. */
const LOOK_AGAIN_MS = 60_000

/** While more cards are asked for, those that are there stay. */
export const useBoard = (query: BoardQuery, enabled: boolean) =>
  useQuery({
    queryKey: queryKeys.board(query),
    queryFn: ({ signal }) => get<Board>('/board', query, signal),
    placeholderData: keepPreviousData,
    enabled,
  })

export const useTriage = (query: TriageQuery, snoozed: boolean, enabled: boolean) => {
  const key = queryKeys.triage({ ...query, snoozed })
  const pages = usePages<WorkCard>(key, '/triage', { ...query, snoozed }, { enabled })
  return { ...pages, items: itemsOf(pages.data) }
}

export const useTriageCounts = (query: TriageQuery, enabled: boolean) =>
  useQuery({
    queryKey: queryKeys.triageCounts(query),
    queryFn: ({ signal }) => get<Static<typeof schema.TriageCounts>>('/triage/counts', query, signal),
    refetchInterval: LOOK_AGAIN_MS,
    placeholderData: keepPreviousData,
    enabled,
  })

export const myWorkQuery = queryOptions({
  queryKey: queryKeys.myWork,
  queryFn: ({ signal }) => get<{ readonly items: readonly OwnWork[] }>('/my-work', {}, signal),
})

/** Shown where it goes before the server has said yes; a refusal puts it back. */
export const useCardMove = (query: BoardQuery) => {
  const client = useQueryClient()
  const key = queryKeys.board(query)
  return useMutation({
    mutationFn: ({ card, to }: { readonly card: Pick<WorkCard, 'key'>; readonly to: BoardState }) =>
      post<unknown>(`/work-items/${encodeURIComponent(card.key)}/move`, { to }),
    onMutate: async ({ card, to }) => {
      await client.cancelQueries({ queryKey: key })
      const before = client.getQueryData<Board>(key)
      if (before !== undefined)
        client.setQueryData(key, moved(before, card.key, to, new Date().toISOString()))
      return { before }
    },
    onError: (_error, _asked, context) => {
      if (context?.before !== undefined) client.setQueryData(key, context.before)
    },
    onSettled: () => client.invalidateQueries({ queryKey: queryKeys.workItems }),
  })
}

/** Before all others, or in line again. */
export const useExpedite = () => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ key, expedite }: { readonly key: string; readonly expedite: boolean }) =>
      patch<unknown>(`/work-items/${encodeURIComponent(key)}`, { set: { expedite } }),
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: queryKeys.workItems }),
        client.invalidateQueries({ queryKey: ['work-item'] }),
      ]),
  })
}

export const useWipLimit = () => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({
      team,
      state,
      most,
    }: {
      readonly team: string
      readonly state: BoardState
      readonly most: number | null
    }) => put<null>(`/teams/${encodeURIComponent(team)}/wip-limits/${encodeURIComponent(state)}`, { most }),
    onSuccess: () => client.invalidateQueries({ queryKey: queryKeys.workItems }),
  })
}
