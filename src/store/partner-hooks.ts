import { sql } from 'kysely'
import type { Database, Tx } from './database.ts'
import type { EventPlace } from './events.ts'
import type { PartnerRow } from './partners.ts'

/** Where partners want to be told of changes, and how far in the log each was told. */
export const savePartnerHook = async (
  tx: Tx,
  id: string,
  hook: { readonly address: string; readonly secret: string; readonly from: EventPlace },
): Promise<void> => {
  await sql`update partner set hook_address = ${hook.address}, hook_secret = ${hook.secret}, hook_tx = ${hook.from.tx}::text::xid8,
    hook_seq = ${hook.from.seq}, next_ring_at = null, hook_failures = 0, hook_problem = null where id = ${id}::uuid`.execute(
    tx,
  )
}

export const forgetPartnerHook = async (tx: Tx, id: string): Promise<void> => {
  await sql`update partner set hook_address = null, hook_secret = null, hook_problem = null where id = ${id}::uuid`.execute(
    tx,
  )
}

/** Takes partners that may have to be told something, each for one worker and a while. */
export const claimRings = async (
  db: Database,
  now: Date,
  leaseSeconds: number,
): Promise<readonly PartnerRow[]> =>
  (
    await sql<PartnerRow>`
      update partner set next_ring_at = ${now}::timestamptz + make_interval(secs => ${leaseSeconds})
      where id in (select id from partner where hook_address is not null and ended_at is null
        and (next_ring_at is null or next_ring_at <= ${now}::timestamptz) for update skip locked)
      returning *, hook_tx::text as hook_tx`.execute(db)
  ).rows

export interface Rung {
  readonly place: EventPlace
  /** A sentence; null: they answered. */
  readonly problem: string | null
  readonly next: Date
}

/** Notes how it went. A hook that was changed meanwhile keeps its own place. */
export const noteRung = async (
  db: Database,
  partner: Pick<PartnerRow, 'id' | 'hook_secret'>,
  rung: Rung,
): Promise<void> => {
  await sql`update partner set hook_tx = ${rung.place.tx}::text::xid8, hook_seq = ${rung.place.seq}, next_ring_at = ${rung.next}::timestamptz,
    hook_failures = case when ${rung.problem}::text is null then 0 else hook_failures + 1 end, hook_problem = ${rung.problem}
    where id = ${partner.id}::uuid and hook_secret is not distinct from ${partner.hook_secret}`.execute(db)
}
