import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { Static } from 'typebox'
import type * as schema from '../../src/api/work-items/schema.ts'
import { get, patch, post, remove } from './client.ts'
import { itemsOf, usePages } from './page.ts'
import { queryKeys } from './query-keys.ts'
import type { Suggestion } from './tickets.ts'

export type WorkItem = Static<typeof schema.WorkItem>
export type ListedWorkItem = Static<typeof schema.ListedWorkItem>
export type WorkItemQuery = Static<typeof schema.WorkItemQuery>
export type TicketBehind = WorkItem['tickets'][number]

export const useWorkItems = (filters: WorkItemQuery, enabled = true) => {
  const pages = usePages<ListedWorkItem>(queryKeys.workItemList(filters), '/work-items', filters, { enabled })
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
  | { readonly step: 'close-question' | 'wake'; readonly body?: undefined }
  | { readonly step: 'snooze'; readonly body: { readonly until: string } }

export type WorkItemChange = Static<typeof schema.WorkItemChange>['set']
export type NewLink = Static<typeof schema.NewLink>
export type Link = WorkItem['links'][number]

/** What it may be a duplicate of. */
export const originalsQuery = (ref: string) =>
  queryOptions({
    queryKey: queryKeys.originals(ref),
    queryFn: ({ signal }) =>
      get<{ items: readonly Suggestion[] }>(`/work-items/${encodeURIComponent(ref)}/suggestions`, {}, signal),
  })

/** What its customers said. */
export const voicesQuery = (ref: string) =>
  queryOptions({
    queryKey: queryKeys.voices(ref),
    queryFn: ({ signal }) =>
      get<Static<typeof schema.Voices>>(`/work-items/${encodeURIComponent(ref)}/voices`, {}, signal),
  })

const useRefresh = (ref: string) => {
  const client = useQueryClient()
  // not waited for: what is asked for again may take away the screen that has something to say about it
  return (): void => {
    void client.invalidateQueries({ queryKey: queryKeys.workItem(ref) })
    void client.invalidateQueries({ queryKey: queryKeys.workItems })
  }
}

export const useWorkItemChange = (ref: string) =>
  useMutation({
    mutationFn: (change: { readonly revision?: number; readonly set: WorkItemChange }) =>
      patch<WorkItem>(`/work-items/${encodeURIComponent(ref)}`, change),
    onSuccess: useRefresh(ref),
  })

export const useLinks = (ref: string) => {
  const onSuccess = useRefresh(ref)
  const at = `/work-items/${encodeURIComponent(ref)}/links`
  return {
    add: useMutation({
      mutationFn: (link: NewLink) => post<{ readonly id: string }>(at, link),
      onSuccess,
    }),
    drop: useMutation({
      mutationFn: (id: string) => remove(`${at}/${encodeURIComponent(id)}`),
      onSuccess,
    }),
  }
}

/** One step. Every ticket behind the work item follows, so all of them are asked for again. */
export const useWorkItemStep = (ref: string) => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ step, body }: WorkItemStep) =>
      post<unknown>(`/work-items/${encodeURIComponent(ref)}/${step}`, body ?? {}),
    // not waited for, as above
    onSuccess: () => {
      for (const queryKey of [
        ...[queryKeys.workItem(ref), queryKeys.workItems, queryKeys.tickets, queryKeys.escalations],
        ...[queryKeys.myWork, ['ticket']],
      ])
        void client.invalidateQueries({ queryKey })
    },
  })
}
