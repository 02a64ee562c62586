import { type Kysely, sql } from 'kysely'

/**
 * A conflict about a value that stands nowhere any more: our write replaced it in the tool. Both sides agree by then,
 * so only a person ends it, and it stands beside another one about the same field.
 */
export const up = async (db: Kysely<unknown>): Promise<void> => {
  await sql`alter table conflict add column overwritten boolean not null default false`.execute(db)
  await sql`drop index conflict_open`.execute(db)
  await sql`create unique index conflict_open on conflict (mirror_id, field) where settled_at is null and not overwritten`.execute(
    db,
  )
}
