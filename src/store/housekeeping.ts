import { sql } from 'kysely'
import type { Database } from './database.ts'
import { forgetWords } from './forget-words.ts'
import { forgetKeysBefore } from './idempotency.ts'
import { forgetPresence } from './presence.ts'

/** How long traces of what is over are kept, ms. Deliveries: longer than any tool sends again. */
const DAY = 24 * 3_600_000
const KEEP_DELIVERIES = 7 * DAY
const KEEP_KEYS = DAY
const KEEP_ATTEMPTS = 30 * DAY
/** What CI systems told and was understood: the deployments stay. */
const KEEP_REPORTS = 30 * DAY
const AT_ONCE = 5_000

/**
 * Forgets what nobody can need any more: ids of old deliveries, answers kept for repeated requests, calls that ended
 * long ago (the log keeps what they did), words that nothing says. In small pieces, so that it never holds up work.
 */
export const housekeep = async (db: Database, now: Date): Promise<number> => {
  const before = (age: number): Date => new Date(now.getTime() - age)
  let forgotten = 0
  const deliveries = sql`delete from delivery where ctid = any(array(select ctid from delivery where received_at < ${before(KEEP_DELIVERIES)} limit ${AT_ONCE}))`
  const attempts = sql`delete from attempt where ctid = any(array(select ctid from attempt where ended_at < ${before(KEEP_ATTEMPTS)} limit ${AT_ONCE}))`
  const reports = sql`delete from ci_report where ctid = any(array(select ctid from ci_report where received_at < ${before(KEEP_REPORTS)} and state <> 'waiting' limit ${AT_ONCE}))`
  for (const statement of [deliveries, attempts, reports]) {
    for (let rows = AT_ONCE; rows === AT_ONCE; ) {
      rows = Number((await statement.execute(db)).numAffectedRows ?? 0n)
      forgotten += rows
    }
  }
  await db.transaction().execute((tx) => forgetKeysBefore(tx, before(KEEP_KEYS)))
  await forgetPresence(db, now)
  await forgetWords(db, now)
  return forgotten
}
