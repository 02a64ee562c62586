import { type Selectable, sql } from 'kysely'
import type { CommitSays } from '../domain/trace/read-message.ts'
import type { NewId } from '../lib/ids.ts'
import type { Tx } from './database.ts'
import type { RepositoryTable } from './tables.ts'

/** Commits that matter, and what their messages mean within their repository. */
export type Repository = Selectable<RepositoryTable>

export interface NewCommit extends CommitSays {
  readonly sha: string
  readonly author: string
  readonly at: Date
}

/** The repository, made where it is new, and held: what its releases contain is computed by one at a time. */
export const heldRepository = async (
  tx: Tx,
  repository: { readonly id: string; readonly productId: string; readonly name: string; readonly at: Date },
): Promise<Repository> => {
  await tx
    .insertInto('repository')
    .values({
      id: repository.id,
      product_id: repository.productId,
      name: repository.name,
      created_at: repository.at,
    })
    .onConflict((conflict) => conflict.columns(['product_id', 'name']).doNothing())
    .execute()
  return tx
    .selectFrom('repository')
    .selectAll()
    .where('product_id', '=', repository.productId)
    .where('name', '=', repository.name)
    .forUpdate()
    .executeTakeFirstOrThrow()
}

/** Keeps commits; one that is known stays as it is. A copy takes the keys of what it copies, whichever came first. */
export const insertCommits = async (
  tx: Tx,
  repositoryId: string,
  commits: readonly NewCommit[],
  newId: NewId,
): Promise<void> => {
  if (commits.length === 0) return
  const rows = commits.map(({ at, ...commit }) => ({ ...commit, id: newId(), at: at.toISOString() }))
  await sql`
    insert into trace_commit (id, repository_id, sha, subject, author, authored_at, keys, reverts, picks, pull)
    select (c->>'id')::uuid, ${repositoryId}::uuid, c->>'sha', c->>'subject', c->>'author', (c->>'at')::timestamptz,
      array(select jsonb_array_elements_text(c->'keys')), array(select jsonb_array_elements_text(c->'reverts')),
      array(select jsonb_array_elements_text(c->'picks')), c->>'pull'
    from jsonb_array_elements(${JSON.stringify(rows)}::jsonb) c
    on conflict (repository_id, sha) do nothing`.execute(tx)
  const shas = sql`${commits.map(({ sha }) => sha)}::text[]`
  await sql`
    insert into trace_key (commit_id, key)
    select c.id, key from trace_commit c cross join unnest(c.keys) key
      where c.repository_id = ${repositoryId}::uuid and c.sha = any(${shas})
    union
    select c.id, k.key from trace_commit c cross join unnest(c.picks) picked
      join trace_commit o on o.repository_id = c.repository_id and o.sha = picked join trace_key k on k.commit_id = o.id
      where c.repository_id = ${repositoryId}::uuid and c.sha = any(${shas})
    union
    select c.id, key from trace_commit o cross join unnest(o.keys) key
      join trace_commit c on c.repository_id = o.repository_id and cardinality(c.picks) > 0 and o.sha = any(c.picks)
      where o.repository_id = ${repositoryId}::uuid and o.sha = any(${shas})
    on conflict do nothing`.execute(tx)
}

/**
 * Finds what these commits take back: a commit by its id or the beginning of one, or all that a pull request brought.
 * Each way is asked by itself, so that each has its index.
 */
export const resolveReverts = async (
  tx: Tx,
  repositoryId: string,
  shas: readonly string[],
): Promise<void> => {
  await sql`
    with revert as (
      select c.id, said from trace_commit c cross join unnest(c.reverts) said
      where c.repository_id = ${repositoryId}::uuid and c.sha = any(${[...shas]}::text[])
    )
    insert into trace_undo (commit_id, undone_id)
    select r.id, o.id from revert r join trace_commit o on o.repository_id = ${repositoryId}::uuid and o.sha = r.said
      where length(r.said) >= 40
    union
    select r.id, o.id from revert r join trace_commit o
      on o.repository_id = ${repositoryId}::uuid and o.sha >= r.said and o.sha < r.said || 'g'
      where length(r.said) < 40 and r.said ~ '^[0-9a-f]+$'
    union
    select r.id, o.id from revert r join trace_commit o on o.repository_id = ${repositoryId}::uuid and o.pull = r.said
      where r.said !~ '^[0-9a-f]+$' and o.id <> r.id
    on conflict do nothing`.execute(tx)
}
