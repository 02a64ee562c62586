import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { EVENT_KINDS } from '../../src/domain/event.ts'
import { queryKeys, staleAfter } from './query-keys.ts'

/**
 * The server tells what happens; what it touches is asked for again: at once after a quiet time, then at most four times
 * a second, so that a mapping that changes a thousand tickets costs each open screen a few questions and not a thousand.
 *
 * An EventSource hears only names it was told, so it is told all there are: the audit log shows each. It comes back by itself after a
 * lost connection and goes on where it was; only a refusal ends it, and then we look who is signed in.
 */
const GATHER_MS = 250
/** One command writes several events: they come together. */
const AT_ONCE_MS = 20
const AGAIN_AFTER_MS = 10_000

export type Liveness = 'opening' | 'live' | 'lost'

/** Whether news arrive. */
export const useLiveEvents = (): Liveness => {
  const client = useQueryClient()
  const [liveness, setLiveness] = useState<Liveness>('opening')
  useEffect(() => {
    const stale = new Set<string>()
    let source: EventSource | null = null
    let flushing: ReturnType<typeof setTimeout> | null = null
    let again: ReturnType<typeof setTimeout> | null = null
    let wasLost = false
    let flushedAt = Number.NEGATIVE_INFINITY
    const flush = (): void => {
      flushing = null
      flushedAt = performance.now()
      for (const beginning of stale) void client.invalidateQueries({ queryKey: [beginning] })
      stale.clear()
    }
    const heard = (event: Event): void => {
      for (const [beginning] of staleAfter(event.type)) if (beginning !== undefined) stale.add(beginning)
      flushing ??= setTimeout(flush, Math.max(AT_ONCE_MS, flushedAt + GATHER_MS - performance.now()))
    }
    const open = (): void => {
      source = new EventSource('/api/v1/events')
      source.onopen = () => {
        setLiveness('live')
        if (wasLost) void client.invalidateQueries()
        wasLost = false
      }
      source.onerror = () => {
        setLiveness('lost')
        wasLost = true
        if (source?.readyState !== EventSource.CLOSED) return
        void client.invalidateQueries({ queryKey: queryKeys.self })
        again = setTimeout(open, AGAIN_AFTER_MS)
      }
      for (const name of EVENT_KINDS) source.addEventListener(name, heard)
    }
    // a network that is gone does not end the connection by itself, and the server is far behind when it is back
    const left = (): void => {
      setLiveness('lost')
      wasLost = true
      source?.close()
    }
    const cameBack = (): void => {
      source?.close()
      open()
    }
    window.addEventListener('offline', left)
    window.addEventListener('online', cameBack)
    open()
    return () => {
      window.removeEventListener('offline', left)
      window.removeEventListener('online', cameBack)
      source?.close()
      if (flushing !== null) clearTimeout(flushing)
      if (again !== null) clearTimeout(again)
    }
  }, [client])
  return liveness
}
