import { sql } from 'kysely'
import type { Tx } from '../database.ts'

/**
 * For the rest of a transaction, words are looked for through their own indexes and no other way, however common one is:
 * the planner holds reading every row for cheap where a word stands in most, and takes the words of each apart anew for
 * that. Of 100,000 work items that took seconds, and the index takes a fifth of one.
 */
export const BY_INDEX = sql`set_config('enable_seqscan', 'off', true), set_config('jit', 'off', true),
  set_config('max_parallel_workers_per_gather', '0', true)`

export const readByIndex = async (tx: Tx): Promise<void> => {
  await sql`select ${BY_INDEX}`.execute(tx)
}
