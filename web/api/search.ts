import { queryOptions } from '@tanstack/react-query'
import { get } from './client.ts'
import type { Page } from './page.ts'
import { queryKeys } from './query-keys.ts'
import type { ListedTicket } from './tickets.ts'
import type { ListedWorkItem } from './work-items.ts'

/** The first few records whose title or key holds what was typed. */
const FOUND_MAX = 6

export const ticketSearch = (text: string) =>
  queryOptions({
    queryKey: queryKeys.ticketList({ search: text }),
    queryFn: ({ signal }) => get<Page<ListedTicket>>('/tickets', { text, limit: FOUND_MAX }, signal),
  })

export const workItemSearch = (text: string) =>
  queryOptions({
    queryKey: queryKeys.workItemList({ search: text }),
    queryFn: ({ signal }) => get<Page<ListedWorkItem>>('/work-items', { text, limit: FOUND_MAX }, signal),
  })
