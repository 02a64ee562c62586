import { type QueryExecutorProvider, sql } from 'kysely'

/**
 * From commits to releases. A repository's releases lie on lines, each release of a line built on the one before it; a
 * line that branches off begins with what its basis reached. So what a release contains is a span of a line, and a new
 * release writes only what changed. Commits that bear no key, revert or copy are not kept.
 */
export const up = async (db: QueryExecutorProvider): Promise<void> => {
  await sql`
    create table repository (
      id uuid primary key, product_id uuid not null references product, name text not null, created_at timestamptz not null,
      unique (product_id, name)
    )`.execute(db)
  await sql`
    create table trace_commit (
      id uuid primary key, repository_id uuid not null references repository, sha text collate "C" not null,
      subject text not null, author text not null, authored_at timestamptz not null,
      keys text[] not null, reverts text[] not null, picks text[] not null, pull text,
      unique (repository_id, sha)
    )`.execute(db)
  await sql`create index trace_commit_pull on trace_commit (repository_id, pull) where pull is not null`.execute(
    db,
  )
  await sql`create table trace_key (commit_id uuid not null references trace_commit, key text not null, primary key (commit_id, key))`.execute(
    db,
  )
  await sql`create index trace_key_key on trace_key (key)`.execute(db)
  // both are commits of one repository; the second is taken back by the first
  await sql`
    create table trace_undo (
      commit_id uuid not null references trace_commit, undone_id uuid not null references trace_commit,
      primary key (commit_id, undone_id)
    )`.execute(db)
  await sql`create index trace_undo_undone on trace_undo (undone_id)`.execute(db)
  await sql`
    create table trace_line (
      id uuid primary key, repository_id uuid not null references repository, head int not null
    )`.execute(db)
  // from which release of the line on a commit can be reached; 0: since the line branched off
  await sql`
    create table trace_reach (
      line_id uuid not null references trace_line, commit_id uuid not null references trace_commit,
      position int not null, place int not null, primary key (line_id, commit_id)
    )`.execute(db)
  await sql`create index trace_reach_commit on trace_reach (commit_id)`.execute(db)
  await sql`create index trace_reach_position on trace_reach (line_id, position)`.execute(db)
  await sql`
    create table trace_release (
      release_id uuid not null references release, repository_id uuid not null references repository,
      sha text collate "C" not null, line_id uuid not null references trace_line, position int not null,
      basis_id uuid references release, counted int not null, at timestamptz not null, traced_at timestamptz not null,
      primary key (release_id, repository_id), unique (line_id, position)
    )`.execute(db)
  await sql`create index trace_release_sha on trace_release (repository_id, sha)`.execute(db)
  await sql`create index trace_release_basis on trace_release (basis_id) where basis_id is not null`.execute(
    db,
  )
  // the fix is in the releases of the line from `since` on, up to before `until`
  await sql`
    create table trace_span (
      line_id uuid not null references trace_line, key text not null, since int not null, until int,
      inherited boolean not null, primary key (line_id, key, since)
    )`.execute(db)
  await sql`create index trace_span_key on trace_span (key)`.execute(db)
  await sql`create index trace_span_since on trace_span (line_id, since)`.execute(db)
  await sql`create index trace_span_until on trace_span (line_id, until) where until is not null`.execute(db)
  await sql`create index mirror_remote_key on mirror (remote_key) where record_kind = 'work item'`.execute(db)
  await sql`create index installation_release on installation (release_id) where release_id is not null`.execute(
    db,
  )
}
