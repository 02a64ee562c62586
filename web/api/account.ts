import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { Static } from 'typebox'
import type * as factor from '../../src/api/second-factor/schema.ts'
import type * as schema from '../../src/api/session/schema.ts'
import { get, postPassword, put, remove } from './client.ts'
import { queryKeys } from './query-keys.ts'

/** One's own account: password, second factor, sessions. */
export type Session = Static<typeof schema.Session>

export type SecondFactor = Static<typeof factor.SecondFactorState>
export type BegunSecondFactor = Static<typeof factor.BegunSecondFactor>
export type ConfirmedSecondFactor = Static<typeof factor.ConfirmedSecondFactor>

export const sessionsQuery = queryOptions({
  queryKey: queryKeys.sessions,
  queryFn: ({ signal }) => get<Static<typeof schema.Sessions>>('/sessions', {}, signal),
})

export const secondFactorQuery = queryOptions({
  queryKey: queryKeys.secondFactor,
  queryFn: ({ signal }) => get<SecondFactor>('/second-factor', {}, signal),
})

const useRefreshing = <I, O>(ask: (input: I) => Promise<O>, key: readonly string[]) => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ask,
    onSuccess: () => client.invalidateQueries({ queryKey: key }),
  })
}

/** Ends all other sessions, so their list is asked for again. */
export const useNewPassword = () =>
  useRefreshing((body: Static<typeof schema.NewPassword>) => put('/password', body), queryKeys.sessions)

export const useEndSession = () =>
  useRefreshing((id: string) => remove(`/sessions/${encodeURIComponent(id)}`), queryKeys.sessions)

export const useSecondFactor = () => ({
  begin: useMutation({
    mutationFn: (password: string) => postPassword<BegunSecondFactor>('/second-factor', { password }),
  }),
  confirm: useRefreshing(
    (code: string) => put<ConfirmedSecondFactor>('/second-factor', { code }),
    queryKeys.secondFactor,
  ),
  end: useRefreshing(
    (password: string) => postPassword<null>('/second-factor/off', { password }),
    queryKeys.secondFactor,
  ),
})
