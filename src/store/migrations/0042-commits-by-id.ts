import { type QueryExecutorProvider, sql } from 'kysely'

/**
 * A commit is found by its id first: statistics that are older than a long first walk say that a repository has next to
 * no commits, and reading all of them then looked cheap, for every batch anew (100,000 commits: eight minutes).
 */
export const up = async (db: QueryExecutorProvider): Promise<void> => {
  await sql`
    alter table trace_commit drop constraint trace_commit_repository_id_sha_key, add unique (sha, repository_id)`.execute(
    db,
  )
}
