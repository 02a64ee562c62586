import { type Selectable, sql } from 'kysely'
import type { ReachedCommit } from '../domain/trace/keys-in-effect.ts'
import type { Tx } from './database.ts'
import type { TraceReleaseTable } from './tables.ts'

/** Lines of releases: what each reaches, and from which of its releases to which a fix is in it. */
export type TracedRelease = Selectable<TraceReleaseTable>

export interface Place {
  readonly lineId: string
  readonly position: number
}

export const findTracedRelease = async (
  tx: Tx,
  releaseId: string,
  repositoryId: string,
): Promise<TracedRelease | null> =>
  (await tx
    .selectFrom('trace_release')
    .selectAll()
    .where('release_id', '=', releaseId)
    .where('repository_id', '=', repositoryId)
    .executeTakeFirst()) ?? null

/** The release of this commit; of several the last of a line, which a next one can be appended to. */
export const findReleaseOfCommit = async (
  tx: Tx,
  repositoryId: string,
  sha: string,
): Promise<(TracedRelease & { readonly isHead: boolean }) | null> => {
  const { rows } = await sql<TracedRelease & { readonly isHead: boolean }>`
    select r.*, l.head = r.position as "isHead" from trace_release r join trace_line l on l.id = r.line_id
    where r.repository_id = ${repositoryId}::uuid and r.sha = ${sha}
    order by "isHead" desc, r.traced_at desc limit 1`.execute(tx)
  return rows[0] ?? null
}

/** The release of the product that is this commit, by its id or the beginning of one; null: none, or several. */
export const findReleaseOfSha = async (tx: Tx, productId: string, sha: string): Promise<string | null> => {
  const { rows } = await sql<{ readonly id: string }>`
    select distinct t.release_id as id from repository p join trace_release t on t.repository_id = p.id
    where p.product_id = ${productId}::uuid and t.sha >= ${sha} and t.sha < ${sha} || 'g' limit 2`.execute(tx)
  return rows.length === 1 && /^[0-9a-f]{7,64}$/.test(sha) ? (rows[0]?.id ?? null) : null
}

/** The next place on the line of its basis, or on a line of its own that begins with all that the basis reaches. */
export const nextPlace = async (
  tx: Tx,
  line: { readonly newId: string; readonly repositoryId: string },
  basis: (TracedRelease & { readonly isHead: boolean }) | null,
): Promise<Place> => {
  if (basis?.isHead === true) {
    const position = basis.position + 1
    await tx.updateTable('trace_line').set({ head: position }).where('id', '=', basis.line_id).execute()
    return { lineId: basis.line_id, position }
  }
  await tx
    .insertInto('trace_line')
    .values({ id: line.newId, repository_id: line.repositoryId, head: 1 })
    .execute()
  if (basis !== null) {
    await sql`
      insert into trace_reach (line_id, commit_id, position, place)
      select ${line.newId}::uuid, commit_id, 0, row_number() over (order by position, place)
      from trace_reach where line_id = ${basis.line_id}::uuid and position <= ${basis.position}`.execute(tx)
    await sql`
      insert into trace_span (line_id, key, since, inherited)
      select ${line.newId}::uuid, key, 0, true from trace_span
      where line_id = ${basis.line_id}::uuid and since <= ${basis.position}
        and (until is null or until > ${basis.position})`.execute(tx)
  }
  return { lineId: line.newId, position: 1 }
}

/** Lets these commits, in the order of history, be reached from here on. Answers those that nobody took in before. */
export const reachCommits = async (
  tx: Tx,
  repositoryId: string,
  { lineId, position }: Place,
  shas: readonly string[],
): Promise<readonly string[]> => {
  const { rows } = await sql<{ readonly sha: string }>`
    with asked as (select sha, place from unnest(${[...shas]}::text[]) with ordinality as a (sha, place)),
    known as (
      select a.place, c.id from asked a
      join trace_commit c on c.repository_id = ${repositoryId}::uuid and c.sha = a.sha
    ),
    written as (
      insert into trace_reach (line_id, commit_id, position, place)
      select ${lineId}::uuid, id, ${position}, min(place) from known group by id on conflict do nothing
    )
    select sha from asked where place not in (select place from known)`.execute(tx)
  return rows.map(({ sha }) => sha)
}

