import type { Actor } from '../domain/actor.ts'
import type { Partner } from '../domain/sharing.ts'
import type { Tx } from '../store/database.ts'
import { loadFacts, loadWords } from '../store/hub-facts.ts'
import type { SharedRecord } from '../store/shared-records.ts'
import { factsOfFiles, timesOfEdits } from '../store/shared-words.ts'
import { addressOf, project } from '../sync/projection.ts'
import { type SharedItem, sharedItem } from '../sync/shared-item.ts'

export type { SharedItem } from '../sync/shared-item.ts'

export const actorOfPartner = (partner: Pick<Partner, 'id' | 'name'>): Actor => ({
  kind: 'partner',
  id: partner.id,
  name: partner.name,
})

/** Records as a partner sees them, in a fixed number of queries whatever their number. */
export const readSharedItems = async (
  tx: Tx,
  partner: Partner,
  records: readonly SharedRecord[],
  publicUrl: string,
): Promise<readonly SharedItem[]> => {
  if (records.length === 0) return []
  const ids = records.map(({ id }) => id)
  const facts = await loadFacts(
    tx,
    ids.map((id) => ({ kind: partner.policy.record, id })),
    publicUrl,
  )
  const words = await loadWords(tx, ids)
  const all = [...words.values()]
  const files = await factsOfFiles(
    tx,
    all.flatMap(({ attachments }) => attachments.map(({ id }) => id)),
  )
  const edited = await timesOfEdits(
    tx,
    all.flatMap(({ comments }) => comments.map(({ id }) => id)),
  )
  return records.flatMap((record) => {
    const known = facts.get(record.id)
    if (known === undefined) return []
    const url = addressOf(known, publicUrl)
    const view = project(known, words.get(record.id) ?? { comments: [], attachments: [] }, () => url)
    return [
      sharedItem(view, partner, {
        product: record.product,
        marker: record.marker,
        brought: record.brought,
        url,
        createdAt: record.created_at.toISOString(),
        updatedAt: record.updated_at.toISOString(),
        files,
        edited,
      }),
    ]
  })
}
