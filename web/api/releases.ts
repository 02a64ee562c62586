import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { Static } from 'typebox'
import type * as schema from '../../src/api/releases/schema.ts'
import { get, patch, post } from './client.ts'
import { itemsOf, type Page, usePages } from './page.ts'
import { queryKeys } from './query-keys.ts'

export type Release = Static<typeof schema.Release>
export type ReleaseQuery = Static<typeof schema.ReleaseQuery>
export type Estimate = Release['estimate']

/** The API's description leaves the history open; this is what stands in it. */
export interface Slip {
  readonly saidAt: string
  readonly estimate: Estimate
  readonly slipDays: number | null
  readonly saidBy: { readonly name: string }
}
export const historyOf = (release: Pick<Release, 'history'>): readonly Slip[] =>
  (release.history ?? []) as readonly Slip[]

const CHOICES = 200

export const useReleases = (filters: ReleaseQuery, enabled: boolean) => {
  const pages = usePages<Release>(queryKeys.releaseList(filters), '/releases', filters, { enabled })
  return { ...pages, items: itemsOf(pages.data).map((one) => ({ ...one, key: one.id })) }
}

/** To choose from: the latest made first. */
export const releaseChoices = (product?: string) =>
  queryOptions({
    queryKey: queryKeys.releaseList({ choices: product ?? null }),
    queryFn: ({ signal }) => get<Page<Release>>('/releases', { limit: CHOICES, product }, signal),
    staleTime: 60_000,
  })

export const releaseQuery = (id: string) =>
  queryOptions({
    queryKey: queryKeys.release(id),
    queryFn: ({ signal }) => get<Release>(`/releases/${encodeURIComponent(id)}`, {}, signal),
  })

export type ReleaseStep =
  | { readonly step: 'plan'; readonly body: Static<typeof schema.NewRelease> }
  | { readonly step: 'release' | 'withdraw'; readonly id: string; readonly reason?: string }
  | { readonly step: 'estimate'; readonly id: string; readonly body: Estimate }
  | { readonly step: 'state'; readonly id: string; readonly body: Release['state'] }
  | { readonly step: 'rename'; readonly id: string; readonly body: string }

const send = (asked: ReleaseStep): Promise<Release> => {
  if (asked.step === 'plan') return post<Release>('/releases', asked.body)
  const at = `/releases/${encodeURIComponent(asked.id)}`
  switch (asked.step) {
    case 'release':
    case 'withdraw':
      return post<Release>(`${at}/${asked.step}`, asked.reason === undefined ? {} : { reason: asked.reason })
    case 'estimate':
      return post<Release>(`${at}/estimate`, { estimate: asked.body })
    case 'state':
      return patch<Release>(at, { set: { state: asked.body } })
    case 'rename':
      return patch<Release>(at, { set: { name: asked.body } })
  }
}

/** One step. A release shows on tickets and work items, so all of them are asked for again. */
export const useReleaseStep = () => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: send,
    onSuccess: (release) => {
      client.setQueryData(queryKeys.release(release.id), release)
      return Promise.all(
        [queryKeys.releases, queryKeys.workItems, queryKeys.tickets, ['ticket'], ['work-item']].map(
          (queryKey) => client.invalidateQueries({ queryKey }),
        ),
      )
    },
  })
}
