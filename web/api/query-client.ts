import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'
import { factsOf, isPassing, isUnauthenticated } from './problem.ts'
import { queryKeys } from './query-keys.ts'

const TRIES = 2

/** What was read is fresh for a moment; the stream of events says when it is not. */
export const makeQueryClient = (): QueryClient => {
  const signedOut = (error: unknown): void => {
    // the session ended somewhere else: the gate then asks to sign in, and comes back to this place
    if (isUnauthenticated(error)) client.setQueryData(queryKeys.self, null)
    // the organisation decided so meanwhile: the gate then leads to setting one up
    if (factsOf(error).code === 'second-factor-required')
      void client.invalidateQueries({ queryKey: queryKeys.self })
  }
  const client = new QueryClient({
    queryCache: new QueryCache({ onError: signedOut }),
    mutationCache: new MutationCache({ onError: signedOut }),
    defaultOptions: {
      queries: {
        staleTime: 15_000,
        retry: (count, error) => count < TRIES && isPassing(error),
        // a server that is away is shown at once, with a way to try again
        networkMode: 'always',
      },
      mutations: { networkMode: 'always' },
    },
  })
  return client
}
