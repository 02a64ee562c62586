import { sql } from 'kysely'
import { knockAgain } from '../store/connections.ts'
import { LANES, PERSON_ASKED } from '../store/dirty.ts'
import { causeField } from '../store/views/hold-causes.ts'
import { done } from './outcome.ts'
import type { Command } from './run-command.ts'

/** The cause of holds, as the list of causes names it. */
export interface RetryHolds {
  readonly connection: string
  readonly code: string
  readonly field: string
  readonly reason: string
}

/**
 * Its cause is gone, says a person: every mirror that waits for it is looked at now. A hold that still has its cause
 * stays; nothing is forced.
 */
export const retryHolds: Command<RetryHolds, { readonly mirrors: number }> = async (tx, context, input) => {
  const result = await sql<{ id: string }>`
    update mirror m set dirty_seq = m.dirty_seq + 1, dirty_lane = ${LANES.person}::smallint, dirty_at = ${context.now}::timestamptz,
      dirty_why = ${PERSON_ASKED}, retry_at = null, failures = 0
    from (select x.id from mirror x join connection c on c.id = x.connection_id
      where c.key = ${input.connection} and exists (select from hold h where h.mirror_id = x.id and h.code = ${input.code}
        and h.reason = ${input.reason} and ${causeField} = ${input.field})
      order by x.id for update of x) held
    where m.id = held.id returning m.id`.execute(tx)
  const ids = result.rows.map(({ id }) => id)
  await knockAgain(tx, ids)
  return done({ mirrors: ids.length })
}
