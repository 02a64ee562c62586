import { sql } from 'kysely'
import type { Tx } from './database.ts'

/** Every key that a work item has: its own, and those that tools gave it. `ids` narrows it to these. */
export const KEYS_OF_WORK = sql`
  select w.id as work_item_id, w.key from work_item w
  union all
  select m.record_id, m.remote_key from mirror m
  where m.record_kind = 'work item' and m.remote_key is not null and m.state not in ('gone', 'unlinked')`

/** Whether release `r` (of trace_release) contains the fix of span `s`. */
export const IN_SPAN = sql`s.line_id = r.line_id and s.since <= r.position and (s.until is null or s.until > r.position)`

export interface WorkOfKey {
  readonly key: string
  readonly id: string
  readonly workKey: string
  readonly title: string
}

/** Which work items of the product, or of none yet, these keys mean. A key that none has is left out. */
export const workOfKeys = async (
  tx: Tx,
  productId: string,
  keys: readonly string[],
): Promise<readonly WorkOfKey[]> => {
  if (keys.length === 0) return []
  const { rows } = await sql<WorkOfKey>`
    select distinct on (k.key) k.key, w.id, w.key as "workKey", w.title
    from (${KEYS_OF_WORK}) k join work_item w on w.id = k.work_item_id
    where k.key = any(${[...keys]}::text[]) and (w.product_id is null or w.product_id = ${productId}::uuid)
    order by k.key, w.product_id nulls last, w.id`.execute(tx)
  return rows
}

/** Of these work items, those whose release is known by its commits to contain their fix. */
export const fixedInTheirRelease = async (tx: Tx, ids: readonly string[]): Promise<ReadonlySet<string>> => {
  const { rows } = await sql<{ readonly id: string }>`
    select distinct w.id from work_item w join (${KEYS_OF_WORK}) k on k.work_item_id = w.id
      join trace_release r on r.release_id = w.release_id join trace_span s on s.key = k.key and ${IN_SPAN}
    where w.id = any(${[...ids]}::uuid[])`.execute(tx)
  return new Set(rows.map(({ id }) => id))
}
