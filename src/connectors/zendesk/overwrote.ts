import type { FieldWrite } from '../../sync/connector.ts'
import { type FieldStep, replacedValue } from '../../sync/replaced-value.ts'
import type { ToolField, ToolFields, ToolValue } from '../../sync/snapshot.ts'
import { customValue, labelsOf } from './convert.ts'
import type { WireAudit, WireAuditEvent } from './schema.ts'
import { groupOf, statusOf, type Words } from './words.ts'

/**
 * What a write of ours replaced, by the ticket's audits: each holds, for every field that changed, what stood there before.
 * Pure. Conditions (`safe_update`) go by the second of the last change, and transitions have none.
 */

/** Field names of audits, by our fields. Custom fields go by their numbers. */
const NAMES: Readonly<Partial<Record<ToolField, readonly string[]>>> = {
  title: ['subject'],
  status: ['custom_status_id', 'status'],
  type: ['type'],
  priority: ['priority'],
  owner: ['assignee_id'],
  requester: ['requester_id'],
  container: ['group_id'],
  labels: ['tags'],
  due: ['due_at'],
}

const namesOf = (field: ToolField, words: Words): readonly string[] => {
  if (!field.startsWith('cf:')) return NAMES[field] ?? []
  const own = words.fieldsByLabel.get(field.slice(3))
  return own === undefined ? [] : [String(own.id)]
}

const textOrNull = (raw: unknown): string | null =>
  typeof raw === 'string' || typeof raw === 'number' ? String(raw) || null : null

const idOrNull = (raw: unknown): number | null => {
  const text = textOrNull(raw)
  return text !== null && /^[1-9]\d{0,15}$/.test(text) ? Number(text) : null
}

const tagList = (raw: unknown): readonly string[] =>
  (Array.isArray(raw) ? raw : (textOrNull(raw) ?? '').split(/\s+/)).map(String).filter((tag) => tag !== '')

/** In the terms of snapshots. */
const inOurWords = (field: ToolField, name: string, raw: unknown, words: Words): ToolValue => {
  switch (field) {
    case 'title':
      return textOrNull(raw) ?? ''
    case 'status':
      return name === 'status'
        ? statusOf(words, textOrNull(raw) ?? '', null).word
        : statusOf(words, '', idOrNull(raw)).word
    case 'container':
      return groupOf(words, idOrNull(raw))
    case 'labels':
      return labelsOf(tagList(raw), words)
    default: {
      const own = field.startsWith('cf:') ? words.fieldsByLabel.get(field.slice(3)) : undefined
      return own === undefined ? textOrNull(raw) : customValue(own, raw)
    }
  }
}

const plain = (value: ToolValue): string => JSON.stringify([value ?? []].flat().map(String).sort())

const stepsOf = (
  field: ToolField,
  audits: readonly WireAudit[],
  accountId: number,
  words: Words,
): readonly FieldStep<ToolValue>[] => {
  const names = namesOf(field, words)
  const changesIn = (audit: WireAudit): readonly WireAuditEvent[] =>
    (audit.events ?? []).filter(
      (event) => event.type === 'Change' && names.some((name) => name === String(event.field_name)),
    )
  return audits
    .toSorted((a, b) => a.id - b.id)
    .flatMap((audit): FieldStep<ToolValue>[] => {
      const events = changesIn(audit)
      // The custom status says more than the status it stands under.
      const event = events.find(({ field_name }) => String(field_name) === names[0]) ?? events[0]
      if (event === undefined) return []
      const read = (raw: unknown): ToolValue => inOurWords(field, String(event.field_name), raw, words)
      return [
        {
          byUs: audit.author_id === accountId,
          before: read(event.previous_value),
          after: read(event.value),
        },
      ]
    })
}

export const writtenFields = (write: FieldWrite): ToolFields =>
  write.op === 'update' ? write.fields : { ...write.fields, status: write.to }

/** When the snapshot was true that the write was decided from; null: not known, so nothing can be told. */
export const sinceOf = (write: FieldWrite): number | null => {
  const since = write.since ?? (write.op === 'update' ? write.version : null)
  const at = since === null ? Number.NaN : Date.parse(since)
  return Number.isNaN(at) ? null : at
}

/** `audits`: those after the snapshot that was decided from. */
export const overwroteIn = (
  audits: readonly WireAudit[],
  fields: ToolFields,
  accountId: number,
  words: Words,
): ToolFields => {
  if (audits.length < 2) return {}
  const overwrote: Partial<Record<ToolField, ToolValue>> = {}
  for (const [name, sent] of Object.entries(fields)) {
    const field = name as ToolField
    const steps = stepsOf(field, audits, accountId, words)
    const lost = replacedValue(steps, (after) => plain(after) === plain(sent ?? null))
    if (lost !== undefined) overwrote[field] = lost
  }
  return overwrote
}
