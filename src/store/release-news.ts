import { sql } from 'kysely'
import type { Actor } from '../domain/actor.ts'
import type { ReleaseNews } from '../domain/release-news.ts'
import type { NewId } from '../lib/ids.ts'
import type { Tx } from './database.ts'

/** Everybody who follows a release, alone or with a team, as far as they are still here. */
const followersOf = async (tx: Tx, releaseId: string): Promise<readonly string[]> =>
  (
    await sql<{ readonly id: string }>`
      select p.id from person p where p.archived_at is null and p.id in (
        select f.person_id from release_follower f where f.release_id = ${releaseId}::uuid
        union select m.person_id from release_follower f join team_member m on m.team_id = f.team_id
          where f.release_id = ${releaseId}::uuid
      ) order by p.id`.execute(tx)
  ).rows.map(({ id }) => id)

/**
 * Tells whoever follows a release, but not who did it. Until somebody looked, news of one kind is one line: a day that
 * moved twice moved from the first to the last, and one that moved back did not move. The release is held.
 */
export const insertNews = async (
  tx: Tx,
  told: {
    readonly newId: NewId
    readonly releaseId: string
    readonly news: ReleaseNews
    readonly by: Actor
    readonly at: Date
  },
): Promise<void> => {
  const { releaseId, news, by, at } = told
  const all = await followersOf(tx, releaseId)
  if (all.length === 0) return
  const mine = by.kind === 'person' ? by.id : null
  const rows = all
    .filter((id) => id !== mine)
    .map((id) => ({
      ...{ id: told.newId(), release_id: releaseId, person_id: id, kind: news.kind },
      ...{ data: JSON.stringify(news.data), by: JSON.stringify(by), at },
    }))
  // whoever does something knows how it stands
  if (mine !== null)
    await sql`update release_news set seen_at = ${at}::timestamptz where person_id = ${mine}::uuid
      and release_id = ${releaseId}::uuid and kind = ${news.kind} and seen_at is null`.execute(tx)
  if (rows.length > 0)
    await tx
      .insertInto('release_news')
      .values(rows)
      .onConflict((conflict) =>
        conflict
          .columns(['person_id', 'release_id', 'kind'])
          .where('seen_at', 'is', null)
          .doUpdateSet({
            data: sql`case when excluded.kind = 'estimated'
              then excluded.data || jsonb_build_object('from', release_news.data->'from') else excluded.data end`,
            by: sql`excluded.by`,
            at: sql`excluded.at`,
          }),
      )
      .execute()
  if (news.kind === 'estimated')
    await sql`delete from release_news where release_id = ${releaseId}::uuid and kind = 'estimated'
      and seen_at is null and data->'from' = data->'to'`.execute(tx)
}

/** Seen twice is seen. */
export const seeNews = async (tx: Tx, personId: string, id: string, now: Date): Promise<void> => {
  await tx
    .updateTable('release_news')
    .set({ seen_at: now })
    .where('id', '=', id)
    .where('person_id', '=', personId)
    .where('seen_at', 'is', null)
    .execute()
}
