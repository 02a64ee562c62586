import { sql } from 'kysely'
import type { PortalTx } from './portal-database.ts'

/** Ids of what moved. */
export interface Moved {
  readonly requests: readonly string[]
  readonly escalations: readonly string[]
  readonly enhancements: readonly string[]
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
  const bonds = await anyOf(tx, 'portal_bond', {
    ...{ escalation_id: moved.escalations, work_item_id: moved.workItems, release_id: moved.releases },
  })
  const wishes = await anyOf(tx, 'portal_wish_bond', {
    ...{ asked_id: moved.enhancements, enhancement_id: moved.enhancements },
    ...{ work_item_id: moved.workItems, release_id: moved.releases },
  })
  for (const [by, request] of [...bonds, ...wishes]) touch(by, request)
  return touched
}

/** Of the bonds with one of these ids in a column: each such id, and the request. */
const anyOf = async (
  tx: PortalTx,
  view: 'portal_bond' | 'portal_wish_bond',
  ids: Readonly<Record<string, readonly string[]>>,
): Promise<readonly (readonly [string, string])[]> => {
  const asked = Object.entries(ids).filter(([, some]) => some.length > 0)
  if (asked.length === 0) return []
  const { rows } = await sql<Readonly<Record<string, string>> & { readonly request_id: string }>`
    select * from ${sql.table(view)} b where ${sql.join(
      asked.map(([column, some]) => sql`${sql.ref(`b.${column}`)} = any(${[...some]}::uuid[])`),
      sql` or `,
    )}`.execute(tx)
  return rows.flatMap((row) =>
    asked.flatMap(([column, some]) => {
      const id = row[column]
      return id !== undefined && some.includes(id) ? [[id, row.request_id] as const] : []
    }),
  )
}
