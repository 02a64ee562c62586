import { sql } from 'kysely'
import type { NoteKind } from '../../domain/release-note.ts'
import type { Database } from '../database.ts'
import { IN_SPAN, KEYS_OF_WORK } from '../traced-work.ts'
import { holdingMost } from './holding-most.ts'
import type { Named } from './shown-parts.ts'

/** An approved note that says something of the same words, with what is known of it in one version. */
export interface DescribedNote {
  readonly id: string
  readonly kind: NoteKind
  readonly title: string
  readonly body: string
  readonly say: string | null
  readonly workaround: string | null
  readonly release: Named
  readonly productId: string
  readonly workItemId: string | null
  /** Whether the version that the caller runs comes with it. */
  readonly has: 'yes' | 'no' | 'unknown'
  /** Of something broken: that version has the fix of its work. */
  readonly isFixed: boolean
}

const MOST = 50

/** What a note says, as migration 0028 indexes it. */
const WORDS = sql`to_tsvector('simple', n.title || ' ' || n.body || ' ' || coalesce(n.say, '') || ' ' || coalesce(n.workaround, ''))`

/**
 * The approved notes on what behaves differently and what is broken that have the most of these words. A version comes with
 * the notes of its own release and of those that it was built on, on whatever line of commits.
 */
export const describedNotes = async (
  db: Database,
  asked: {
    readonly words: readonly string[]
    readonly productId: string | null
    readonly releaseId: string | null
  },
): Promise<readonly DescribedNote[]> => {
  const { words, productId, releaseId } = asked
  if (words.length === 0) return []
  const { rows } = await sql<DescribedNote>`
    with recursive earlier (repository_id, id) as (
      select repository_id, release_id from trace_release where release_id = ${releaseId}::uuid
      union select t.repository_id, t.basis_id from trace_release t join earlier e
        on t.release_id = e.id and t.repository_id = e.repository_id where t.basis_id is not null
    ), later (repository_id, id) as (
      select repository_id, release_id from trace_release where release_id = ${releaseId}::uuid
      union select t.repository_id, t.release_id from trace_release t join later l
        on t.basis_id = l.id and t.repository_id = l.repository_id
    ), found as materialized (${holdingMost(
      words,
      MOST,
      (query) => sql`
      select n.id, n.approved_at as at from release_note n join release r on r.id = n.release_id
      where n.state = 'approved' and n.removed_at is null and n.kind in ('behaves differently', 'known broken')
        and ${WORDS} @@ ${query} and (${productId}::uuid is null or r.product_id = ${productId}::uuid)`,
    )})
    select n.id, n.kind, n.title, n.body, n.say, n.workaround, n.work_item_id as "workItemId",
      r.product_id as "productId", jsonb_build_object('id', r.id, 'name', r.name) as release,
      case when ${releaseId}::uuid is null then 'unknown'
        when r.id = ${releaseId}::uuid or r.id in (select id from earlier) then 'yes'
        when r.id in (select id from later) then 'no' else 'unknown' end as has,
      coalesce(w.state = 'done' and exists (
        select from (${KEYS_OF_WORK}) k join trace_span s on s.key = k.key join trace_release r on ${IN_SPAN}
        where k.work_item_id = w.id and r.release_id = ${releaseId}::uuid), false) as "isFixed"
    from found f join release_note n on n.id = f.id join release r on r.id = n.release_id
      left join work_item w on w.id = n.work_item_id`.execute(db)
  return rows
}
