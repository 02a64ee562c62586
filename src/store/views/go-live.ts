import { sql } from 'kysely'
import type { Actor } from '../../domain/actor.ts'
import type { Decision, Measured } from '../../domain/go-live.ts'
import type { Database } from '../database.ts'
import type { DecidedSignOff } from '../go-live-tables.ts'
import type { Named } from './shown-parts.ts'

export interface ShownDecision {
  readonly id: string
  readonly decision: Decision
  readonly reason: string | null
  /** As they were measured at that moment. */
  readonly criteria: readonly Measured[]
  readonly signOffs: readonly DecidedSignOff[]
  readonly by: Actor
  readonly at: Date
}
export interface ShownDuty {
  readonly id: string
  readonly person: Named
  readonly fromHour: number
  readonly toHour: number
}
export interface ShownFollower {
  readonly id: string
  readonly person: Named | null
  readonly team: Named | null
}

const MOST_DECISIONS = 20

/** The latest first. */
export const decisionsOf = async (db: Database, releaseId: string): Promise<readonly ShownDecision[]> =>
  (
    await sql<ShownDecision>`
      select id, decision, reason, criteria, sign_offs as "signOffs", decided_by as "by", decided_at as "at"
      from go_decision where release_id = ${releaseId}::uuid
      order by decided_at desc, id desc limit ${sql.lit(MOST_DECISIONS)}`.execute(db)
  ).rows

/** Who is there after it came out, and who follows it: people first, by name. */
export const peopleOfGoLive = async (
  db: Database,
  releaseId: string,
): Promise<{ readonly rota: readonly ShownDuty[]; readonly followers: readonly ShownFollower[] }> => {
  const { rows: rota } = await sql<ShownDuty>`
    select d.id, d.from_hour as "fromHour", d.to_hour as "toHour",
      jsonb_build_object('id', p.id, 'name', p.name) as person
    from care_duty d join person p on p.id = d.person_id where d.release_id = ${releaseId}::uuid
    order by d.from_hour, d.to_hour, p.name`.execute(db)
  const { rows: followers } = await sql<ShownFollower>`
    select f.id, case when p.id is null then null else jsonb_build_object('id', p.id, 'name', p.name) end as person,
      case when t.id is null then null else jsonb_build_object('id', t.id, 'name', t.name) end as team
    from release_follower f left join person p on p.id = f.person_id left join team t on t.id = f.team_id
    where f.release_id = ${releaseId}::uuid and coalesce(p.id, t.id) is not null
    order by t.name nulls first, p.name`.execute(db)
  return { rota, followers }
}
