import { sql } from 'kysely'
import type { RequestForm } from '../domain/request-form.ts'
import { isId } from '../lib/ids.ts'
import type { Tx } from './database.ts'

export interface OfferedProduct {
  readonly id: string
  readonly form: RequestForm
}

/**
 * A product this customer may name, by id or key: one that has a form, or runs at theirs. The same as the portal's view
 * of products shows them.
 */
export const findOfferedProduct = async (
  tx: Tx,
  customerId: string,
  ref: string,
): Promise<OfferedProduct | null> => {
  const { rows } = await sql<OfferedProduct>`
    select p.id, coalesce(p.request_form, '[]') as form from product p
    where ${isId(ref) ? sql`p.id = ${ref}::uuid` : sql`p.key = ${ref}`} and p.archived_at is null
      and (p.request_form is not null
        or exists (select from installation i where i.product_id = p.id and i.customer_id = ${customerId}::uuid))`.execute(
    tx,
  )
  return rows[0] ?? null
}

/** The customer and product of an installation; null when it is not this customer's. */
export const findInstallationOf = async (
  tx: Tx,
  customerId: string,
  id: string,
): Promise<{ readonly id: string; readonly product_id: string } | null> =>
  (await tx
    .selectFrom('installation')
    .select(['id', 'product_id'])
    .where('id', '=', id)
    .where('customer_id', '=', customerId)
    .executeTakeFirst()) ?? null
