import { type QueryExecutorProvider, sql } from 'kysely'

/** Chat tools in which our people may ask. The secret is what the tool signs or is known with, sealed. */
export const up = async (db: QueryExecutorProvider): Promise<void> => {
  await sql`
    create table chat (
      id uuid primary key, name text not null, kind text not null, product_id uuid references product,
      language text not null, secret text not null, heard_at timestamptz, refused_at timestamptz, refused_why text,
      version int not null default 1, created_at timestamptz not null, updated_at timestamptz not null,
      archived_at timestamptz
    )`.execute(db)
}
