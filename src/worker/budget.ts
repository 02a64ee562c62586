import type { Clock } from '../lib/clock.ts'
import { LANES, type Lane } from '../store/dirty.ts'

/**
 * How many calls a tool may get from this process, and who gets them. A token bucket filled at the tool's own rate (its
 * headers, else the connector's word). The last fifth is kept for people who wait, so a first load never spends what
 * an escalation needs.
 */
export interface Budget {
  /** Resolves when a call of this lane may be made. Waiters go by lane, then by age. */
  take(lane: Lane): Promise<void> | undefined
  /** What the tool's headers said. */
  learn(info: {
    readonly limit: number | null
    readonly remaining: number | null
    readonly resetAt: Date | null
  }): void
  /** The tool asked us to wait: no call is made before. */
  block(until: Date): void
  /** When calls may be made again; null: now. */
  blockedUntil(): Date | null
  /** For a screen: calls left now and a second. */
  read(): { readonly left: number; readonly perSecond: number; readonly waiting: number }
}

const RESERVE = 0.2

export const openBudget = (clock: Clock, perSecond: number): Budget => {
  const burst = Math.max(5, perSecond)
  let rate = perSecond
  let left = burst
  let capacity = burst
  let filledAt = clock.now().getTime()
  const waiting: { readonly lane: Lane; readonly go: () => void }[] = []
  let pumping = false
  let blocked = 0

  const fill = (): void => {
    const now = clock.now().getTime()
    left = Math.min(capacity, left + (Math.max(0, now - filledAt) / 1000) * rate)
    filledAt = now
  }
  const allows = (lane: Lane): boolean => left - 1 >= (lane === LANES.person ? 0 : capacity * RESERVE)

  const pump = async (): Promise<void> => {
    if (pumping) return
    pumping = true
    while (waiting.length > 0) {
      fill()
      const next = waiting[0]
      if (next !== undefined && allows(next.lane)) {
        waiting.shift()
        left -= 1
        next.go()
      } else await clock.sleep(Math.max(5, Math.min(1000, 1000 / rate)))
    }
    pumping = false
  }

  return {
    block: (until) => {
      blocked = Math.max(blocked, until.getTime())
    },
    blockedUntil: () => (blocked > clock.now().getTime() ? new Date(blocked) : null),
    take: (lane) => {
      fill()
      if (waiting.length === 0 && allows(lane)) {
        left -= 1
        return undefined
      }
      return new Promise((resolve) => {
        const at = waiting.findIndex((one) => one.lane > lane)
        waiting.splice(at === -1 ? waiting.length : at, 0, { lane, go: resolve })
        void pump()
      })
    },
    learn: ({ limit, remaining, resetAt }) => {
      if (remaining === null) return
      fill()
      if (limit !== null && limit > 0) capacity = Math.max(5, Math.min(burst, limit))
      // what the tool says is left counts others' calls too
      left = Math.min(left, remaining)
      const seconds = resetAt === null ? null : (resetAt.getTime() - clock.now().getTime()) / 1000
      if (seconds !== null && seconds > 0) rate = Math.max(0.1, Math.min(perSecond, remaining / seconds))
      else rate = perSecond
    },
    read: () => {
      fill()
      return { left, perSecond: rate, waiting: waiting.length }
    },
  }
}
