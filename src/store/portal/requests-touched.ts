import type { PortalTx } from './portal-database.ts'

/** Ids of what moved. */
export interface Moved {
  readonly requests: readonly string[]
  readonly escalations: readonly string[]
  readonly workItems: readonly string[]
  readonly releases: readonly string[]
}

/** Which requests within reach show something of these, by the id that touches them. */
export const requestsTouched = async (
  tx: PortalTx,
  moved: Moved,
): Promise<ReadonlyMap<string, readonly string[]>> => {
  const touched = new Map<string, string[]>()
  const touch = (by: string, request: string): void => {
    touched.set(by, [...(touched.get(by) ?? []), request])
  }
  if (moved.requests.length > 0) {
    const rows = await tx
      .selectFrom('portal_request')
      .select('id')
      .where('id', 'in', moved.requests)
      .execute()
    for (const { id } of rows) touch(id, id)
  }
  const inside = new Set([...moved.escalations, ...moved.workItems, ...moved.releases])
  if (inside.size === 0) return touched
  const bonds = await tx
    .selectFrom('portal_bond')
    .selectAll()
    .where((is) =>
      is.or([
        ...(moved.escalations.length === 0 ? [] : [is('escalation_id', 'in', moved.escalations)]),
        ...(moved.workItems.length === 0 ? [] : [is('work_item_id', 'in', moved.workItems)]),
        ...(moved.releases.length === 0 ? [] : [is('release_id', 'in', moved.releases)]),
      ]),
    )
    .execute()
  for (const { escalation_id, work_item_id, release_id, request_id } of bonds)
    for (const id of [escalation_id, work_item_id, release_id])
      if (id !== null && inside.has(id)) touch(id, request_id)
  return touched
}
