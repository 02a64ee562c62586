import { sql } from 'kysely'
import type { Colleague } from '../sync/people.ts'
import type { Database, Tx } from './database.ts'

/** Everybody who works here or did. Their addresses were given by an admin, so they count as proved. */
export const loadColleagues = async (db: Database | Tx): Promise<readonly Colleague[]> =>
  (
    await sql<Colleague>`
      select id, name, lower(email) as email, archived_at is not null as "isArchived" from person`.execute(db)
  ).rows
