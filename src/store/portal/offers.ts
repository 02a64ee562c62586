import { sql } from 'kysely'
import type { RequestForm } from '../../domain/request-form.ts'
import type { PortalTx } from './portal-database.ts'

/** What a customer may ask about: the product, what it asks, and where it runs at theirs. */
export interface Offer {
  readonly id: string
  readonly key: string
  readonly name: string
  readonly form: RequestForm
  readonly installations: readonly {
    readonly id: string
    readonly environment: string
    readonly version: string | null
  }[]
}

/** More are no choice that anybody could make. */
const MOST = 200

export const listOffers = async (tx: PortalTx): Promise<readonly Offer[]> => {
  const { rows } = await sql<Offer>`
    select p.id, p.key, p.name, coalesce(p.request_form, '[]') as form,
      coalesce((select jsonb_agg(jsonb_build_object('id', i.id, 'environment', i.environment, 'version', i.version) order by i.environment)
        from portal_installation i where i.product_id = p.id), '[]') as installations
    from portal_product p order by lower(p.name), p.id limit ${MOST}`.execute(tx)
  return rows
}

/** Who of their organisation can be named; of whoever sees only their own, themselves. */
export const listColleagues = async (
  tx: PortalTx,
): Promise<readonly { readonly id: string; readonly name: string }[]> =>
  tx.selectFrom('portal_contact').selectAll().orderBy(sql`lower(name)`).orderBy('id').limit(MOST).execute()
