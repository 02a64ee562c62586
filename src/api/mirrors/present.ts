import type { Static } from 'typebox'
import type { MirrorDetail, MirrorRow } from '../../store/views/mirror-list.ts'
import { iso, isoOrNull } from '../times.ts'
import type { Mirror, MirrorWithHistory } from './schema.ts'

export const presentMirror = (row: MirrorRow): Static<typeof Mirror> => ({
  id: row.id,
  state: row.state,
  stateReason: row.state_reason,
  connection: row.connection_key,
  record:
    row.record_id === null
      ? null
      : { kind: row.record_kind, id: row.record_id, key: row.record_key, title: row.record_title },
  there: { key: row.remote_key, url: row.remote_url, container: row.container },
  waiting: row.waiting ? row.waiting_why : null,
  retryAt: isoOrNull(row.retry_at),
  failures: row.failures,
  fault: row.fault,
  agreedAt: isoOrNull(row.agreed_at),
})

export const presentMirrorDetail = (detail: MirrorDetail): Static<typeof MirrorWithHistory> => ({
  mirror: presentMirror(detail.mirror),
  holds: detail.holds.map((hold) => ({
    field: hold.field,
    code: hold.code,
    reason: hold.reason,
    nextStep: hold.next_step,
    told: hold.told,
    since: iso(hold.since),
  })),
  writes: detail.writes.map((write) => ({
    operation: write.op,
    state: write.state,
    at: iso(write.at),
    fault: write.fault,
  })),
})
