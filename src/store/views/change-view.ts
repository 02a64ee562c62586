import { sql } from 'kysely'
import type { Actor } from '../../domain/actor.ts'
import { FREEZE_KEY } from '../../domain/change-approval.ts'
import type { Risk } from '../../domain/change-risk.ts'
import type { Asked, ChangeRules } from '../../domain/change-rules.ts'
import type { WorkItemKind, WorkItemState } from '../../domain/words.ts'
import { isId } from '../../lib/ids.ts'
import { holdsKey } from '../change-rules.ts'
import type { Tx } from '../database.ts'
import { CHANGE_JOINS, keyName, LISTED_CHANGE, type ListedChange } from './change-list.ts'
import { type InJson, type KeyedName, moment, type Named } from './shown-parts.ts'

/** A key that a change needs: who may give it, and who did. */
export interface ShownKey {
  readonly name: string
  readonly asks: Asked['what'] | typeof FREEZE_KEY
  /** The person or team that is asked by name. */
  readonly of: Named | null
  readonly holders: readonly Named[]
  readonly given: {
    readonly decision: 'approved' | 'rejected'
    readonly by: Named
    readonly at: Date
    readonly reason: string | null
  } | null
}

export interface ChangeView extends ListedChange {
  readonly reason: string
  readonly createdBy: Actor
  readonly createdAt: Date
  readonly model: Named | null
  readonly components: readonly KeyedName[]
  readonly workItems: readonly {
    readonly id: string
    readonly key: string
    readonly title: string
    readonly kind: WorkItemKind
    readonly state: WorkItemState
    readonly relation: 'brings' | 'displaces'
  }[]
  readonly plans: { readonly implement: string; readonly test: string; readonly backOut: string }
  readonly isBackOutTested: boolean
  readonly testEvidence: string | null
  readonly url: string | null
  readonly scope: number
  /** As it was when keys were asked for; null: they were not. */
  readonly risk: Risk | null
  readonly keys: readonly ShownKey[]
  readonly begunEarly: string | null
  readonly endNote: string | null
  readonly review: string | null
  readonly begunAt: Date | null
  readonly begunBy: Actor | null
  readonly finishedAt: Date | null
  readonly endedAt: Date | null
}

const MOST_HOLDERS = 20

const GIVEN = (name: ReturnType<typeof keyName>) => sql`(
  select jsonb_build_object('decision', k.decision, 'by', jsonb_build_object('id', g.id, 'name', g.name), 'at', k.at, 'reason', k.reason)
  from change_key k join person g on g.id = k.person_id where k.change_id = c.id and k.scope = c.scope and k.name = ${name})`

/** By id or key; null: there is none. */
export const findChangeView = async (
  tx: Tx,
  ref: string,
  rules: ChangeRules,
  now: Date,
): Promise<ChangeView | null> => {
  const asked = sql`(select c.asked || '[{"what":"change manager","id":null,"freeze":true}]'::jsonb)`
  const isFreeze = sql`(a.value ? 'freeze')`
  const name = sql`case when ${isFreeze} then ${FREEZE_KEY} else ${keyName(sql`a.value`)} end`
  const { rows } = await sql<Omit<ChangeView, 'keys'> & { readonly keys: readonly InJson<ShownKey>[] }>`
    select ${LISTED_CHANGE(now)}, c.reason, c.created_by as "createdBy", c.created_at as "createdAt",
      case when m.id is null then null else jsonb_build_object('id', m.id, 'name', m.name) end as model,
      coalesce((select jsonb_agg(jsonb_build_object('id', e.id, 'key', e.key, 'name', e.name) order by e.name, e.id)
        from change_component x join component e on e.id = x.component_id where x.change_id = c.id), '[]') as components,
      coalesce((select jsonb_agg(jsonb_build_object('id', w.id, 'key', w.key, 'title', w.title, 'kind', w.kind, 'state', w.state,
          'relation', x.relation) order by x.relation, w.number)
        from change_work_item x join work_item w on w.id = x.work_item_id where x.change_id = c.id), '[]') as "workItems",
      jsonb_build_object('implement', c.plan_implement, 'test', c.plan_test, 'backOut', c.plan_back_out) as plans,
      c.is_back_out_tested as "isBackOutTested", c.test_evidence as "testEvidence", c.url, c.scope, c.risk,
      c.begun_early as "begunEarly", c.end_note as "endNote", c.review, c.begun_at as "begunAt", c.begun_by as "begunBy",
      c.finished_at as "finishedAt", c.ended_at as "endedAt",
      (select jsonb_agg(jsonb_build_object(
          'name', ${name}, 'asks', case when ${isFreeze} then ${FREEZE_KEY} else a.value->>'what' end,
          'of', (select jsonb_build_object('id', n.id, 'name', n.name) from (
            select id, name from person union all select id, name from team) n where n.id = (a.value->>'id')::uuid),
          'holders', coalesce((select jsonb_agg(jsonb_build_object('id', h.id, 'name', h.name) order by h.name, h.id) from (
            select p.id, p.name from person p where ${holdsKey(sql`a.value`, sql`c.product_id`, rules)}
            order by p.name, p.id limit ${sql.lit(MOST_HOLDERS)}) h), '[]'),
          'given', ${GIVEN(name)}) order by a.ordinality)
        from jsonb_array_elements(${asked}) with ordinality a) as keys
    from ${CHANGE_JOINS} left join change_model m on m.id = c.model_id
    where ${isId(ref) ? sql`c.id = ${ref}::uuid` : sql`c.key = ${ref.toUpperCase()}`}`.execute(tx)
  const [row] = rows
  if (row === undefined) return null
  return {
    ...row,
    keys: row.keys.map(({ given, ...key }) => ({
      ...key,
      given: given === null ? null : { ...given, at: moment(given.at) ?? now },
    })),
  }
}
