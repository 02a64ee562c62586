import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { Static } from 'typebox'
import type * as schema from '../../src/api/tickets/schema.ts'
import { get, patch, post } from './client.ts'
import { itemsOf, usePages } from './page.ts'
import { queryKeys } from './query-keys.ts'

export type Ticket = Static<typeof schema.Ticket>
export type TicketInside = NonNullable<Ticket['inside']>
export type ListedTicket = Static<typeof schema.ListedTicket>
export type TicketQuery = Static<typeof schema.TicketQuery>
export type NewTicket = Static<typeof schema.NewTicket>
export type TicketChange = Static<typeof schema.TicketChange>['set']
export type Escalate = Static<typeof schema.Escalate>
export type Snooze = Static<typeof schema.Snooze>
export type Suggestion = Static<typeof schema.Suggestions>['items'][number]
export type Escalated = Static<typeof schema.Escalated>

export const useTickets = (filters: TicketQuery, enabled = true) => {
  const pages = usePages<ListedTicket>(queryKeys.ticketList(filters), '/tickets', filters, { enabled })
  return { ...pages, items: itemsOf(pages.data) }
}

export const ticketQuery = (ref: string) =>
  queryOptions({
    queryKey: queryKeys.ticket(ref),
    queryFn: ({ signal }) => get<Ticket>(`/tickets/${encodeURIComponent(ref)}`, {}, signal),
  })

export const suggestionsQuery = (ref: string) =>
  queryOptions({
    queryKey: queryKeys.suggestions(ref),
    queryFn: ({ signal }) =>
      get<{ items: readonly Suggestion[] }>(`/tickets/${encodeURIComponent(ref)}/suggestions`, {}, signal),
  })

export const createTicket = (ticket: NewTicket): Promise<Ticket> => post<Ticket>('/tickets', ticket)

/** What can be done with a ticket, by the name of its route. */
export type TicketStep =
  | {
      readonly step: 'take' | 'resolve' | 'reopen' | 'close' | 'cancel' | 'wake' | 'unmerge'
      readonly body?: undefined
    }
  | { readonly step: 'assign'; readonly body: { readonly owner: string | null } }
  | { readonly step: 'snooze'; readonly body: Snooze }
  | { readonly step: 'merge'; readonly body: { readonly into: string } }
  | { readonly step: 'verify'; readonly body: { readonly works: boolean } }

/** One step; the ticket that comes back is shown at once, and all else that shows it asks again. */
export const useTicketStep = (ref: string) => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ step, body }: TicketStep) =>
      post<Ticket>(`/tickets/${encodeURIComponent(ref)}/${step}`, body ?? {}),
    onSuccess: (ticket) => refreshTicket(client, ref, ticket),
  })
}

export const useTicketChange = (ref: string) => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (change: { readonly revision: number; readonly set: TicketChange }) =>
      patch<Ticket>(`/tickets/${encodeURIComponent(ref)}`, change),
    onSuccess: (ticket) => refreshTicket(client, ref, ticket),
  })
}

const refreshTicket = async (
  client: ReturnType<typeof useQueryClient>,
  ref: string,
  ticket: Ticket,
): Promise<void> => {
  client.setQueryData(queryKeys.ticket(ref), ticket)
  await Promise.all([
    client.invalidateQueries({ queryKey: queryKeys.tickets }),
    client.invalidateQueries({ queryKey: queryKeys.ticketTimeline(ref) }),
  ])
}

/** A file that was left out of the escalation goes to engineering after all. */
export const useShareFile = (ref: string) => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (file: string) => post<undefined>(`/tickets/${encodeURIComponent(ref)}/share-file`, { file }),
    onSuccess: () => client.invalidateQueries({ queryKey: queryKeys.ticket(ref) }),
  })
}

/** What goes to engineering from a ticket. */
export const useTicketEscalation = (ref: string) => {
  const client = useQueryClient()
  const at = `/tickets/${encodeURIComponent(ref)}`
  const refresh = async (): Promise<void> => {
    await Promise.all([
      client.invalidateQueries({ queryKey: queryKeys.ticket(ref) }),
      client.invalidateQueries({ queryKey: queryKeys.tickets }),
      client.invalidateQueries({ queryKey: queryKeys.workItems }),
    ])
  }
  return {
    escalate: useMutation({
      mutationFn: (body: Escalate) => post<Escalated>(`${at}/escalate`, body),
      onSuccess: refresh,
    }),
    join: useMutation({
      mutationFn: (workItem: string) => post<Escalated>(`${at}/join`, { workItem }),
      onSuccess: refresh,
    }),
  }
}
