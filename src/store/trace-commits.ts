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
    select c.id, key from trace_commit c cross join unnest(c.picks) picked
      join trace_commit o on o.repository_id = c.repository_id and o.sha = picked cross join unnest(o.keys) key
      where c.repository_id = ${repositoryId}::uuid and cardinality(c.picks) > 0 and c.picks && ${shas}
        and picked = any(${shas})
    on conflict do nothing`.execute(tx)
}

/**
 * Finds what these commits take back: a commit by its id or the beginning of one, or all that a pull request brought. Each
 * way is asked by itself, so that each has its index.
 */
export const resolveReverts = async (
  tx: Tx,
  repositoryId: string,
  shas: readonly string[],
): Promise<void> => {
  const repository = sql`${repositoryId}::uuid`
  const { rows } = await sql<Named>`
    with revert as (
      select c.id, said from trace_commit c cross join unnest(c.reverts) said
      where c.repository_id = ${repository} and c.sha = any(${[...shas]}::text[])
    )
    select r.id as "commitId", r.said as sha, o.id as "undoneId" from revert r
      left join trace_commit o on o.repository_id = ${repository} and o.sha = r.said where length(r.said) >= 40
    union
    select r.id, o.sha, o.id from revert r join trace_commit o
      on o.repository_id = ${repository} and o.sha >= r.said and o.sha < r.said || 'g'
      where length(r.said) < 40 and r.said ~ '^[0-9a-f]+$'
    union
    select r.id, o.sha, o.id from revert r join trace_commit o on o.repository_id = ${repository} and o.pull = r.said
      where r.said !~ '^[0-9a-f]+$' and o.id <> r.id`.execute(tx)
  if (rows.length > 0) await writeUndone(tx, repositoryId, rows)
}

/** What a message says that its commit takes back; the id only where the commit is known. */
interface Named {
  readonly commitId: string
  readonly sha: string
  readonly undoneId: string | null
}

/**
 * With what is named its copies go, and the copies of these. What it was copied from, and other copies of that, are
 * meant only where it is not: there the message was carried over from another line.
 */
const writeUndone = async (tx: Tx, repositoryId: string, named: readonly Named[]): Promise<void> => {
  const repository = sql`${repositoryId}::uuid`
  const said = sql`jsonb_to_recordset(${JSON.stringify(named)}::jsonb) as n("commitId" uuid, sha text, "undoneId" uuid)`
  await sql`
    with recursive taken (commit_id, sha) as (
      select n."commitId", n.sha collate "C" from ${said}
      union
      select t.commit_id, c.sha from taken t join trace_commit c
        on c.repository_id = ${repository} and cardinality(c.picks) > 0 and c.picks @> array[t.sha]
    )
    insert into trace_undo (commit_id, undone_id)
    select t.commit_id, c.id from taken t join trace_commit c on c.repository_id = ${repository} and c.sha = t.sha
    on conflict (commit_id, undone_id) do update set unless_id = null where trace_undo.unless_id is not null`.execute(
    tx,
  )
  await sql`
    with recursive origin (commit_id, named_id, sha) as (
      select n."commitId", n."undoneId", picked collate "C" from ${said} join trace_commit o on o.id = n."undoneId"
        cross join unnest(o.picks) picked
      union
      select p.commit_id, p.named_id, picked collate "C" from origin p
        join trace_commit o on o.repository_id = ${repository} and o.sha = p.sha cross join unnest(o.picks) picked
    ),
    family (commit_id, named_id, sha) as (
      select commit_id, named_id, sha from origin
      union
      select f.commit_id, f.named_id, c.sha from family f join trace_commit c
        on c.repository_id = ${repository} and cardinality(c.picks) > 0 and c.picks @> array[f.sha]
    )
    insert into trace_undo (commit_id, undone_id, unless_id)
    select distinct on (f.commit_id, c.id) f.commit_id, c.id, f.named_id
    from family f join trace_commit c on c.repository_id = ${repository} and c.sha = f.sha
    on conflict do nothing`.execute(tx)
}
