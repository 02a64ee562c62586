import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { Static } from 'typebox'
import type * as schema from '../../src/api/portal/schema.ts'
import { address, get, post, postFile } from './client.ts'
import { itemsOf, type Page, usePages } from './page.ts'
import { queryKeys } from './query-keys.ts'

/** What a customer's pages ask: routes of their own, and none of the desk's. */
export type ListedRequest = Static<typeof schema.ListedRequest>
export type OneRequest = Static<typeof schema.PortalRequest>
export type Entry = Static<typeof schema.PortalEntry>
export type PortalFile = Static<typeof schema.PortalFile>
export type LikelyRequest = Static<typeof schema.Likely>['items'][number]
export type Offer = Static<typeof schema.Offers>['products'][number]
export type NewRequest = Static<typeof schema.NewRequest>
export type RequestQuery = Static<typeof schema.RequestQuery>

const at = (ref: string): string => `/portal/requests/${encodeURIComponent(ref)}`

export const useRequests = (filters: RequestQuery) => {
  const pages = usePages<ListedRequest>(queryKeys.portalList(filters), '/portal/requests', filters)
  return { ...pages, items: itemsOf(pages.data) }
}

const FOUND_MAX = 6

/** The first few whose title or key holds what was typed. */
export const requestSearch = (text: string) =>
  queryOptions({
    queryKey: queryKeys.portalList({ search: text }),
    queryFn: ({ signal }) => get<Page<ListedRequest>>('/portal/requests', { text, limit: FOUND_MAX }, signal),
  })

export const requestQuery = (ref: string) =>
  queryOptions({
    queryKey: queryKeys.portalRequest(ref),
    queryFn: ({ signal }) => get<OneRequest>(at(ref), {}, signal),
  })

export const useConversation = (ref: string) => {
  const pages = usePages<Entry>(queryKeys.portalTimeline(ref), `${at(ref)}/timeline`)
  return { ...pages, items: itemsOf(pages.data) }
}

/** What sounds like what is being asked, with what we said to it. */
export const likelyQuery = (text: string) =>
  queryOptions({
    queryKey: queryKeys.portalList({ likely: text }),
    queryFn: ({ signal }) => get<Static<typeof schema.Likely>>('/portal/likely', { text }, signal),
  })

export const offersQuery = queryOptions({
  queryKey: queryKeys.portalOffers,
  queryFn: ({ signal }) => get<Static<typeof schema.Offers>>('/portal/products', {}, signal),
  staleTime: 60_000,
})

export const colleaguesQuery = queryOptions({
  queryKey: queryKeys.portalPeople,
  queryFn: ({ signal }) => get<Static<typeof schema.Colleagues>>('/portal/people', {}, signal),
  staleTime: 60_000,
})

export const createRequest = (request: NewRequest) =>
  post<Static<typeof schema.Asked>>('/portal/requests', request)

export const fileAddress = (id: string): string => address(`/portal/files/${encodeURIComponent(id)}/content`)

export const sendFile = (ref: string, file: File, comment: string | null = null): Promise<unknown> =>
  postFile(`${at(ref)}/files`, file, { name: file.name, comment })

/** Asks again for all that shows this request. */
const useRefresh = () => {
  const client = useQueryClient()
  return () => client.invalidateQueries({ queryKey: queryKeys.portal })
}

export type RequestStep =
  | { readonly step: 'reopen'; readonly body?: undefined }
  | { readonly step: 'verify'; readonly body: { readonly works: boolean } }

export const useRequestStep = (ref: string) => {
  const refresh = useRefresh()
  return useMutation({
    mutationFn: ({ step, body }: RequestStep) => post<null>(`${at(ref)}/${step}`, body ?? {}),
    onSuccess: refresh,
  })
}

export interface Words {
  readonly text: string
  readonly files: readonly File[]
  /** The reply that files belong to, when its words arrived before and a file did not. */
  readonly reply: string | null
  /** Told as each part arrives, so that what is sent again after a failure is only the rest. */
  readonly onSaid: (reply: string) => void
  readonly onUploaded: (file: File) => void
}

/** Says something; its files follow one by one, hung on the words they came with. */
export const useReply = (ref: string) => {
  const refresh = useRefresh()
  return useMutation({
    mutationFn: async ({ text, files, reply, onSaid, onUploaded }: Words): Promise<void> => {
      const said = text === '' ? null : await post<{ id: string }>(`${at(ref)}/replies`, { text })
      if (said !== null) onSaid(said.id)
      for (const file of files) {
        await sendFile(ref, file, said?.id ?? reply)
        onUploaded(file)
      }
    },
    // also after a failure: the words may be there while a file is not
    onSettled: refresh,
  })
}
