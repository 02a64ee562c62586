import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { Static } from 'typebox'
import type * as shared from '../../src/api/for-partners/schema.ts'
import type * as schema from '../../src/api/partners/schema.ts'
import { get, post, put, remove } from './client.ts'
import { itemsOf, usePages } from './page.ts'
import { queryKeys } from './query-keys.ts'

export type Partner = Static<typeof schema.Partner>
export type Policy = Static<typeof schema.Policy>
export type MadePartner = Static<typeof schema.MadePartner>
export type PolicyChoice = Static<typeof schema.PolicyChoices>['ticket'][number]
export type SharedItem = Static<typeof shared.SharedItem>

const at = (id: string): string => `/partners/${encodeURIComponent(id)}`

export const usePartners = (enabled: boolean) => {
  const pages = usePages<Partner>(queryKeys.partnerList, '/partners', {}, { enabled })
  return { ...pages, items: itemsOf(pages.data) }
}

export const partnerQuery = (id: string) =>
  queryOptions({
    queryKey: queryKeys.partner(id),
    queryFn: ({ signal }) => get<Partner>(at(id), {}, signal),
  })

export const policyChoicesQuery = queryOptions({
  queryKey: ['policy-choices'],
  queryFn: ({ signal }) => get<Static<typeof schema.PolicyChoices>>('/partners/choices', {}, signal),
  staleTime: Number.POSITIVE_INFINITY,
})

/** What they would see, by a policy that may not be saved yet. */
export const partnerPreviewQuery = (id: string, ref: string, policy: Policy) =>
  queryOptions({
    queryKey: [...queryKeys.partner(id), 'preview', ref, policy],
    queryFn: () =>
      post<Static<typeof schema.Previewed>>(`${at(id)}/preview`, { ...(ref === '' ? {} : { ref }), policy }),
    retry: false,
  })

const useChange = <I, T>(change: (input: I) => Promise<T>) => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: change,
    // a token that came back is shown once and kept nowhere
    gcTime: 0,
    // not waited for: with the new version the screen begins anew, and what it says of the old one would be lost
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: queryKeys.partners })
    },
  })
}

export const useNewPartner = () =>
  useChange((input: Static<typeof schema.PartnerInput>) => post<MadePartner>('/partners', input))

export const useChangePartner = (id: string) =>
  useChange((input: Static<typeof schema.PartnerChange>) => put<Partner>(at(id), input))

export const useNewPartnerToken = (id: string) => useChange(() => post<MadePartner>(`${at(id)}/token`, {}))

export const useEndPartner = (id: string) => useChange(() => post<Partner>(`${at(id)}/end`, {}))

export const useShareRecord = (id: string) =>
  useChange(({ ref, isShared }: { readonly ref: string; readonly isShared: boolean }) => {
    const place = `${at(id)}/records/${encodeURIComponent(ref)}`
    return isShared ? put<unknown>(place, {}) : remove(place)
  })
