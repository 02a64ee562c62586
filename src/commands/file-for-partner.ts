import type { Partner } from '../domain/sharing.ts'
import type { Tx } from '../store/database.ts'
import { recordsThatShow, sharedRecords } from '../store/shared-records.ts'
import { readSharedItems } from './shared-items.ts'

export interface FileForPartner {
  readonly name: string
  readonly sha256: string | null
}

/** A file that stands in an item as this partner sees it: the same question, so that no file opens that is not listed. */
export const findFileForPartner = async (
  tx: Tx,
  partner: Partner,
  id: string,
): Promise<FileForPartner | null> => {
  const file = await tx
    .selectFrom('attachment')
    .select(['record_id', 'name', 'sha256'])
    .where('id', '=', id)
    .executeTakeFirst()
  if (file === undefined) return null
  const records = await sharedRecords(tx, partner, await recordsThatShow(tx, file.record_id))
  const items = await readSharedItems(tx, partner, records, '')
  return items.some(({ attachments }) => attachments.some((one) => one.id === id)) ? file : null
}
