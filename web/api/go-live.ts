import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Static } from 'typebox'
import type * as acceptance from '../../src/api/acceptance/schema.ts'
import type * as schema from '../../src/api/go-live/schema.ts'
import { get, patch, post, put, remove } from './client.ts'
import { itemsOf, usePages } from './page.ts'
import { queryKeys } from './query-keys.ts'

export type GoLive = Static<typeof schema.GoLive>
export type Measured = GoLive['criteria'][number]
export type Decided = GoLive['decisions'][number]
export type GoLiveRules = Static<typeof schema.Rules>
export type AcceptanceCase = Static<typeof acceptance.AcceptanceCase>
export type SuggestedCase = Static<typeof acceptance.SuggestedCases>['items'][number]
export type CaseRun = Static<typeof acceptance.CaseRun>

const ofRelease = (id: string): string => `/releases/${encodeURIComponent(id)}`

/** Bookings and severities change without an event of the release. */
const AGAIN_MS = 60_000

export const goLiveQuery = (release: string) =>
  queryOptions({
    queryKey: queryKeys.goLive(release),
    queryFn: ({ signal }) => get<GoLive>(`${ofRelease(release)}/go-live`, {}, signal),
    refetchInterval: AGAIN_MS,
  })

export type GoLiveStep =
  | { readonly step: 'sign'; readonly body: Static<typeof schema.Sign> }
  | { readonly step: 'unsign'; readonly body: Static<typeof schema.Unsign> }
  | { readonly step: 'decide'; readonly body: Static<typeof schema.Decide> }
  | { readonly step: 'rota'; readonly body: Static<typeof schema.NewDuty> }
  | { readonly step: 'followers'; readonly body: Static<typeof schema.NewFollower> }
  | { readonly step: 'drop'; readonly from: 'rota' | 'followers'; readonly id: string }

/** One step on the way to its users; each answers with all there is now. */
export const useGoLiveStep = (release: string) => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (asked: GoLiveStep) =>
      asked.step === 'drop'
        ? remove(`${ofRelease(release)}/${asked.from}/${encodeURIComponent(asked.id)}`)
        : post<GoLive>(`${ofRelease(release)}/${asked.step}`, asked.body),
    onSuccess: (goLive) =>
      goLive === null
        ? client.invalidateQueries({ queryKey: queryKeys.goLive(release) })
        : client.setQueryData(queryKeys.goLive(release), goLive),
  })
}

export const useGoLiveRules = () => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ product, rules }: { readonly product: string; readonly rules: GoLiveRules }) =>
      put<GoLiveRules>(`/products/${encodeURIComponent(product)}/go-live`, rules),
    onSuccess: () => client.invalidateQueries({ queryKey: queryKeys.releases }),
  })
}

export const useCases = (release: string) => {
  const pages = usePages<AcceptanceCase>(queryKeys.acceptance(release), `${ofRelease(release)}/acceptance`, {
    limit: 200,
  })
  return { ...pages, items: itemsOf(pages.data).map((one) => ({ ...one, key: one.id })) }
}

export const useSuggestedCases = (release: string, enabled: boolean) =>
  useQuery({
    queryKey: queryKeys.suggestedCases(release),
    queryFn: ({ signal }) =>
      get<Static<typeof acceptance.SuggestedCases>>(`${ofRelease(release)}/acceptance/suggested`, {}, signal),
    enabled,
  })

export type CaseStep =
  | { readonly make: Static<typeof acceptance.NewCase>; readonly release: string }
  | {
      readonly id: string
      readonly set: Static<typeof acceptance.CaseChange>['set']
      readonly revision: number
    }
  | { readonly id: string; readonly run: CaseRun }
  | { readonly id: string; readonly step: 'remove' | 'restore' }

export const useCaseStep = () => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (asked: CaseStep) => {
      if ('make' in asked) return post<AcceptanceCase>(`${ofRelease(asked.release)}/acceptance`, asked.make)
      const at = `/acceptance/${encodeURIComponent(asked.id)}`
      if ('set' in asked) return patch<AcceptanceCase>(at, { set: asked.set, revision: asked.revision })
      return 'run' in asked
        ? post<AcceptanceCase>(`${at}/run`, asked.run)
        : post<AcceptanceCase>(`${at}/${asked.step}`)
    },
    onSuccess: () => client.invalidateQueries({ queryKey: queryKeys.releases }),
  })
}
