import { sql } from 'kysely'
import type { Actor } from '../../domain/actor.ts'
import {
  type CauseFacts,
  type CauseKind,
  type CauseState,
  ranked,
  type Suspicion,
  suspect,
} from '../../domain/cause.ts'
import { CAUSE_COLUMN, CAUSE_TABLE } from '../causes.ts'
import type { Tx } from '../database.ts'
import type { Ticket } from '../tickets.ts'
import type { Named } from './shown-parts.ts'

export interface ShownCause {
  readonly kind: CauseKind
  readonly id: string
  /** Of a change. */
  readonly key: string | null
  readonly title: string
  /** The release it is, or brought. */
  readonly release: Named | null
  /** Where it was done: an environment of ours, or a customer’s installation. */
  readonly place: string | null
  /** Who did it. */
  readonly by: string | null
  readonly at: Date
  readonly state: CauseState
  readonly decided: { readonly by: Actor; readonly at: string } | null
  readonly suspicion: Suspicion
}

export interface Causes {
  /** Of no other time known: when the ticket was made. */
  readonly impact: { readonly at: Date; readonly isAssumed: boolean }
  readonly hours: number
  readonly causes: readonly ShownCause[]
  /** There is more than is listed: look at a shorter time. */
  readonly isCut: boolean
}

type Row = Omit<ShownCause, 'suspicion' | 'state'> &
  Omit<CauseFacts, 'at' | 'kind'> & { readonly state: CauseState | null }

/** Of each kind, beside those that were decided about: more are looked at by nobody. */
const MOST = 50

export const impactOf = (ticket: Pick<Ticket, 'impact_began_at' | 'created_at'>) => ({
  at: ticket.impact_began_at ?? ticket.created_at,
  isAssumed: ticket.impact_began_at === null,
})

/**
 * What was done to a ticket's product before its impact began, and whatever was decided about before, ranked. A ticket
 * without a product is looked for in all of them.
 */
export const causesOf = async (tx: Tx, ticket: Ticket, hours: number): Promise<Causes> => {
  const impact = impactOf(ticket)
  const { rows } = await sql<Row>`
    with place as (
      select coalesce(r.id, i.release_id) as release_id
      from (select 1) one left join installation i on i.id = ${ticket.installation_id}::uuid
        left join release r on r.product_id = ${ticket.product_id}::uuid and r.name = ${ticket.release_version}
    ),
    decided as (select * from cause where ticket_id = ${ticket.id}::uuid),
    span as (select ${impact.at}::timestamptz as upto, ${impact.at}::timestamptz - make_interval(hours => ${hours}) as since)
    select * from (${changes(ticket)} union all ${deployments(ticket)} union all ${flips(ticket)} union all ${releases(ticket)}) x
    order by x.at desc, x.id`.execute(tx)
  const open = Map.groupBy(
    rows.filter(({ state }) => state === null),
    ({ kind }) => kind,
  )
  const more = new Set([...open.values()].flatMap((those) => those.slice(MOST)))
  const listed = rows.filter((row) => !more.has(row))
  const causes = listed.map(
    ({ isSameComponent, isTheirRelease, isTheirPlace, wentWrong, level, isEmergency, ...row }) => ({
      ...row,
      state: row.state ?? 'suspected',
      suspicion: suspect(
        {
          kind: row.kind,
          at: row.at,
          isSameComponent,
          isTheirRelease,
          isTheirPlace,
          wentWrong,
          level,
          isEmergency,
        },
        impact.at,
      ),
    }),
  )
  return { impact, hours, causes: ranked(causes), isCut: more.size > 0 }
}

const NO_COMPONENT = sql`null::boolean as "isSameComponent"`
const DECIDED = sql`x.state, case when x.id is null then null else jsonb_build_object('by', x.decided_by, 'at', x.decided_at) end as decided`

/** What was decided about, whenever it was and however much came after it, and the latest of the rest of the span. */
const chosen = (
  kind: CauseKind,
  at: ReturnType<typeof sql>,
  { product_id }: Ticket,
  also: ReturnType<typeof sql> = sql`true`,
) => {
  const decided = sql`select ${sql.ref(CAUSE_COLUMN[kind])} from decided where ${sql.ref(CAUSE_COLUMN[kind])} is not null`
  return sql`(${decided} union all (
    select o.id from ${sql.table(CAUSE_TABLE[kind])} o
    where ${at} <= (select upto from span) and ${at} > (select since from span) and o.id not in (${decided})
      and (${product_id}::uuid is null or o.product_id = ${product_id}::uuid) and ${also}
    order by ${at} desc limit ${sql.lit(MOST + 1)}))`
}

