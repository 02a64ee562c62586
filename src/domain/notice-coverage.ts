import { businessDayAfter } from './outreach.ts'

/** A ticket whose customer a release has reached: they have the fix, or could. */
export interface ReachedTicket {
  /** Null: nobody knows whose it is; it counts by itself. */
  readonly customerId: string | null
  readonly ticketId: string
  /** Since when it is so. */
  readonly since: Date
  /** When they were first told of it; null: not yet. */
  readonly toldAt: Date | null
  /** They asked not to be told. */
  readonly isOptedOut: boolean
}

/**
 * Fix-notice coverage: customers who were told within one business day of their fix, of those who were affected. Not
 * counted are customers who want no messages, and those whose day is not over.
 */
export interface Coverage {
  readonly affected: number
  readonly inTime: number
  /** Not told yet, and there is still time. */
  readonly pending: number
  readonly optedOut: number
}

export const coverageOf = (tickets: readonly ReachedTicket[], now: Date): Coverage => {
  const customers = Map.groupBy(tickets, ({ customerId, ticketId }) => customerId ?? ticketId)
  const standings = [...customers.values()].map((all) => standingOf(all, now))
  const count = (standing: CustomerTold): number => standings.filter((one) => one === standing).length
  const inTime = count('in time')
  return { affected: inTime + count('late'), inTime, pending: count('pending'), optedOut: count('opted out') }
}

type CustomerTold = 'in time' | 'late' | 'pending' | 'opted out'

/** A customer was told when all of their tickets were. */
const standingOf = (tickets: readonly ReachedTicket[], now: Date): CustomerTold => {
  const wanted = tickets.filter(({ isOptedOut, toldAt }) => !isOptedOut || toldAt !== null)
  if (wanted.length === 0) return 'opted out'
  const isLate = wanted.some(({ since, toldAt }) => (toldAt ?? now) > businessDayAfter(since))
  if (isLate) return 'late'
  return wanted.every(({ toldAt }) => toldAt !== null) ? 'in time' : 'pending'
}
