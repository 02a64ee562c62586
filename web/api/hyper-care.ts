import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { Static } from 'typebox'
import type * as schema from '../../src/api/care/schema.ts'
import { get, post } from './client.ts'
import { queryKeys } from './query-keys.ts'

export type Care = Static<typeof schema.Care>
export type ComponentContacts = NonNullable<Care>['components'][number]

/** The windows grow with the time that passes. */
const AGAIN_MS = 60_000

const at = (release: string): string => `/releases/${encodeURIComponent(release)}/care`

export const careQuery = (release: string) =>
  queryOptions({
    queryKey: queryKeys.care(release),
    queryFn: ({ signal }) => get<Care>(at(release), {}, signal),
    refetchInterval: AGAIN_MS,
  })

export const useDismissJump = (release: string) => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ jump, step }: { readonly jump: string; readonly step: 'dismiss' | 'reopen' }) =>
      post<Care>(`${at(release)}/${encodeURIComponent(jump)}/${step}`),
    onSuccess: (care) => client.setQueryData(queryKeys.care(release), care),
  })
}
