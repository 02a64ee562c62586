import { sql } from 'kysely'
import type { RiskFacts } from '../domain/change-risk.ts'
import type { Tx } from './database.ts'

type Counted = Pick<
  RiskFacts,
  'components' | 'workItems' | 'blockedItems' | 'customers' | 'ended' | 'wentWrong'
>

const HISTORY_DAYS = 90

/** The figures that the risk of a change is made of, in one question. */
export const countRisk = async (
  tx: Tx,
  change: { readonly id: string; readonly productId: string },
  now: Date,
): Promise<Counted> => {
  const { id, productId } = change
  const { rows } = await sql<Counted>`
    with mine as (select component_id from change_component where change_id = ${id}::uuid),
    brought as (select work_item_id from change_work_item where change_id = ${id}::uuid and relation = 'brings'),
    past as (
      select c.outcome from change c where c.product_id = ${productId}::uuid and c.id <> ${id}::uuid and c.outcome is not null
        and c.begun_at > ${now}::timestamptz - make_interval(days => ${sql.lit(HISTORY_DAYS)})
        and (not exists (select from mine) or exists (
          select from change_component x join mine m on m.component_id = x.component_id where x.change_id = c.id))
    )
    select (select count(*)::int from mine) as components, (select count(*)::int from brought) as "workItems",
      (select count(distinct l.to_id)::int from work_item_link l join work_item w on w.id = l.from_id
        where l.kind = 'blocks' and l.to_id in (select work_item_id from brought)
          and l.from_id not in (select work_item_id from brought)
          and w.state not in ('done', 'declined', 'duplicate')) as "blockedItems",
      (select count(distinct customer_id)::int from installation where product_id = ${productId}::uuid) as customers,
      (select count(*)::int from past) as ended,
      (select count(*)::int from past where outcome in ('failed', 'backed out')) as "wentWrong"`.execute(tx)
  return rows[0] ?? { components: 0, workItems: 0, blockedItems: 0, customers: 0, ended: 0, wentWrong: 0 }
}
