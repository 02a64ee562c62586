import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { Static } from 'typebox'
import type * as schema from '../../src/api/causes/schema.ts'
import { get, post, put } from './client.ts'
import { queryKeys } from './query-keys.ts'

export type Causes = Static<typeof schema.Causes>
export type Cause = Causes['causes'][number]
export type Costs = Static<typeof schema.Costs>
export type CostOf = { readonly change: string } | { readonly release: string } | { readonly person: string }

const MOST = 50
const at = (ticket: string, what: string): string => `/tickets/${encodeURIComponent(ticket)}/${what}`

export const causesQuery = (ticket: string) =>
  queryOptions({
    queryKey: queryKeys.causes(ticket),
    queryFn: ({ signal }) => get<Causes>(at(ticket, 'causes'), {}, signal),
  })

const useStale = () => {
  const client = useQueryClient()
  return () => client.invalidateQueries({ queryKey: ['causes'] })
}

export const useDecideCause = (ticket: string) =>
  useMutation({
    mutationFn: (decision: Static<typeof schema.CauseDecision>) =>
      post<Causes>(at(ticket, 'causes'), decision),
    onSuccess: useStale(),
  })

export const useSetImpact = (ticket: string) =>
  useMutation({
    mutationFn: (impact: string | null) => put<Causes>(at(ticket, 'impact'), { at: impact }),
    onSuccess: useStale(),
  })

/** The latest incidents; what all of them add up to stands beside them. */
export const costsQuery = (of: CostOf) =>
  queryOptions({
    queryKey: queryKeys.costs(of),
    queryFn: ({ signal }) => get<Costs>('/costs', { ...of, limit: MOST }, signal),
  })
