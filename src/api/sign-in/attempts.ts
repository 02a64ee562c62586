import type { FastifyReply, FastifyRequest } from 'fastify'
import { problem, sendProblem } from '../errors.ts'

/**
 * At most so many tries in a minute from one address. A token has 256 random bits: this is not what keeps guesses
 * out, it keeps guessing from costing us. Held in memory, bounded; per process.
 */
export interface Attempts {
  /** Seconds to wait, or 0 when this try may go on. */
  count(from: string): number
}

const WINDOW_MS = 60_000
const TRIES = 10
const ADDRESSES = 10_000

export const countAttempts = (now: () => Date, most = TRIES): Attempts => {
  const seen = new Map<string, { since: number; tries: number }>()
  return {
    count: (from) => {
      const at = now().getTime()
      const known = seen.get(from)
      if (known === undefined || at - known.since >= WINDOW_MS) {
        // oldest first: a map keeps the order of insertion
        const oldest = seen.size >= ADDRESSES ? seen.keys().next().value : undefined
        if (oldest !== undefined) seen.delete(oldest)
        seen.delete(from)
        seen.set(from, { since: at, tries: 1 })
        return 0
      }
      known.tries += 1
      return known.tries <= most ? 0 : Math.ceil((known.since + WINDOW_MS - at) / 1000)
    },
  }
}

/** Counts a try from where it comes; a problem was sent when there were too many. */
export const refuseTooMany = (now: () => Date) => {
  const attempts = countAttempts(now)
  return (request: FastifyRequest, reply: FastifyReply): FastifyReply | null => {
    const waitS = attempts.count(request.ip)
    return waitS === 0
      ? null
      : sendProblem(
          reply,
          problem('too-many-requests', `Too many tries from here. Try again in ${waitS} seconds.`, {
            retryAfter: waitS,
          }),
        )
  }
}
