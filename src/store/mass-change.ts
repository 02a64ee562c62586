import { sql } from 'kysely'
import type { Tx } from './database.ts'

/**
 * Whether so much happens on one connection at once that a person should look before it goes on: a project deleted
 * there, a tool restored from a backup. Counted over ten minutes against the number
 * of items in step; small connections may always change a few.
 */
export interface MassChange {
  readonly count: number
  readonly of: number
}

const WINDOW = sql.raw(`interval '10 minutes'`)
const FEW = 25
const SHARE = 0.2

const stopIf = (row: { readonly n: number; readonly live: number } | undefined): MassChange | null =>
  row !== undefined && row.n > Math.max(FEW, row.live * SHARE) ? { count: row.n, of: row.live } : null

const guarded = async (tx: Tx, connectionId: string, now: Date): Promise<boolean> => {
  const row = await tx
    .selectFrom('connection')
    .select('mass_change_until')
    .where('id', '=', connectionId)
    .executeTakeFirst()
  return row?.mass_change_until == null || row.mass_change_until < now
}

/** Items of the connection that vanished lately. */
export const tooManyGone = async (tx: Tx, connectionId: string, now: Date): Promise<MassChange | null> => {
  if (!(await guarded(tx, connectionId, now))) return null
  const result = await sql<{ n: number; live: number }>`
    select (select count(*)::int from event where kind = 'mirror.gone' and connection_id = ${connectionId} and at > ${now}::timestamptz - ${WINDOW}) as n,
      (select count(*)::int from mirror where connection_id = ${connectionId} and state in ('live', 'gone')) as live`.execute(
    tx,
  )
  return stopIf(result.rows[0])
}

/** Changes a sweep found that neither webhooks nor polls told of: what a tool looks like that went back in time. */
export const tooManyFound = async (
  tx: Tx,
  connectionId: string,
  found: number,
  now: Date,
): Promise<MassChange | null> => {
  if (found <= FEW || !(await guarded(tx, connectionId, now))) return null
  const result = await sql<{ n: number; live: number }>`
    select ${found}::int as n, (select count(*)::int from mirror where connection_id = ${connectionId} and state = 'live') as live`.execute(
    tx,
  )
  return stopIf(result.rows[0])
}

/** Nothing more is read or written there until a person resumes it. */
export const stopForMassChange = async (
  tx: Tx,
  connectionId: string,
  reason: string,
  now: Date,
): Promise<boolean> => {
  const result = await tx
    .updateTable('connection')
    .set((is) => ({
      state: 'paused',
      state_reason: reason,
      mass_change_stopped: true,
      updated_at: now,
      version: is('version', '+', 1),
    }))
    .where('id', '=', connectionId)
    .where('state', '=', 'active')
    .executeTakeFirst()
  return result.numUpdatedRows > 0n
}
