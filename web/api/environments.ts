import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { Static } from 'typebox'
import type * as bookings from '../../src/api/bookings/schema.ts'
import type * as environments from '../../src/api/environments/schema.ts'
import { get, patch, post } from './client.ts'
import { itemsOf, type Page, usePages } from './page.ts'
import { queryKeys } from './query-keys.ts'

export type Environment = Static<typeof environments.Environment>
export type NewEnvironment = Static<typeof environments.NewEnvironment>
export type EnvironmentChange = Static<typeof environments.EnvironmentChange>
export type Booking = Static<typeof bookings.Booking>
export type NewBooking = Static<typeof bookings.NewBooking>
export type BookingChange = Static<typeof bookings.BookingChange>

/** A booking begins and ends without an event. */
const AGAIN_MS = 60_000
const CHOICES = 200

export const useEnvironments = (filters: Readonly<Record<string, string | undefined>>, enabled: boolean) => {
  const pages = usePages<Environment>(
    queryKeys.environmentList({ pages: filters }),
    '/environments',
    filters,
    {
      enabled,
      refetchInterval: AGAIN_MS,
    },
  )
  return { ...pages, items: itemsOf(pages.data) }
}

/** To choose from, by name. */
export const environmentChoices = queryOptions({
  queryKey: queryKeys.environmentList({ choices: true }),
  queryFn: ({ signal }) => get<Page<Environment>>('/environments', { limit: CHOICES }, signal),
  staleTime: 60_000,
})

const useStale = () => {
  const client = useQueryClient()
  return () =>
    Promise.all(
      [queryKeys.environments, ['calendar']].map((queryKey) => client.invalidateQueries({ queryKey })),
    )
}

export const useKeepEnvironment = () =>
  useMutation({
    mutationFn: (
      asked: { readonly make: NewEnvironment } | { readonly id: string; readonly set: EnvironmentChange },
    ) =>
      'make' in asked
        ? post<Environment>('/environments', asked.make)
        : patch<Environment>(`/environments/${encodeURIComponent(asked.id)}`, asked.set),
    onSuccess: useStale(),
  })

export const useDeploy = () =>
  useMutation({
    mutationFn: ({ id, release }: { readonly id: string; readonly release: string | null }) =>
      post<Environment>(`/environments/${encodeURIComponent(id)}/deploy`, { release }),
    onSuccess: useStale(),
  })

export const useKeepBooking = () =>
  useMutation({
    mutationFn: (
      asked: { readonly make: NewBooking } | { readonly id: string; readonly set: BookingChange },
    ) =>
      'make' in asked
        ? post<Booking>('/bookings', asked.make)
        : patch<Booking>(`/bookings/${encodeURIComponent(asked.id)}`, asked.set),
    onSuccess: useStale(),
  })

export const useCancelBooking = () =>
  useMutation({
    mutationFn: (id: string) => post<Booking>(`/bookings/${encodeURIComponent(id)}/cancel`),
    onSuccess: useStale(),
  })