/** Of a change, and of a deployment by the change it carries out. */
const isSameComponent = (change: ReturnType<typeof sql>, { component_id }: Ticket) => sql`
  case when ${component_id}::uuid is null or not exists (select from change_component cc where cc.change_id = ${change}) then null
    else exists (select from change_component cc where cc.change_id = ${change} and cc.component_id = ${component_id}::uuid)
  end as "isSameComponent"`

const changes = (ticket: Ticket) => sql`
  select 'change' as kind, c.id, c.key, c.title,
    case when r.id is null then null else jsonb_build_object('id', r.id, 'name', r.name) end as release,
    (select string_agg(e.name, ', ' order by e.name) from change_environment ce join environment e on e.id = ce.environment_id
      where ce.change_id = c.id) as place,
    coalesce(o.name, c.created_by->>'name') as by, c.begun_at as at, ${DECIDED},
    ${isSameComponent(sql`c.id`, ticket)},
    coalesce(c.release_id = (select release_id from place limit 1), false) as "isTheirRelease", false as "isTheirPlace",
    coalesce(c.outcome <> 'successful', false) as "wentWrong", c.risk->>'level' as level, c.kind = 'emergency' as "isEmergency"
  from change c left join decided x on x.change_id = c.id left join release r on r.id = c.release_id
    left join person o on o.id = c.owner_id
  where c.begun_at is not null and c.id in ${chosen('change', sql`o.begun_at`, ticket)}`

const deployments = (ticket: Ticket) => sql`
  select 'deployment' as kind, d.id, null as key, p.name || ' ' || r.name as title,
    jsonb_build_object('id', r.id, 'name', r.name) as release, coalesce(e.name, u.name || ' · ' || i.environment) as place,
    d.reported_by->>'name' as by, coalesce(d.finished_at, d.started_at) as at, ${DECIDED},
    ${isSameComponent(sql`d.change_id`, ticket)},
    coalesce(d.release_id = (select release_id from place limit 1), false) as "isTheirRelease",
    coalesce(d.installation_id = ${ticket.installation_id}::uuid, false) as "isTheirPlace",
    d.state in ('failed', 'rolled back') as "wentWrong", null as level, false as "isEmergency"
  from deployment d join product p on p.id = d.product_id join release r on r.id = d.release_id
    left join decided x on x.deployment_id = d.id left join environment e on e.id = d.environment_id
    left join installation i on i.id = d.installation_id left join customer u on u.id = i.customer_id
  where d.id in ${chosen(
    'deployment',
    sql`coalesce(o.finished_at, o.started_at)`,
    ticket,
    sql`(
    o.installation_id is null or ${ticket.installation_id}::uuid is null or o.installation_id = ${ticket.installation_id}::uuid)`,
  )}`

const flips = (ticket: Ticket) => sql`
  select 'flag flip' as kind, f.id, null as key, f.flag || ': ' || coalesce(f.from_value || ' → ', '') || f.to_value as title,
    null::jsonb as release, e.name as place, coalesce(h.name, f.reported_by->>'name') as by, f.at, ${DECIDED}, ${NO_COMPONENT},
    false as "isTheirRelease", false as "isTheirPlace", false as "wentWrong", null as level, false as "isEmergency"
  from flag_flip f left join decided x on x.flag_flip_id = f.id left join environment e on e.id = f.environment_id
    left join person h on h.id = f.person_id
  where f.id in ${chosen('flag flip', sql`o.at`, ticket)}`

const releases = (ticket: Ticket) => sql`
  select 'release' as kind, r.id, null as key, p.name || ' ' || r.name as title,
    jsonb_build_object('id', r.id, 'name', r.name) as release, null as place, null as by, r.released_at as at, ${DECIDED},
    ${NO_COMPONENT}, coalesce(r.id = (select release_id from place limit 1), false) as "isTheirRelease",
    false as "isTheirPlace", r.state = 'withdrawn' as "wentWrong", null as level, false as "isEmergency"
  from release r join product p on p.id = r.product_id left join decided x on x.release_id = r.id
  where r.released_at is not null and r.id in ${chosen('release', sql`o.released_at`, ticket)}`
