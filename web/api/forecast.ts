import { queryOptions } from '@tanstack/react-query'
import type { Static } from 'typebox'
import type * as schema from '../../src/api/forecast/schema.ts'
import { get } from './client.ts'
import { itemsOf, usePages } from './page.ts'
import { queryKeys } from './query-keys.ts'

export type Forecast = Static<typeof schema.Forecast>
export type ReleaseInstallation = Static<typeof schema.ReleaseInstallation>

export const forecastQuery = (release: string) =>
  queryOptions({
    queryKey: queryKeys.forecast(release),
    queryFn: ({ signal }) => get<Forecast>(`/releases/${encodeURIComponent(release)}/forecast`, {}, signal),
  })

export const useReleaseInstallations = (release: string, has: ReleaseInstallation['has'] | null) => {
  const path = `/releases/${encodeURIComponent(release)}/installations`
  const pages = usePages<ReleaseInstallation>(queryKeys.releaseInstallations(release, has), path, { has })
  return { ...pages, items: itemsOf(pages.data) }
}
