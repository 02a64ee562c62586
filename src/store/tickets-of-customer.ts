import type { Tx } from './database.ts'

/** The tickets that exist for a customer: of their organisation, and unless `contactId` is null only those they wrote. */
export interface CustomerReach {
  /** Null: of none. */
  readonly customerId: string | null
  readonly contactId: string | null
}

/** Which of these tickets are within reach. */
export const ticketsOfCustomer = async (
  tx: Tx,
  reach: CustomerReach,
  ids: readonly string[],
): Promise<ReadonlySet<string>> => {
  const { customerId, contactId } = reach
  if (customerId === null || ids.length === 0) return new Set()
  const rows = await tx
    .selectFrom('ticket')
    .select('id')
    .where('customer_id', '=', customerId)
    .$if(contactId !== null, (query) => query.where('contact_id', '=', contactId))
    .where('id', 'in', [...new Set(ids)])
    .execute()
  return new Set(rows.map((row) => row.id))
}
