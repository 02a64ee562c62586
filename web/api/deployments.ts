import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Static } from 'typebox'
import type * as sources from '../../src/api/ci-sources/schema.ts'
import type * as schema from '../../src/api/deployments/schema.ts'
import { patch, post } from './client.ts'
import { itemsOf, usePages } from './page.ts'
import { queryKeys } from './query-keys.ts'

export type Deployment = Static<typeof schema.Deployment>
export type CiSource = Static<typeof sources.CiSource>
export type CiRule = CiSource['rules'][number]
export type MadeCiSource = Static<typeof sources.MadeCiSource>
export type NewCiSource = Static<typeof sources.NewCiSource>
export type CiSourceChange = Static<typeof sources.CiSourceChange>
export type WaitingReports = Static<typeof sources.WaitingReports>

/** What a CI system told and nobody understands makes no event. */
const AGAIN_MS = 60_000

const keyed = <T extends { readonly id: string }>(items: readonly T[]) =>
  items.map((one) => ({ ...one, key: one.id }))

export const useDeployments = (filters: Readonly<Record<string, string | undefined>>, enabled: boolean) => {
  const pages = usePages<Deployment>(queryKeys.deploymentList(filters), '/deployments', filters, { enabled })
  return { ...pages, items: keyed(itemsOf(pages.data)) }
}

export const useWaitingReports = (enabled: boolean) => {
  const options = { enabled, refetchInterval: AGAIN_MS }
  const pages = usePages<WaitingReports>(queryKeys.waitingReports, '/ci-reports/waiting', {}, options)
  return { ...pages, items: keyed(itemsOf(pages.data)) }
}

export const useCiSources = (enabled: boolean) => {
  const pages = usePages<CiSource>(queryKeys.ciSources, '/ci-sources', {}, { enabled })
  return { ...pages, items: itemsOf(pages.data).map((source) => ({ id: source.id, key: source.id, source })) }
}

const useChange = <I, T>(change: (input: I) => Promise<T>) => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: change,
    // a secret that came back is shown once and kept nowhere
    gcTime: 0,
    onSuccess: () =>
      Promise.all(
        [queryKeys.deployments, queryKeys.environments].map((queryKey) =>
          client.invalidateQueries({ queryKey }),
        ),
      ),
  })
}

export const useRollBack = () =>
  useChange(({ id, revision }: Pick<Deployment, 'id' | 'revision'>) =>
    patch<Deployment>(`/deployments/${encodeURIComponent(id)}`, { state: 'rolled back', revision }),
  )

const at = (id: string): string => `/ci-sources/${encodeURIComponent(id)}`

export const useNewCiSource = () =>
  useChange((input: NewCiSource) => post<MadeCiSource>('/ci-sources', input))

export const useChangeCiSource = () =>
  useChange(({ id, set }: { readonly id: string; readonly set: CiSourceChange }) =>
    patch<CiSource>(at(id), set),
  )

export const useRenewCiSecret = () =>
  useChange(({ id, secret }: { readonly id: string; readonly secret: string }) =>
    post<MadeCiSource>(`${at(id)}/secret`, secret === '' ? {} : { secret }),
  )
