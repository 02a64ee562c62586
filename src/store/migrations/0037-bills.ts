import { type QueryExecutorProvider, sql } from 'kysely'

/**
 * What a build of a release contains, as its bill of materials says: one for each build, the last one told. Packages are
 * found by name across all releases.
 */
export const up = async (db: QueryExecutorProvider): Promise<void> => {
  await sql`
    create table bill (
      id uuid primary key, release_id uuid not null references release, build text not null, format text not null,
      name text, packages int not null, told_by jsonb not null, told_at timestamptz not null,
      unique (release_id, build)
    )`.execute(db)
  await sql`
    create table bill_package (
      bill_id uuid not null references bill on delete cascade, position int not null, name text not null, version text,
      purl text, primary key (bill_id, position)
    )`.execute(db)
  await sql`create index bill_package_name on bill_package (lower(name) text_pattern_ops)`.execute(db)
  // people ask for log4j-core, and not for its group
  await sql`create index bill_package_last on bill_package (lower(regexp_replace(name, '^.*/', '')) text_pattern_ops)`.execute(
    db,
  )
}
