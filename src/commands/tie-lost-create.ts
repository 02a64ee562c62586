import { sql } from 'kysely'
import { loadOpenAttempts } from '../store/attempts.ts'
import type { Tx } from '../store/database.ts'
import { liveEscalationOf } from '../store/escalations.ts'
import type { ClaimedMirror } from '../store/mirrors.ts'
import type { MatchItem } from '../sync/match-items.ts'
import { recordCreated } from './record-created.ts'
import type { CommandContext } from './run-command.ts'

/**
 * The work item behind this ticket was being made in the tracker, the answer was lost, and now a person shows the item:
 * that is it. Nothing new is made, here or there. `null`: no such create waits; `busy`: a worker has it in hand.
 */
export const tieLostCreate = async (
  tx: Tx,
  context: CommandContext,
  lost: { readonly ticketId: string; readonly connectionId: string; readonly item: MatchItem },
): Promise<'tied' | 'busy' | null> => {
  const live = await liveEscalationOf(tx, lost.ticketId)
  if (live === null || (await isMirrored(tx, lost.connectionId, lost.item.id))) return null
  const found = await sql<ClaimedMirror & { readonly isLeased: boolean }>`
    select *, coalesce(lease_until > ${context.now}, false) as "isLeased" from mirror
    where connection_id = ${lost.connectionId} and record_id = ${live.work_item_id} and state = 'creating' for update`.execute(
    tx,
  )
  const mirror = found.rows[0]
  if (mirror === undefined) return null
  const open = (await loadOpenAttempts(tx, [mirror.id])).get(mirror.id) ?? []
  if (open.length === 0) return null
  if (mirror.isLeased) return 'busy'
  await recordCreated(tx, context, {
    mirror,
    view: { kind: 'work item', id: live.work_item_id },
    ends: open.map(({ id }) => ({ id, state: 'done', receipt: null, fault: null })),
    ref: { id: lost.item.id },
    // only its title is known here; the next round reads it whole
    shown: null,
    planned: [],
    holds: [],
  })
  return 'tied'
}

/** An item that stands for a record already is not the lost one. */
const isMirrored = async (tx: Tx, connectionId: string, remoteId: string): Promise<boolean> =>
  (await tx
    .selectFrom('mirror')
    .select('id')
    .where('connection_id', '=', connectionId)
    .where('remote_id', '=', remoteId)
    .where('record_id', 'is not', null)
    .executeTakeFirst()) !== undefined
