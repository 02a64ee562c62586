import { sql } from 'kysely'
import type { Actor } from '../../domain/actor.ts'
import { careWindows, type Uplift, upliftOf } from '../../domain/hyper-care.ts'
import type { Database } from '../database.ts'
import type { Release } from '../releases.ts'
import type { Named } from './shown-parts.ts'

/** What was found after a release came out. */
export interface ShownJump {
  readonly id: string
  readonly ticket: { readonly id: string; readonly key: string; readonly title: string } | null
  readonly foundAt: Date
  readonly dismissedAt: Date | null
  readonly dismissedBy: Actor | null
}

export interface ComponentContacts extends Uplift {
  /** Null: of the product, no component said. */
  readonly component: Named | null
  readonly jump: ShownJump | null
}

interface Row {
  readonly id: string | null
  readonly name: string | null
  /** Contacts by window: 0 after go-live, 1 … 4 so many weeks before. */
  readonly counts: Readonly<Record<string, number>>
  readonly jump:
    | (Omit<ShownJump, 'foundAt' | 'dismissedAt'> & {
        readonly foundAt: string
        readonly dismissedAt: string | null
      })
    | null
}

/**
 * Contacts for each component since a release came out, against the same windows before; those with most first. An incident
 * that was raised for a jump is no contact. Null: the release is not out, or nothing is watched.
 */
export const contactsAfter = async (
  db: Database,
  release: Pick<Release, 'id' | 'product_id' | 'released_at'>,
  careHours: number,
  now: Date,
): Promise<readonly ComponentContacts[] | null> => {
  const windows = release.released_at === null ? null : careWindows(release.released_at, careHours, now)
  if (windows === null) return null
  const all = [windows.after, ...windows.before]
  const { rows } = await sql<Row>`
    with windows (n, starts, ends) as (
      values ${sql.join(all.map(({ from, to }, n) => sql`(${sql.lit(n)}, ${from}::timestamptz, ${to}::timestamptz)`))}
    ), counted as (
      select t.component_id, w.n, count(*)::int as contacts from windows w join ticket t
        on t.product_id = ${release.product_id}::uuid and t.created_at >= w.starts and t.created_at < w.ends
      where t.state <> 'cancelled' and not exists (select from contacts_jump j where j.ticket_id = t.id)
      group by 1, 2
    ), found as (
      select component_id, jsonb_object_agg(n, contacts) as counts from counted group by 1
      union all select component_id, '{}' from contacts_jump j where j.release_id = ${release.id}::uuid
        and not exists (select from counted c where c.component_id is not distinct from j.component_id)
    )
    select c.id, c.name, f.counts,
      case when j.id is null then null else jsonb_build_object('id', j.id, 'foundAt', j.found_at,
        'dismissedAt', j.dismissed_at, 'dismissedBy', j.dismissed_by, 'ticket', case when t.id is null then null
          else jsonb_build_object('id', t.id, 'key', t.key, 'title', t.title) end) end as jump
    from found f left join component c on c.id = f.component_id
      left join contacts_jump j on j.release_id = ${release.id}::uuid
        and j.component_id is not distinct from f.component_id
      left join ticket t on t.id = j.ticket_id
    order by coalesce((f.counts->>'0')::int, 0) desc, c.name nulls last limit 200`.execute(db)
  return rows.map(({ id, name, counts, jump }) => ({
    ...upliftOf(
      counts['0'] ?? 0,
      windows.before.map((_, week) => counts[String(week + 1)] ?? 0),
    ),
    component: id === null ? null : { id, name: name ?? '' },
    jump: jump && {
      ...jump,
      foundAt: new Date(jump.foundAt),
      dismissedAt: jump.dismissedAt === null ? null : new Date(jump.dismissedAt),
    },
  }))
}

/** Releases whose hours after go-live are running, or ended within the last hour: they are looked at once more. */
export const releasesInCare = async (db: Database, now: Date): Promise<readonly string[]> =>
  (
    await sql<{ readonly id: string }>`
      select r.id from release r left join go_live_rule g on g.product_id = r.product_id
      where r.state = 'released' and r.released_at <= ${now}::timestamptz
        and r.released_at > ${now}::timestamptz - interval '15 days'
        and r.released_at + make_interval(hours => coalesce(g.care_hours, 48) + 1) > ${now}::timestamptz
      order by r.released_at, r.id`.execute(db)
  ).rows.map(({ id }) => id)

/** The latest of the contacts that jumped, for whoever looks into it. */
export const latestContacts = async (
  db: Database,
  asked: {
    readonly productId: string
    readonly componentId: string | null
    readonly since: Date
    readonly most: number
  },
): Promise<readonly { readonly id: string; readonly key: string; readonly title: string }[]> =>
  (
    await sql<{ readonly id: string; readonly key: string; readonly title: string }>`
      select id, key, title from ticket t where t.product_id = ${asked.productId}::uuid
        and t.component_id is not distinct from ${asked.componentId}::uuid
        and t.created_at >= ${asked.since}::timestamptz and t.state <> 'cancelled'
      order by t.created_at desc, t.id desc limit ${sql.lit(asked.most)}`.execute(db)
  ).rows
