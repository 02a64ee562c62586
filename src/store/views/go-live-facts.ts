import { sql } from 'kysely'
import { type Behind, coveredHours, type Facts } from '../../domain/go-live.ts'
import type { Tx } from '../database.ts'
import { dutiesOf } from '../go-live.ts'
import type { Release } from '../releases.ts'
import { readCalendar } from './calendar.ts'
import { unnotedIn } from './release-note-list.ts'

/** As many records behind a number as one looks at there. */
const SHOWN = 20
const DAY_MS = 86_400_000

interface Counted {
  readonly severe: number
  readonly severeBehind: readonly Behind[]
  readonly noted: number
  readonly approved: number
  readonly notesBehind: readonly Behind[]
  readonly unnoted: number
  readonly unnotedBehind: readonly Behind[]
  readonly cases: number
  readonly passed: number
  readonly casesBehind: readonly Behind[]
}

const shown = (rows: ReturnType<typeof sql>, kind: Behind['kind'], key: ReturnType<typeof sql>) => sql`
  (select coalesce(jsonb_agg(jsonb_build_object('kind', ${kind}::text, 'id', x.id, 'key', ${key}, 'title', x.title)), '[]')
    from (${rows} limit ${sql.lit(SHOWN)}) x)`

/** What is counted of a release before it goes live. */
export const goLiveFacts = async (
  tx: Tx,
  release: Pick<Release, 'id' | 'product_id' | 'planned_from' | 'planned_to' | 'released_at' | 'state'>,
  careHours: number,
  now: Date,
): Promise<Facts> => {
  const { id, product_id } = release
  const severe = sql`from work_item w where w.kind = 'defect' and w.severity_rank = 1
    and w.state not in ('done', 'declined', 'duplicate')
    and (w.product_id = ${product_id}::uuid or w.release_id = ${id}::uuid)`
  const notes = sql`from release_note n where n.release_id = ${id}::uuid and n.removed_at is null
    and n.kind in ('behaves differently', 'known broken')`
  const cases = sql`from acceptance_case c left join lateral (
      select r.result from acceptance_run r where r.case_id = c.id and r.case_version = c.version
      order by r.run_at desc, r.id desc limit 1
    ) l on true where c.release_id = ${id}::uuid and c.removed_at is null`
  const { rows } = await sql<Counted>`
    with unnoted as materialized (${unnotedIn(id)})
    select (select count(*)::int ${severe}) as severe,
      ${shown(sql`select w.id, w.key, w.title ${severe} order by w.number`, 'work item', sql`x.key`)} as "severeBehind",
      (select count(*)::int ${notes}) as noted, (select count(*)::int ${notes} and n.state = 'approved') as approved,
      ${shown(sql`select n.id, n.title ${notes} and n.state <> 'approved' order by n.created_at, n.id`, 'note', sql`null::text`)} as "notesBehind",
      (select count(*)::int from unnoted) as unnoted,
      ${shown(sql`select u.id, u.key, u.title from unnoted u order by u.number`, 'work item', sql`x.key`)} as "unnotedBehind",
      (select count(*)::int ${cases}) as cases, (select count(*)::int ${cases} and l.result = 'passed') as passed,
      ${shown(sql`select c.id, c.title ${cases} and l.result is distinct from 'passed' order by c.created_at, c.id`, 'case', sql`null::text`)} as "casesBehind"`.execute(
    tx,
  )
  const [row] = rows
  if (row === undefined) throw new Error('the facts of a release were not counted')
  const duties = (await dutiesOf(tx, id)).map((duty) => ({ fromHour: duty.from_hour, toHour: duty.to_hour }))
  return {
    severe: { count: row.severe, behind: row.severeBehind },
    notes: {
      ...{ approved: row.approved, all: row.noted + row.unnoted },
      behind: [...row.notesBehind, ...row.unnotedBehind].slice(0, SHOWN),
    },
    acceptance: { passed: row.passed, all: row.cases, behind: row.casesBehind },
    rota: { hours: careHours, covered: coveredHours(duties, careHours) },
    conflicts: await conflictsWith(tx, release, now),
  }
}

/** Bookings in its way on the days it is expected; null: nobody said when, or it came out already. */
const conflictsWith = async (
  tx: Tx,
  release: Pick<Release, 'id' | 'planned_from' | 'planned_to' | 'released_at' | 'state'>,
  now: Date,
): Promise<Facts['conflicts']> => {
  const [from, to] = [release.planned_from ?? release.planned_to, release.planned_to ?? release.planned_from]
  if (from === null || to === null || release.released_at !== null || release.state === 'withdrawn')
    return null
  const span = { from: new Date(`${from}T00:00:00Z`), to: new Date(Date.parse(`${to}T00:00:00Z`) + DAY_MS) }
  const conflicts = (await readCalendar(tx, span, now)).conflicts.filter(
    (one) => one.release.id === release.id,
  )
  return {
    count: conflicts.length,
    behind: conflicts.slice(0, SHOWN).map(({ booking: { id, environment, person, purpose } }) => ({
      ...{ kind: 'booking', id, key: null, title: `${environment.name} · ${person.name} · ${purpose}` },
    })),
  }
}
