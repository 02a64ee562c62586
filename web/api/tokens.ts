import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Static } from 'typebox'
import type * as schema from '../../src/api/tokens/schema.ts'
import { post, remove } from './client.ts'
import { itemsOf, usePages } from './page.ts'
import { queryKeys } from './query-keys.ts'

export type Token = Static<typeof schema.Token>
export type NewToken = Static<typeof schema.NewToken>
export type CreatedToken = Static<typeof schema.CreatedToken>

export const useTokens = (enabled: boolean) => {
  const pages = usePages<Token>(queryKeys.tokens, '/tokens', {}, { enabled })
  return { ...pages, items: itemsOf(pages.data) }
}

/** What comes back is shown once and kept nowhere: not in the cache either, once the dialog is gone. */
export const useNewToken = () => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (token: NewToken) => post<CreatedToken>('/tokens', token),
    gcTime: 0,
    onSuccess: () => client.invalidateQueries({ queryKey: queryKeys.tokens }),
  })
}

export const useEndToken = () => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => remove(`/tokens/${encodeURIComponent(id)}`),
    onSuccess: () => client.invalidateQueries({ queryKey: queryKeys.tokens }),
  })
}
