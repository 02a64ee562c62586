import { sql } from 'kysely'
import type { Change } from './changes.ts'
import type { Tx } from './database.ts'

/** What is put where. */
export interface Covered {
  readonly productId: string
  /** Null: at a customer's; a change that names environments is of those. */
  readonly environmentId: string | null
  /** Null: not said. */
  readonly releaseId: string | null
}

/** More are planned at once by nobody. */
const MOST = 20

/**
 * Changes that are under way and would cover a deployment: of its product, and where they name environments or a release,
 * of those. What runs comes first, then what is scheduled, by its window.
 */
export const changesCovering = async (
  tx: Tx,
  { productId, environmentId, releaseId }: Covered,
): Promise<readonly Change[]> =>
  (
    await sql<Change>`
      select c.* from change c where c.product_id = ${productId}::uuid
        and c.state in ('assessing', 'authorising', 'scheduled', 'implementing')
        and (c.release_id is null or ${releaseId}::uuid is null or c.release_id = ${releaseId}::uuid)
        and (not exists (select from change_environment x where x.change_id = c.id)
          or exists (select from change_environment x where x.change_id = c.id and x.environment_id = ${environmentId}::uuid))
      order by c.state = 'implementing' desc, c.state = 'scheduled' desc, c.starts_at, c.number
      limit ${sql.lit(MOST)}`.execute(tx)
  ).rows
