import { useMutation, useQueryClient } from '@tanstack/react-query'
import { factsOf } from '../api/problem.ts'
import { queryKeys } from '../api/query-keys.ts'
import type { Self } from '../api/session.ts'
import { useGo } from './go.tsx'

/**
 * Coming in, by whatever was asked for. What the browser knew of somebody else is forgotten. The server says when the
 * account has a second factor: that is the next step and nothing that went wrong.
 */
export const useEntering = <T>(ask: (asked: T) => Promise<Self>, next: string) => {
  const go = useGo()
  const client = useQueryClient()
  const entering = useMutation({
    mutationFn: ask,
    onSuccess: (self) => {
      client.clear()
      client.setQueryData(queryKeys.self, self)
      go(next, { replace: true })
    },
  })
  const isCodeAsked = factsOf(entering.error).code === 'second-factor-needed'
  return { entering, isCodeAsked, error: isCodeAsked ? null : entering.error }
}
