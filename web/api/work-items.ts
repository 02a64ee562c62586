import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { Static } from 'typebox'
import type * as schema from '../../src/api/work-items/schema.ts'
import { get, post } from './client.ts'
import { itemsOf, usePages } from './page.ts'
import { queryKeys } from './query-keys.ts'

export type WorkItem = Static<typeof schema.WorkItem>
export type ListedWorkItem = Static<typeof schema.ListedWorkItem>
export type WorkItemQuery = Static<typeof schema.WorkItemQuery>
export type TicketBehind = WorkItem['tickets'][number]

export const useWorkItems = (filters: WorkItemQuery, enabled = true) => {
  const pages = usePages<ListedWorkItem>(queryKeys.workItemList(filters), '/work-items', filters, enabled)
  return { ...pages, items: itemsOf(pages.data) }
}

export const workItemQuery = (ref: string) =>
  queryOptions({
    queryKey: queryKeys.workItem(ref),
    queryFn: ({ signal }) => get<WorkItem>(`/work-items/${encodeURIComponent(ref)}`, {}, signal),
  })

export type WorkItemStep =
  | { readonly step: 'accept'; readonly body: { readonly assignee?: string | null } }
  | { readonly step: 'decline'; readonly body: { readonly reason: string } }
  | { readonly step: 'duplicate'; readonly body: { readonly of: string } }
  | { readonly step: 'ask'; readonly body: { readonly question: string } }
  | { readonly step: 'move'; readonly body: { readonly to: WorkItem['state'] } }
  | { readonly step: 'close-question'; readonly body?: undefined }

/** One step. Every ticket behind the work item follows, so all of them are asked for again. */
export const useWorkItemStep = (ref: string) => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ step, body }: WorkItemStep) =>
      post<unknown>(`/work-items/${encodeURIComponent(ref)}/${step}`, body ?? {}),
    onSuccess: async () => {
      await Promise.all([
        client.invalidateQueries({ queryKey: queryKeys.workItem(ref) }),
        client.invalidateQueries({ queryKey: queryKeys.workItems }),
        client.invalidateQueries({ queryKey: queryKeys.tickets }),
        client.invalidateQueries({ queryKey: ['ticket'] }),
      ])
    },
  })
}