/** Keys whose standing a release can have changed: of its new commits, and of all that these take back, directly or not. */
export const touchedKeys = async (tx: Tx, { lineId, position }: Place): Promise<readonly string[]> => {
  const { rows } = await sql<{ readonly key: string }>`
    with recursive touched (id) as (
      select commit_id from trace_reach where line_id = ${lineId}::uuid and position = ${position}
      union
      select u.undone_id from touched t join trace_undo u on u.commit_id = t.id
        join trace_reach r on r.line_id = ${lineId}::uuid and r.commit_id = u.undone_id
    )
    select distinct k.key from touched t join trace_key k on k.commit_id = t.id`.execute(tx)
  return rows.map(({ key }) => key)
}

/** Every commit of the line that says something of these keys, in the order of history. */
export const reachedCommits = async (
  tx: Tx,
  lineId: string,
  keys: readonly string[],
): Promise<readonly ReachedCommit[]> => {
  // `offset 0`: commit by commit, also where old statistics make all that the line reaches look like less
  const { rows } = await sql<ReachedCommit>`
    with recursive speaking (id) as (
      select k.commit_id from (select commit_id from trace_key where key = any(${[...keys]}::text[]) offset 0) k
        cross join lateral (
          select from trace_reach where line_id = ${lineId}::uuid and commit_id = k.commit_id offset 0) r
      union
      select u.commit_id from speaking s join trace_undo u on u.undone_id = s.id
        join trace_reach r on r.line_id = ${lineId}::uuid and r.commit_id = u.commit_id
    )
    select s.id,
      array(select k.key from trace_key k where k.commit_id = s.id and k.key = any(${[...keys]}::text[])) as keys,
      array(select u.undone_id::text from trace_undo u where u.commit_id = s.id and not exists (
        select from trace_reach n where n.line_id = ${lineId}::uuid and n.commit_id = u.unless_id)) as undoes
    from speaking s cross join lateral (
      select position, place from trace_reach where line_id = ${lineId}::uuid and commit_id = s.id offset 0) r
    order by r.position, r.place`.execute(tx)
  return rows
}

/** Of these keys, those whose fix is in the line now. */
export const openSpans = async (
  tx: Tx,
  lineId: string,
  keys: readonly string[],
): Promise<ReadonlySet<string>> => {
  const { rows } = await sql<{ readonly key: string }>`
    select key from trace_span where line_id = ${lineId}::uuid and until is null
      and key = any(${[...keys]}::text[])`.execute(tx)
  return new Set(rows.map(({ key }) => key))
}

export const writeSpans = async (
  tx: Tx,
  { lineId, position }: Place,
  spans: { readonly enters: readonly string[]; readonly leaves: readonly string[] },
): Promise<void> => {
  await sql`
    insert into trace_span (line_id, key, since, inherited)
    select ${lineId}::uuid, key, ${position}, false from unnest(${[...spans.enters]}::text[]) key`.execute(tx)
  await sql`
    update trace_span set until = ${position} where line_id = ${lineId}::uuid and until is null
      and key = any(${[...spans.leaves]}::text[])`.execute(tx)
}

export const insertTracedRelease = async (tx: Tx, release: TracedRelease): Promise<void> => {
  await tx.insertInto('trace_release').values(release).execute()
}

/** Whether releases of this repository were built on it. */
export const isBasis = async (tx: Tx, { release_id, repository_id }: TracedRelease): Promise<boolean> =>
  (await tx
    .selectFrom('trace_release')
    .select('release_id')
    .where('basis_id', '=', release_id)
    .where('repository_id', '=', repository_id)
    .executeTakeFirst()) !== undefined

/** Takes the last release of a line off it, as if it had never been told of. */
export const untraceRelease = async (tx: Tx, traced: TracedRelease): Promise<void> => {
  const { line_id, position } = traced
  await tx
    .deleteFrom('trace_release')
    .where('release_id', '=', traced.release_id)
    .where('repository_id', '=', traced.repository_id)
    .execute()
  await sql`delete from trace_reach where line_id = ${line_id}::uuid and position = ${position}`.execute(tx)
  await sql`delete from trace_span where line_id = ${line_id}::uuid and since = ${position}`.execute(tx)
  await sql`update trace_span set until = null where line_id = ${line_id}::uuid and until = ${position}`.execute(
    tx,
  )
  if (position > 1) {
    await tx
      .updateTable('trace_line')
      .set({ head: position - 1 })
      .where('id', '=', line_id)
      .execute()
    return
  }
  await tx.deleteFrom('trace_reach').where('line_id', '=', line_id).execute()
  await tx.deleteFrom('trace_span').where('line_id', '=', line_id).execute()
  await tx.deleteFrom('trace_line').where('id', '=', line_id).execute()
}
