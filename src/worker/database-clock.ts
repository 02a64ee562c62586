import { sql } from 'kysely'
import type { Clock } from '../lib/clock.ts'
import type { Database } from '../store/database.ts'

/**
 * This machine's clock, put right by the database's. Workers share what they note (when a call began, when to look
 * again, when to list) through the database, where leases run by its clock: one whose machine is ten minutes off would
 * take a call that has just begun for an old one, and repeat it, or leave a tool unread for ten minutes.
 */
export interface DatabaseClock extends Clock {
  /** Asks the database, at most once a second. */
  follow(): Promise<void>
}

const ASK_EVERY_MS = 1_000
/** Machines that keep their time differ by less: their own clock is left as it is. */
const TOLERATED_MS = 1_000

export const databaseClock = (own: Clock, db: Database): DatabaseClock => {
  let aheadMs = 0
  /** How far `aheadMs` may be from the truth. */
  let errorMs = Number.POSITIVE_INFINITY
  let askedAt = Number.NEGATIVE_INFINITY
  return {
    now: () => new Date(own.now().getTime() - aheadMs),
    sleep: own.sleep,
    follow: async () => {
      const before = own.now().getTime()
      if (Math.abs(before - askedAt) < ASK_EVERY_MS) return
      const result = await sql<{ at: Date }>`select clock_timestamp() as at`.execute(db)
      const after = own.now().getTime()
      askedAt = after
      const there = result.rows[0]?.at.getTime()
      if (there === undefined) return
      const ahead = (before + after) / 2 - there
      // the way there and back cannot be told from a difference: a process that was stopped meanwhile measures nothing
      const error = Math.abs(after - before) / 2
      const isOff = Math.abs(ahead - aheadMs) > TOLERATED_MS + error
      // a clock that is put right a little at each look would step back now and then
      if (!isOff && (aheadMs === 0 || error > errorMs / 2)) return
      aheadMs = Math.abs(ahead) <= TOLERATED_MS + error ? 0 : Math.round(ahead)
      errorMs = error
    },
  }
}
