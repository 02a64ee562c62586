import { sql } from 'kysely'
import type { Actor } from '../../domain/actor.ts'
import type { Mapping } from '../../sync/mapping.ts'
import type { Tx } from '../database.ts'

/** One version of what crosses on a connection, with the one before it, so that what it changed can be said. */
export interface MappingVersion {
  readonly version: number
  readonly document: Mapping
  readonly before: Mapping | null
  readonly made_at: Date
  readonly made_by: Actor
  readonly source: 'file' | 'screen' | 'restored'
  readonly restored_from: number | null
}

/** The latest first, below `before` where one is named. */
export const mappingVersions = async (
  tx: Tx,
  connection: string,
  before: number | null,
  limit: number,
): Promise<readonly MappingVersion[]> => {
  const { rows } = await sql<MappingVersion>`
    select m.version, m.document, m.made_at, m.made_by, m.source, m.restored_from,
      lead(m.document) over (order by m.version desc) as before
    from mapping m join connection c on c.id = m.connection_id
    where c.key = ${connection} and (${before}::int is null or m.version < ${before}::int)
    order by m.version desc limit ${limit}`.execute(tx)
  return rows
}

export const mappingVersion = async (
  tx: Tx,
  connection: string,
  version: number,
): Promise<MappingVersion | null> => {
  const [found] = await mappingVersions(tx, connection, version + 1, 1)
  return found?.version === version ? found : null
}
