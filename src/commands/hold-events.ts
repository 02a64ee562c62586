import type { NewEvent } from '../domain/event.ts'
import type { ClaimedMirror } from '../store/mirrors.ts'
import type { Hold } from '../sync/plan.ts'

/** The field of the hold that stands for a whole item which fails for a reason of its own. */
export const STUCK_FIELD = 'item'

/** One line of the log for each hold that began or ended: whoever follows the record learns of both, once. */
export const holdEvents = (
  mirror: Pick<ClaimedMirror, 'id' | 'connection_id' | 'record_kind' | 'record_id'>,
  changed: { readonly opened: readonly string[]; readonly closed: readonly string[] },
  holds: readonly Hold[],
): readonly NewEvent[] => {
  const about = (kind: 'hold.opened' | 'hold.closed', field: string): NewEvent => {
    const reason = holds.find((hold) => hold.field === field)?.reason
    return {
      kind,
      record: mirror.record_id === null ? null : { kind: mirror.record_kind, id: mirror.record_id },
      data: { field, mirror: mirror.id, ...(reason === undefined ? {} : { reason }) },
      connectionId: mirror.connection_id,
    }
  }
  return [
    ...changed.opened.map((field) => about('hold.opened', field)),
    ...changed.closed.map((field) => about('hold.closed', field)),
  ]
}
