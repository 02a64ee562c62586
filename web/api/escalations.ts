import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Static } from 'typebox'
import type * as schema from '../../src/api/escalations/schema.ts'
import type * as tickets from '../../src/api/tickets/schema.ts'
import { get, post } from './client.ts'
import { itemsOf, usePages } from './page.ts'
import { queryKeys } from './query-keys.ts'

export type ListedEscalation = Static<typeof schema.Escalation>
export type EscalationQuery = Static<typeof schema.EscalationQuery>
export type Withdrawn = Static<typeof tickets.Withdrawn>
export type Mover = NonNullable<ListedEscalation['move']>

/** In a list things have a key; a ticket may have had several bonds. */
export type EscalationRow = ListedEscalation & { readonly key: string }

export const useEscalations = (filters: EscalationQuery) => {
  const pages = usePages<ListedEscalation>(queryKeys.escalationList(filters), '/escalations', filters)
  const items: readonly EscalationRow[] = itemsOf(pages.data).map((one) => ({ ...one, key: one.id }))
  return { ...pages, items }
}

export const useEscalationTotals = (filters: Omit<EscalationQuery, 'move' | 'state' | 'limit' | 'cursor'>) =>
  useQuery({
    queryKey: queryKeys.escalationTotals(filters),
    queryFn: ({ signal }) => get<Static<typeof schema.Totals>>('/escalations/totals', filters, signal),
    placeholderData: keepPreviousData,
  })

export const useReturn = () =>
  useMutation({
    mutationFn: ({ ticket, reason }: { readonly ticket: string; readonly reason: string }) =>
      post<null>(`/tickets/${encodeURIComponent(ticket)}/return`, { reason }),
    onSuccess: useRefreshBothEnds(),
  })

/** Support takes a ticket back from engineering. */
export const useWithdraw = () =>
  useMutation({
    mutationFn: ({ ticket, reason }: { readonly ticket: string; readonly reason: string }) =>
      post<Withdrawn>(`/tickets/${encodeURIComponent(ticket)}/withdraw`, { reason }),
    onSuccess: useRefreshBothEnds(),
  })

/** And takes that back again. */
export const useReinstate = () =>
  useMutation({
    mutationFn: (ticket: string) => post<Withdrawn>(`/tickets/${encodeURIComponent(ticket)}/reinstate`),
    onSuccess: useRefreshBothEnds(),
  })

const useRefreshBothEnds = () => {
  const client = useQueryClient()
  return () =>
    Promise.all(
      [queryKeys.escalations, queryKeys.tickets, queryKeys.workItems, ['ticket'], ['work-item']].map(
        (queryKey) => client.invalidateQueries({ queryKey }),
      ),
    )
}

/** A note for both sides, on the record of whoever has the move. */
export const useNudge = () =>
  useMutation({
    mutationFn: ({
      noun,
      key,
      text,
    }: {
      readonly noun: 'tickets' | 'work-items'
      readonly key: string
      readonly text: string
    }) => post<unknown>(`/${noun}/${encodeURIComponent(key)}/comments`, { text, audience: 'staff' }),
  })
