import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { Static } from 'typebox'
import type * as schema from '../../src/api/session/schema.ts'
import { get, post, put, remove } from './client.ts'
import { queryKeys } from './query-keys.ts'

/** One's own account: password, second factor, sessions. */
export type Session = Static<typeof schema.Session>

export interface SecondFactor {
  readonly on: boolean
  readonly recoveryCodesLeft: number
}
export interface BegunSecondFactor {
  readonly secret: string
  readonly uri: string
}

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
    mutationFn: (password: string) => post<BegunSecondFactor>('/second-factor', { password }),
  }),
  confirm: useRefreshing(
    (code: string) => put<{ readonly recoveryCodes: readonly string[] }>('/second-factor', { code }),
    queryKeys.secondFactor,
  ),
  end: useRefreshing(
    (password: string) => post<null>('/second-factor/off', { password }),
    queryKeys.secondFactor,
  ),
})
