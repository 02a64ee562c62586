import { sql } from 'kysely'
import type { WorkItemKind, WorkItemState } from '../../domain/words.ts'
import type { RichText } from '../../sync/rich-text/index.ts'
import type { Database } from '../database.ts'
import { IN_SPAN, KEYS_OF_WORK } from '../traced-work.ts'
import { RECORD_WORDS } from './found-words.ts'
import { holdingMost } from './holding-most.ts'
import { RELEASE_WITH_HISTORY } from './shared-columns.ts'
import { type Named, type ReleaseJson, readRelease, type ShownRelease } from './shown-parts.ts'

/** Work that says something of the same words, with what is known of it in one version. */
export interface DescribedWork {
  readonly id: string
  readonly key: string
  readonly title: string
  readonly kind: WorkItemKind
  readonly state: WorkItemState
  readonly description: RichText
  /** What else it says of how it behaves. */
  readonly says: string
  readonly productId: string | null
  readonly behaviourNote: string | null
  readonly workaround: string | null
  readonly declineReason: string | null
  readonly has: 'yes' | 'no' | 'unknown'
  readonly firstIn: Named | null
  readonly planned: ShownRelease | null
  readonly tickets: number
}

const MOST = 200

/**
 * The work of the product that has the most of these words. `releaseId`: what the caller runs; null: nobody knows. A release
 * that no commits tell of has what was planned for it; of work that is done and that no commit names, nobody knows.
 */
export const describedWork = async (
  db: Database,
  asked: {
    readonly words: readonly string[]
    readonly productId: string | null
    readonly releaseId: string | null
  },
): Promise<readonly DescribedWork[]> => {
  if (asked.words.length === 0) return []
  const { rows } = await sql<Omit<DescribedWork, 'planned'> & { readonly planned: ReleaseJson | null }>`
    with found as materialized (${holdingMost(
      asked.words,
      MOST,
      (query) => sql`
      select w.id, w.created_at as at from work_item w where ${RECORD_WORDS['work item']} @@ ${query} and w.state <> 'duplicate'
        and (${asked.productId}::uuid is null or w.product_id is null or w.product_id = ${asked.productId}::uuid)`,
    )}),
    having_it as materialized (
      select distinct k.work_item_id as id from found f join (${KEYS_OF_WORK}) k on k.work_item_id = f.id
        join trace_span s on s.key = k.key join trace_release r on ${IN_SPAN} where r.release_id = ${asked.releaseId}::uuid
    ),
    first_in as materialized (
      select distinct on (k.work_item_id) k.work_item_id as id, r.release_id from found f
        join (${KEYS_OF_WORK}) k on k.work_item_id = f.id
        join trace_span s on s.key = k.key and not s.inherited
        join trace_release r on r.line_id = s.line_id and r.position = s.since
      order by k.work_item_id, r.at, r.release_id
    )
    select w.id, w.key, w.title, w.kind, w.state, w.description, w.product_id as "productId",
      concat_ws(' ', w.behaviour_note, w.actual, w.expected, w.steps, w.workaround) as says,
      w.behaviour_note as "behaviourNote", w.workaround, w.decline_reason as "declineReason",
      case when ${asked.releaseId}::uuid is null then 'unknown' when h.id is not null then 'yes'
        when exists (select from trace_release t where t.release_id = ${asked.releaseId}::uuid)
          then case when w.state = 'done' and not exists (select from (${KEYS_OF_WORK}) k join trace_span s on s.key = k.key
            where k.work_item_id = w.id) then 'unknown' else 'no' end
        when w.release_id = ${asked.releaseId}::uuid then 'yes' else 'unknown' end as has,
      case when n.id is null then null else jsonb_build_object('id', n.id, 'name', n.name) end as "firstIn",
      ${RELEASE_WITH_HISTORY} as planned,
      (select count(distinct e.ticket_id)::int from escalation e where e.work_item_id = w.id) as tickets
    from found f join work_item w on w.id = f.id left join having_it h on h.id = w.id
      left join first_in i on i.id = w.id left join release n on n.id = i.release_id`.execute(db)
  return rows.map((row) => ({ ...row, planned: row.planned && readRelease(row.planned) }))
}
