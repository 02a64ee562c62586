import type { Tx } from './database.ts'

/** Which of these tickets belong to the customer; none without one. */
export const ticketsOfCustomer = async (
  tx: Tx,
  customerId: string | null,
  ids: readonly string[],
): Promise<ReadonlySet<string>> => {
  if (customerId === null || ids.length === 0) return new Set()
  const rows = await tx
    .selectFrom('ticket')
    .select('id')
    .where('customer_id', '=', customerId)
    .where('id', 'in', [...new Set(ids)])
    .execute()
  return new Set(rows.map((row) => row.id))
}
