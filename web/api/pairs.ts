import { useMutation } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import type { Static } from 'typebox'
import type * as schema from '../../src/api/connections/schema.ts'
import { postLong } from './client.ts'

export type Match = Static<typeof schema.Match>
export type Matched = Static<typeof schema.Matched>
export type MatchProgress = Static<typeof schema.MatchProgress>
export type FoundPair = Matched['pairs'][number]

/** Finds pairs, or joins them: either reads both tools whole. It stops when one leaves the screen, or says so. */
export const useMatching = (connection: string) => {
  const [progress, setProgress] = useState<MatchProgress | null>(null)
  const [wasStopped, setWasStopped] = useState(false)
  const under = useRef<AbortController | null>(null)
  useEffect(() => () => under.current?.abort(), [])
  const matching = useMutation({
    mutationFn: (match: Match) => {
      const work = new AbortController()
      under.current = work
      setProgress(null)
      setWasStopped(false)
      const path = `/connections/${encodeURIComponent(connection)}/match`
      return postLong<MatchProgress, Matched>(path, match, setProgress, work.signal)
    },
  })
  const stop = (): void => {
    setWasStopped(true)
    under.current?.abort()
  }
  return { ...matching, progress, wasStopped, stop }
}
