import type { Static } from 'typebox'
import type { ConnectionStatus } from '../../store/views/connection-list.ts'
import type { BudgetLeft } from '../deps.ts'
import { iso, isoOrNull } from '../times.ts'
import type { Connection } from './schema.ts'

export interface AroundConnection {
  readonly publicUrl: string | null
  readonly budget: BudgetLeft | null
  readonly lastRejection: { readonly at: Date; readonly reason: string } | null
}

export const presentConnection = (
  row: ConnectionStatus,
  around: AroundConnection,
): Static<typeof Connection> => ({
  id: row.id,
  key: row.key,
  kind: row.kind,
  party: row.party,
  title: row.title,
  state: row.state,
  stateReason: row.state_reason,
  mappingVersion: row.mapping_version,
  polledAt: isoOrNull(row.polled_at),
  sweptAt: isoOrNull(row.swept_at),
  sweepFound: row.sweep_found,
  missedByWebhook: row.missed_by_webhook,
  blockedUntil: isoOrNull(row.blocked_until),
  downSince: isoOrNull(row.down_since),
  fault: row.fault,
  mirrors: row.mirrors,
  waiting: row.waiting,
  waitingSince: isoOrNull(row.waiting_since),
  holds: row.holds,
  conflicts: row.conflicts,
  unknownWrites: row.unknown_writes,
  mostUrgentHold: row.top_hold,
  budget: around.budget,
  webhookUrl: around.publicUrl === null ? null : `${around.publicUrl}/hooks/${encodeURIComponent(row.key)}`,
  hook:
    row.hook_at === null
      ? null
      : { at: iso(row.hook_at), until: isoOrNull(row.hook_until), problem: row.hook_problem },
  lastRejectedDelivery:
    around.lastRejection === null
      ? null
      : { at: iso(around.lastRejection.at), reason: around.lastRejection.reason },
})
