import type { Tx } from './database.ts'

/** Which tickets show something of these, by the id that touches them: one query, none where nothing is asked. */
export const ticketsTouched = async (
  tx: Tx,
  by: {
    readonly escalations: readonly string[]
    readonly workItems: readonly string[]
    readonly releases: readonly string[]
  },
): Promise<ReadonlyMap<string, readonly string[]>> => {
  const asked = [...by.escalations, ...by.workItems, ...by.releases]
  const touched = new Map<string, string[]>()
  if (asked.length === 0) return touched
  const rows = await tx
    .selectFrom('escalation')
    .innerJoin('work_item', 'work_item.id', 'escalation.work_item_id')
    .select(['escalation.ticket_id', 'escalation.id', 'escalation.work_item_id', 'work_item.release_id'])
    .where((eb) =>
      eb.or([
        ...(by.escalations.length === 0 ? [] : [eb('escalation.id', 'in', by.escalations)]),
        ...(by.workItems.length === 0 ? [] : [eb('escalation.work_item_id', 'in', by.workItems)]),
        ...(by.releases.length === 0 ? [] : [eb('work_item.release_id', 'in', by.releases)]),
      ]),
    )
    .execute()
  const ids = new Set(asked)
  for (const row of rows)
    for (const id of [row.id, row.work_item_id, row.release_id])
      if (id !== null && ids.has(id)) touched.set(id, [...(touched.get(id) ?? []), row.ticket_id])
  return touched
}
