import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { Static } from 'typebox'
import type * as schema from '../../src/api/enhancements/schema.ts'
import { get, patch, post, remove } from './client.ts'
import { itemsOf, type Page, usePages } from './page.ts'
import { queryKeys } from './query-keys.ts'

export type Enhancement = Static<typeof schema.Enhancement>
export type Ask = Static<typeof schema.Ask>
export type UnfiledWish = Static<typeof schema.UnfiledWish>
export type WishOfTicket = Static<typeof schema.WishOfTicket>
export type NewEnhancement = Static<typeof schema.NewEnhancement>
export type EnhancementChange = Static<typeof schema.EnhancementChange>
export type AskChange = Static<typeof schema.AskChange>

const at = (ref: string, step = ''): string => `/enhancements/${encodeURIComponent(ref)}${step}`

export const useEnhancements = (filters: Readonly<Record<string, string | undefined>>, enabled: boolean) => {
  const key = queryKeys.enhancementList(filters)
  const pages = usePages<Enhancement>(key, '/enhancements', filters, { enabled })
  return { ...pages, items: itemsOf(pages.data) }
}

export const useUnfiled = (enabled: boolean) => {
  const pages = usePages<UnfiledWish>(queryKeys.unfiledWishes, '/enhancements/unfiled', {}, { enabled })
  return { ...pages, items: itemsOf(pages.data) }
}

export const useAsks = (ref: string) => {
  const pages = usePages<Ask>(queryKeys.asks(ref), at(ref, '/asks'), {}, { enabled: true })
  return { ...pages, items: itemsOf(pages.data).map((ask) => ({ id: ask.id, key: ask.id, ask })) }
}

export const enhancementQuery = (ref: string) =>
  queryOptions({
    queryKey: queryKeys.enhancement(ref),
    queryFn: ({ signal }) => get<Enhancement>(at(ref), {}, signal),
  })

/** The requests that a work item answers. */
export const wishesOfWorkQuery = (id: string) =>
  queryOptions({
    queryKey: queryKeys.enhancementList({ workItem: id }),
    queryFn: ({ signal }) => get<Page<Enhancement>>('/enhancements', { workItem: id, limit: 20 }, signal),
  })

export const wishOfTicketQuery = (ref: string) =>
  queryOptions({
    queryKey: queryKeys.wishOfTicket(ref),
    queryFn: ({ signal }) => get<WishOfTicket>(`/tickets/${encodeURIComponent(ref)}/wish`, {}, signal),
  })

const useChange = <I, T>(change: (input: I) => Promise<T>) => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: change,
    onSuccess: () =>
      Promise.all(
        [queryKeys.enhancements, ['ticket'], ['work-item']].map((queryKey) =>
          client.invalidateQueries({ queryKey }),
        ),
      ),
  })
}

export const useNewEnhancement = () =>
  useChange((input: NewEnhancement) => post<Enhancement>('/enhancements', input))

export const useChangeEnhancement = (ref: string) =>
  useChange((set: EnhancementChange) => patch<Enhancement>(at(ref), set))

/** A step of its life; the body says how. */
export const useEnhancementStep = (ref: string) =>
  useChange(
    ({
      step,
      ...body
    }: {
      readonly step: 'review' | 'decide' | 'reopen' | 'merge' | 'unmerge' | 'build'
      readonly [name: string]: unknown
    }) => post<Enhancement>(at(ref, `/${step}`), body),
  )

export const useAskFor = () =>
  useChange(
    ({
      key,
      ...body
    }: {
      readonly key: string
      readonly ticket: string
      readonly importance: 0 | 1 | 2 | 3 | null
    }) => post<Enhancement>(at(key, '/asks'), body),
  )

const atAsk = (id: string): string => `/enhancement-asks/${encodeURIComponent(id)}`

export const useChangeAsk = () =>
  useChange(({ id, set }: { readonly id: string; readonly set: AskChange }) =>
    patch<Enhancement>(atAsk(id), set),
  )
export const useWithdrawAsk = () => useChange((id: string) => remove(atAsk(id)))
