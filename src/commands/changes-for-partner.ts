import type { Partner } from '../domain/sharing.ts'
import { isId } from '../lib/ids.ts'
import type { Tx } from '../store/database.ts'
import { type EventPlace, endOfEvents } from '../store/events.ts'
import { isPlaceOfLog, onceShared, sharedRecords, touchedSince } from '../store/shared-records.ts'
import type { SharedItem } from '../sync/shared-item.ts'
import { readSharedItems } from './shared-items.ts'

export interface Changes {
  readonly items: readonly SharedItem[]
  /** Shared once, and no longer. */
  readonly gone: readonly string[]
  readonly cursor: string
  readonly more: boolean
}

/** A place in the log, and within the records that one stretch of it touches: one event may touch thousands. */
interface Place {
  readonly from: EventPlace
  readonly within: { readonly to: EventPlace; readonly after: string } | null
}

const write = ({ from, within }: Place): string =>
  [from.tx, from.seq, ...(within === null ? [] : [within.to.tx, within.to.seq, within.after])].join('.')

const read = (cursor: string): Place | null => {
  const [tx = '', seq = '', toTx, toSeq, after] = cursor.split('.')
  const place = (one: string, other: string): EventPlace | null =>
    /^\d{1,20}$/.test(one) && /^\d{1,15}$/.test(other) ? { tx: one, seq: Number(other) } : null
  const from = place(tx, seq)
  if (from === null) return null
  if (toTx === undefined) return { from, within: null }
  const to = place(toTx, toSeq ?? '')
  return to === null || after === undefined || !isId(after) ? null : { from, within: { to, after } }
}

/**
 * What a partner has to look at again since a cursor, at least once; without one it starts now. Null: no cursor of ours.
 * Only records that were touched cost anything, and only while somebody asks.
 */
export const changesFor = async (
  tx: Tx,
  partner: Partner,
  cursor: string | null,
  limit: number,
  publicUrl: string,
): Promise<Changes | null> => {
  const given = cursor === null ? null : read(cursor)
  if (cursor !== null && given === null) return null
  // after a restore the log begins anew: what was missed is found when all is listed
  if (given === null || !(await isPlaceOfLog(tx, given.from)))
    return {
      items: [],
      gone: [],
      cursor: write({ from: await endOfEvents(tx), within: null }),
      more: false,
    }
  const { from, within } = given
  const touched = await touchedSince(tx, partner, from, within?.to ?? null)
  const rest = within === null ? touched.ids : touched.ids.filter((id) => id > within.after)
  const page = rest.slice(0, limit)
  const last = page.at(-1)
  const isCut = rest.length > page.length && last !== undefined
  const records = await sharedRecords(tx, partner, page)
  const known = new Set(records.map(({ id }) => id))
  return {
    items: await readSharedItems(tx, partner, records, publicUrl),
    gone: await onceShared(
      tx,
      partner,
      page.filter((id) => !known.has(id)),
    ),
    cursor: write(
      isCut ? { from, within: { to: touched.to, after: last } } : { from: touched.to, within: null },
    ),
    more: isCut || touched.more,
  }
}
