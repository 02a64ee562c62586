import { isSeenBy, type StaffParty } from '../domain/audience.ts'
import type { Refusal } from '../domain/refusal.ts'
import { NAMING_FIELDS, type SharingPolicy } from '../domain/sharing.ts'
import { ok, type Result } from '../lib/result.ts'
import type { Tx } from '../store/database.ts'
import { findPartner } from '../store/partners.ts'
import { latestRecord, recordAsShared } from '../store/shared-records.ts'
import { findTicket } from '../store/tickets.ts'
import { findWorkItem } from '../store/work-items.ts'
import { fieldsToShare, type SharedItem } from '../sync/shared-item.ts'
import { unknown } from './outcome.ts'
import { readSharedItems } from './shared-items.ts'
import { checkPolicy } from './sharing-rules.ts'

export interface PreviewAsked {
  readonly id: string
  /** Key or id; null: the latest they see, or else the latest there is. */
  readonly ref: string | null
  /** One that is only being thought of; null: theirs. */
  readonly policy: SharingPolicy | null
  readonly publicUrl: string
  /** Who looks: words of the other side are not theirs to read, whatever the partner sees. */
  readonly reader: StaffParty
}

/** What a partner would get of a record, made by what they get: nothing is written, nothing is shared by looking. Null: no such record. */
export const previewForPartner = async (
  tx: Tx,
  asked: PreviewAsked,
): Promise<Result<SharedItem | null, Refusal>> => {
  const row = await findPartner(tx, asked.id)
  if (row === null) return unknown('partner', asked.id, '/id')
  const checked = asked.policy === null ? ok(row.policy) : await checkPolicy(tx, asked.policy)
  if (!checked.ok) return checked
  const policy = {
    ...checked.value,
    words: checked.value.words.filter((audience) => isSeenBy(audience, asked.reader)),
  }
  const partner = { id: row.id, name: row.name, policy }
  const id = await recordOf(tx, partner.policy.record, asked.ref, partner.id)
  if (id === null) return ok(null)
  const [item] = await readSharedItems(tx, partner, await recordAsShared(tx, partner, id), asked.publicUrl)
  return ok(item ?? null)
}

const recordOf = async (
  tx: Tx,
  kind: SharingPolicy['record'],
  ref: string | null,
  partnerId: string,
): Promise<string | null> => {
  if (ref === null) return latestRecord(tx, kind, partnerId)
  return ((kind === 'ticket' ? await findTicket(tx, ref) : await findWorkItem(tx, ref)) ?? null)?.id ?? null
}

/** What a policy can name, for a form. */
export const policyChoices = () => {
  const choicesOf = (record: SharingPolicy['record']) =>
    fieldsToShare(record).map(({ field, writable }) => ({
      field,
      writable,
      names: NAMING_FIELDS.includes(field),
    }))
  return { ticket: choicesOf('ticket'), workItem: choicesOf('work item') }
}
