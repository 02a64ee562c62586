import { sql } from 'kysely'
import type { Actor } from '../../domain/actor.ts'
import type { ReleaseNews } from '../../domain/release-news.ts'
import type { Database } from '../database.ts'
import type { Named } from './shown-parts.ts'

/** What happened to a release that one follows, and one has not looked yet. */
export type ListedNews = ReleaseNews & {
  readonly id: string
  readonly release: Named & { readonly product: string }
  readonly by: Actor
  readonly at: Date
}

const MOST = 100

/** The latest first. */
export const listReleaseNews = async (db: Database, personId: string): Promise<readonly ListedNews[]> =>
  (
    await sql<ListedNews>`
      select n.id, n.kind, n.data, n.by, n.at,
        jsonb_build_object('id', r.id, 'name', r.name, 'product', p.name) as release
      from release_news n join release r on r.id = n.release_id join product p on p.id = r.product_id
      where n.person_id = ${personId}::uuid and n.seen_at is null
      order by n.at desc, n.id desc limit ${sql.lit(MOST)}`.execute(db)
  ).rows
