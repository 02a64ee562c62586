import { queryOptions, useQueryClient } from '@tanstack/react-query'
import { createContext, useContext } from 'react'
import type { Static } from 'typebox'
import type { RuleName } from '../../src/api/access.ts'
import type * as schema from '../../src/api/session/schema.ts'
import { address, get, post, postPassword, remove } from './client.ts'
import { isUnauthenticated } from './problem.ts'
import { queryKeys } from './query-keys.ts'

/** Who is signed in, and which rules of the API's access table let them in. */
export type Self = Static<typeof schema.Self>
export type Credentials = Static<typeof schema.SignInByPassword>
export type SetUp = Static<typeof schema.SetUp>

/** Null: nobody is signed in, which is an answer and not an error. */
export const selfQuery = queryOptions({
  queryKey: queryKeys.self,
  queryFn: async ({ signal }): Promise<Self | null> => {
    try {
      return await get<Self>('/self', {}, signal)
    } catch (error) {
      if (isUnauthenticated(error)) return null
      throw error
    }
  },
  staleTime: 60_000,
})

export const setupQuery = queryOptions({
  queryKey: queryKeys.setup,
  queryFn: ({ signal }) => get<Static<typeof schema.SetupNeeded>>('/setup', {}, signal),
})

export const signIn = (credentials: Credentials): Promise<Self> => postPassword<Self>('/session', credentials)
export const setUp = (account: SetUp): Promise<Self> => postPassword<Self>('/setup', account)
export const askForLetter = (email: string): Promise<unknown> => post('/password/forgotten', { email })
/** An address that is opened, not asked for: it leads to the provider of single sign-on and back to `to`. */
export const providerAddress = (options: { readonly to: string; readonly link?: true }): string =>
  address('/sign-in/provider', options)

/** Forgets everything that was read: the next person at this browser must not see it. */
export const useSignOut = (): (() => Promise<void>) => {
  const client = useQueryClient()
  return async () => {
    await remove('/session')
    client.clear()
    client.setQueryData(queryKeys.self, null)
  }
}

const SelfContext = createContext<Self | null>(null)
export const SelfProvider = SelfContext.Provider

export const useSelf = (): Self => {
  const self = useContext(SelfContext)
  if (self === null) throw new Error('a screen inside the shell was shown to nobody')
  return self
}

/** `may` as the API's access table has it. A server that does not say it lets nothing through. */
export const mayDo = (self: Self, rule: RuleName): boolean => (self.may ?? []).includes(rule)
export const useMay = (rule: RuleName): boolean => mayDo(useSelf(), rule)
