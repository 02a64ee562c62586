import { sql } from 'kysely'
import type { Database } from './database.ts'

/** Who looks at a record just now. */
export interface Present {
  readonly id: string
  readonly name: string
  readonly isTyping: boolean
  readonly at: Date
}

/** A browser tells it every few seconds; who was silent for this long has left. */
const SILENT_MS = 20_000
const FORGOTTEN_MS = 3_600_000
const MOST = 20

/** One says that one is here, and is told who else is: two statements, and nothing is logged. */
export const showPresence = async (
  db: Database,
  here: { readonly recordId: string; readonly personId: string; readonly isTyping: boolean },
  now: Date,
): Promise<readonly Present[]> => {
  await sql`
    insert into presence (record_id, person_id, is_typing, at)
    values (${here.recordId}::uuid, ${here.personId}::uuid, ${here.isTyping}, ${now}::timestamptz)
    on conflict (record_id, person_id) do update set is_typing = excluded.is_typing, at = excluded.at`.execute(
    db,
  )
  const others = await sql<Present>`
    select p.id, p.name, x.is_typing as "isTyping", x.at from presence x join person p on p.id = x.person_id
    where x.record_id = ${here.recordId}::uuid and x.person_id <> ${here.personId}::uuid
      and x.at > ${new Date(now.getTime() - SILENT_MS)}::timestamptz
    order by x.is_typing desc, p.name limit ${MOST}`.execute(db)
  return others.rows
}

export const endPresence = async (db: Database, recordId: string, personId: string): Promise<void> => {
  await sql`delete from presence where record_id = ${recordId}::uuid and person_id = ${personId}::uuid`.execute(
    db,
  )
}

/** Who left without saying so. */
export const forgetPresence = async (db: Database, now: Date): Promise<void> => {
  await sql`delete from presence where at < ${new Date(now.getTime() - FORGOTTEN_MS)}::timestamptz`.execute(
    db,
  )
}
