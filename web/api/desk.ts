import { keepPreviousData, queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { Static } from 'typebox'
import type * as schema from '../../src/api/desk/schema.ts'
import { get, post, remove } from './client.ts'
import type { Page } from './page.ts'
import { queryKeys } from './query-keys.ts'
import type { ListedTicket, TicketQuery } from './tickets.ts'

/** What a desk has around its tickets: moves, mentions, what looks alike, links, who else is here. */
export type MovingTicket = Static<typeof schema.MyMove>['items'][number]
export type Mention = Static<typeof schema.Mentions>['items'][number]
export type Similar = Static<typeof schema.Similar>
export type NewLink = Static<typeof schema.NewLink>
export type Present = Static<typeof schema.Others>['items'][number]

const at = (ref: string): string => `/tickets/${encodeURIComponent(ref)}`

export const myMoveQuery = queryOptions({
  queryKey: queryKeys.myMove,
  queryFn: ({ signal }) => get<Static<typeof schema.MyMove>>('/my-move', {}, signal),
})

export const mentionsQuery = queryOptions({
  queryKey: queryKeys.mentions,
  queryFn: ({ signal }) => get<Static<typeof schema.Mentions>>('/mentions', {}, signal),
})

export const useSeeMention = () => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => post(`/mentions/${encodeURIComponent(id)}/seen`),
    onSuccess: () => client.invalidateQueries({ queryKey: queryKeys.mentions }),
  })
}

/** What looks alike changes slowly, and looking costs: it is not asked again with every event. */
export const similarQuery = (ref: string) =>
  queryOptions({
    queryKey: queryKeys.similar(ref),
    queryFn: ({ signal }) => get<Similar>(`${at(ref)}/similar`, {}, signal),
    staleTime: 5 * 60_000,
  })

export const useLinks = (ref: string) => {
  const client = useQueryClient()
  const refresh = () => client.invalidateQueries({ queryKey: queryKeys.ticket(ref) })
  return {
    add: useMutation({ mutationFn: (link: NewLink) => post(`${at(ref)}/links`, link), onSuccess: refresh }),
    take: useMutation({
      mutationFn: (id: string) => remove(`${at(ref)}/links/${encodeURIComponent(id)}`),
      onSuccess: refresh,
    }),
  }
}

/** The server forgets who is silent for twenty seconds. */
const TELL_EVERY_MS = 5_000

/** Tells that one is here (and writes), and who else is. A tab in the background tells nothing. */
export const usePresence = (ref: string, isTyping: boolean, isAsked: boolean): readonly Present[] => {
  const found = useQuery({
    queryKey: ['presence', ref, isTyping],
    queryFn: () => post<Static<typeof schema.Others>>(`${at(ref)}/presence`, { typing: isTyping }),
    enabled: isAsked,
    refetchInterval: TELL_EVERY_MS,
    placeholderData: keepPreviousData,
    staleTime: 0,
    gcTime: 0,
    retry: false,
  })
  useEffect(() => {
    if (!isAsked) return
    // who leaves without a word is forgotten a little later
    return () => void remove(`${at(ref)}/presence`).catch(() => undefined)
  }, [ref, isAsked])
  return found.data?.items ?? []
}

/** Tickets to choose one from. */
export const pickedTicketsQuery = (query: TicketQuery) =>
  queryOptions({
    queryKey: queryKeys.ticketList({ pick: query }),
    queryFn: ({ signal }) => get<Page<ListedTicket>>('/tickets', query, signal),
    placeholderData: keepPreviousData,
  })
