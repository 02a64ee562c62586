import { queryOptions, useQueryClient } from '@tanstack/react-query'
import { createContext, useContext } from 'react'
import type { RuleName } from '../../src/api/access.ts'
import type { Role } from '../../src/domain/words.ts'
import { get, post, remove } from './client.ts'
import { isUnauthenticated } from './problem.ts'
import { queryKeys } from './query-keys.ts'

/** Who is signed in, and which rules of the API's access table let them in. */
export interface Self {
  readonly role: Role
  readonly name: string
  readonly email: string | null
  readonly personId: string | null
  readonly contactId: string | null
  readonly customerId: string | null
  readonly may: readonly RuleName[]
}

export interface Credentials {
  readonly email: string
  readonly password: string
  /** Of the second factor. */
  readonly code?: string
}

export interface Owner {
  readonly oneTimeToken: string
  readonly name: string
  readonly email: string
  readonly password: string
}

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
  queryFn: ({ signal }) => get<{ readonly needed: boolean }>('/setup', {}, signal),
})

export const signIn = (credentials: Credentials): Promise<Self> => post<Self>('/session', credentials)
export const setUp = (owner: Owner): Promise<Self> => post<Self>('/setup', owner)

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
