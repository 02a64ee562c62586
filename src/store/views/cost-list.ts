import { sql } from 'kysely'
import { minutesLost } from '../../domain/cause.ts'
import type { Refusal } from '../../domain/refusal.ts'
import type { TicketState } from '../../domain/words.ts'
import { ok, type Result } from '../../lib/result.ts'
import { type Page, type PageRequest, pageOf, pageSize, readPlace } from '../cursor.ts'
import type { Tx } from '../database.ts'

/** Whose incidents are added up: of one change, of a release with its changes and deployments, or of a person. */
export type CostOf = { readonly change: string } | { readonly release: string } | { readonly person: string }

export interface CostlyIncident {
  readonly id: string
  readonly key: string
  readonly title: string
  readonly state: TicketState
  readonly impactAt: Date
  /** Nobody said when it began: it is when the first of its tickets was made. */
  readonly isAssumed: boolean
  /** Resolved, or cancelled. */
  readonly resolvedAt: Date | null
  /** Until it was resolved, or until now. */
  readonly minutes: number
  /** It and the tickets that were merged into it, and into those. */
  readonly tickets: number
}

export interface Costs {
  readonly incidents: number
  readonly tickets: number
  readonly minutes: number
  readonly page: Page<CostlyIncident>
}

/** Confirmed causes, each incident once, however many of its causes count here; what turned out to be none is not there. */
const incidentsOf = (of: CostOf) => {
  const confirmed = sql`select x.ticket_id from cause x join ticket t on t.id = x.ticket_id and t.kind = 'incident'`
  const are = sql`where x.state = 'confirmed' and`
  if ('change' in of)
    return sql`${confirmed} left join deployment d on d.id = x.deployment_id
      ${are} (x.change_id = ${of.change}::uuid or d.change_id = ${of.change}::uuid)`
  if ('release' in of)
    return sql`${confirmed} left join deployment d on d.id = x.deployment_id left join change c on c.id = x.change_id
      ${are} (x.release_id = ${of.release}::uuid or d.release_id = ${of.release}::uuid or c.release_id = ${of.release}::uuid)`
  return sql`${confirmed} left join deployment d on d.id = x.deployment_id left join change c on c.id = coalesce(x.change_id, d.change_id)
    left join flag_flip f on f.id = x.flag_flip_id
    ${are} (c.owner_id = ${of.person}::uuid or c.created_by->>'id' = ${of.person} or c.begun_by->>'id' = ${of.person}
      or f.person_id = ${of.person}::uuid
      or d.reported_by->>'id' = ${of.person})`
}

/** One that was cancelled was never resolved, and lasts no longer all the same. */
const ENDED = sql`coalesce(t.resolved_at, t.closed_at)`

/**
 * What was merged meanwhile counts as the ticket that it became. It is one outage: it began at the first moment that
 * somebody said of any of these incidents, else when the first of them was made.
 */
const withRoots = (of: CostOf) => sql`
  with recursive up as (
    select c.id, c.merged_into from ticket c where c.id in (${incidentsOf(of)})
    union select c.id, c.merged_into from ticket c join up on c.id = up.merged_into
  ),
  behind as (
    select up.id as root, up.id from up where up.merged_into is null
    union select b.root, m.id from ticket m join behind b on m.merged_into = b.id
  ),
  caused as (
    select b.root, count(*)::int as tickets, min(m.impact_began_at) filter (where m.kind = 'incident') as said,
      min(m.created_at) filter (where m.kind = 'incident') as made
    from behind b join ticket m on m.id = b.id group by b.root
  )`

const BEGAN = sql`coalesce(caused.said, caused.made)`

/** The latest first, with what all of them add up to. */
export const costsOf = async (
  tx: Tx,
  of: CostOf,
  now: Date,
  page: PageRequest,
): Promise<Result<Costs, Refusal>> => {
  const place = readPlace(page.after, 'time')
  if (!place.ok) return place
  const limit = pageSize(page.limit)
  const after =
    place.value === null
      ? sql``
      : sql`where (${BEGAN}, t.id) < (${place.value.at}::timestamptz, ${place.value.id}::uuid)`
  const { rows } = await sql<Omit<CostlyIncident, 'minutes'>>`
    ${withRoots(of)}
    select t.id, t.key, t.title, t.state, ${BEGAN} as "impactAt", caused.said is null as "isAssumed",
      ${ENDED} as "resolvedAt", caused.tickets
    from caused join ticket t on t.id = caused.root ${after}
    order by ${BEGAN} desc, t.id desc limit ${sql.lit(limit + 1)}`.execute(tx)
  const { rows: sums } = await sql<Pick<Costs, 'incidents' | 'tickets' | 'minutes'>>`
    ${withRoots(of)}
    select count(*)::int as incidents, coalesce(sum(caused.tickets), 0)::int as tickets,
      coalesce(sum(greatest(0, round(extract(epoch from coalesce(${ENDED}, ${now}::timestamptz) - ${BEGAN}) / 60))), 0)::float8 as minutes
    from caused join ticket t on t.id = caused.root`.execute(tx)
  const found = pageOf(rows, limit, (row) => ({ at: row.impactAt.toISOString(), id: row.id }))
  return ok({
    ...(sums[0] ?? { incidents: 0, tickets: 0, minutes: 0 }),
    page: {
      items: found.items.map((row) => ({ ...row, minutes: minutesLost(row.impactAt, row.resolvedAt, now) })),
      next: found.next,
    },
  })
}
