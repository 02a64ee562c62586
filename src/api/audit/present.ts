import type { Static } from 'typebox'
import { AUDIT_GROUPS, isWithoutWords } from '../../domain/audit.ts'
import type { AuditFilter, AuditEntry as StoredEntry } from '../../store/views/audit-log.ts'
import type { Caller } from '../caller.ts'
import { asJson } from '../json.ts'
import { iso } from '../times.ts'
import type { AuditEntry, AuditQuery } from './schema.ts'

/** What the log is asked for, from the query of its list or of its file. */
export const auditFilterOf = ({
  actor,
  group,
  record,
  from,
  until,
}: Omit<Static<typeof AuditQuery>, 'limit' | 'cursor'>): AuditFilter => ({
  ...(actor === undefined ? {} : { actor }),
  ...(group === undefined ? {} : { nouns: AUDIT_GROUPS[group] }),
  ...(record === undefined ? {} : { record: record.trim() }),
  ...(from === undefined ? {} : { from: new Date(from) }),
  ...(until === undefined ? {} : { until: new Date(until) }),
})

/** Of signing in, where the one who asks is nobody yet, it stands in the event. */
const addressIn = ({ address }: StoredEntry['data']): string | null =>
  typeof address === 'string' ? address : null

/** An admin sees that a ticket was changed and by whom, and nothing that stands in it. */
export const presentFor =
  ({ party }: Caller) =>
  (entry: StoredEntry): Static<typeof AuditEntry> => {
    const readsWords = party === 'both sides' || isWithoutWords(entry.kind)
    return {
      id: entry.id,
      at: iso(entry.at),
      kind: entry.kind,
      actor: entry.actor,
      record:
        entry.record_id === null || entry.record_kind === null
          ? null
          : {
              kind: entry.record_kind,
              id: entry.record_id,
              key: entry.called?.key ?? null,
              name: readsWords ? (entry.called?.name ?? null) : null,
            },
      connection: entry.connection,
      address: entry.address ?? addressIn(entry.data),
      data: readsWords ? (asJson(entry.data) as Record<string, unknown>) : {},
    }
  }
