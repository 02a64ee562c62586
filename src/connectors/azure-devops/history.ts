import type { FieldWrite } from '../../sync/connector.ts'
import { type FieldStep, replacedValue } from '../../sync/replaced-value.ts'
import type { ToolField, ToolFields, ToolValue } from '../../sync/snapshot.ts'
import type { AzureClient } from './client.ts'
import { attachmentIdOf, personOf, shownValue, tagsIn } from './convert.ts'
import type { Sent } from './encode.ts'
import type { WireIdentity, WireUpdate } from './schema.ts'

/**
 * What the history of an item tells: what our write replaced, and who attached a file. An update's number is never below
 * its revision (a change of links is an update without a revision), so that many can be skipped.
 */

/** null: not known, so nothing can be told. */
export const sinceOf = (write: FieldWrite): number | null => {
  const since = write.since ?? (write.op === 'update' ? write.version : null)
  return since !== null && /^\d{1,9}$/.test(since) ? Number(since) : null
}

/** In one form, however the history writes it: people by their sign-in name, times to the millisecond, white space once. */
const plain = (reference: string, raw: unknown): string => {
  if (raw === null || raw === undefined) return ''
  if (reference === 'System.Tags') return tagsIn(String(raw)).join(';').toLowerCase()
  if (typeof raw === 'object') return (personOf(raw)?.id ?? '').toLowerCase()
  const text = String(raw)
  if (/^\d{4}-\d\d-\d\d(T|$)/.test(text)) return String(Date.parse(text))
  const whole = /<[^<>]+>\s*$/.test(text) && !text.startsWith('<') ? (personOf(text)?.id ?? text) : text
  return whole.replace(/\s+/g, ' ').trim().toLowerCase()
}

const stepsOf = (
  updates: readonly WireUpdate[],
  reference: string,
  accountId: string,
): readonly FieldStep<unknown>[] =>
  updates.flatMap(({ revisedBy, fields }): FieldStep<unknown>[] => {
    const change = fields?.[reference]
    return change === undefined
      ? []
      : [
          {
            byUs: revisedBy?.id === accountId,
            before: change.oldValue ?? null,
            after: change.newValue ?? null,
          },
        ]
  })

const isOf = (reference: string, sent: Sent) => (after: unknown) =>
  plain(reference, after) === plain(reference, sent.value)

/** Of the fields we sent, what stood there when our write landed, where that is not what had been read. */
export const overwroteIn = async (
  client: AzureClient,
  id: number,
  since: number,
  sent: readonly Sent[],
  accountId: string,
): Promise<ToolFields> => {
  const newer = (await client.updates(id, since)).filter(({ rev }) => rev > since)
  const overwrote: Partial<Record<ToolField, ToolValue>> = {}
  for (const one of sent) {
    const lost = replacedValue(stepsOf(newer, one.reference, accountId), isOf(one.reference, one))
    if (lost !== undefined) overwrote[one.field] = shownValue(one.reference, lost)
  }
  return overwrote
}

/** By the attachment's id. Relations do not say it themselves. */
export const attachersIn = (updates: readonly WireUpdate[]): ReadonlyMap<string, WireIdentity> =>
  new Map(
    updates.flatMap(({ relations, revisedBy }): [string, WireIdentity][] =>
      revisedBy === undefined
        ? []
        : (relations?.added ?? []).flatMap(({ rel, url }): [string, WireIdentity][] => {
            const id = rel === 'AttachedFile' ? attachmentIdOf(url) : null
            return id === null ? [] : [[id, revisedBy]]
          }),
    ),
  )
