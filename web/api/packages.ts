import { queryOptions } from '@tanstack/react-query'
import type { Static } from 'typebox'
import type * as schema from '../../src/api/packages/schema.ts'
import { get } from './client.ts'
import { itemsOf, usePages } from './page.ts'
import { queryKeys } from './query-keys.ts'

/** A package in a release that contains it. */
export type ContainedPackage = Static<typeof schema.Package>
export type Bill = Static<typeof schema.Bill>

export const usePackages = (filters: Readonly<Record<string, string | undefined>>, enabled: boolean) => {
  const pages = usePages<ContainedPackage>(queryKeys.packages(filters), '/packages', filters, { enabled })
  return { ...pages, items: itemsOf(pages.data) }
}

/** What was told of a release's builds, the last first. */
export const billsQuery = (release: string) =>
  queryOptions({
    queryKey: queryKeys.bills(release),
    queryFn: ({ signal }) =>
      get<{ readonly items: readonly Bill[] }>(`/releases/${encodeURIComponent(release)}/bills`, {}, signal),
  })
