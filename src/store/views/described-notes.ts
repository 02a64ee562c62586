import { sql } from 'kysely'
import type { NoteKind } from '../../domain/release-note.ts'
import type { Database } from '../database.ts'
import { IN_SPAN, KEYS_OF_WORK } from '../traced-work.ts'
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
 * The newest approved notes on what behaves differently and what is broken that have any of these words. A version comes
 * with the notes of its own release, and with those of a release that its commits were built on.
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
    select n.id, n.kind, n.title, n.body, n.say, n.workaround, n.work_item_id as "workItemId",
      r.product_id as "productId", jsonb_build_object('id', r.id, 'name', r.name) as release,
      case when ${releaseId}::uuid is null then 'unknown' when n.release_id = ${releaseId}::uuid then 'yes'
        else coalesce((select case when mine.position <= theirs.position then 'yes' else 'no' end
          from trace_release mine join trace_release theirs on theirs.line_id = mine.line_id
          where mine.release_id = n.release_id and theirs.release_id = ${releaseId}::uuid limit 1), 'unknown') end as has,
      coalesce(w.state = 'done' and exists (
        select from (${KEYS_OF_WORK}) k join trace_span s on s.key = k.key join trace_release r on ${IN_SPAN}
        where k.work_item_id = w.id and r.release_id = ${releaseId}::uuid), false) as "isFixed"
    from release_note n join release r on r.id = n.release_id left join work_item w on w.id = n.work_item_id
    where n.state = 'approved' and n.removed_at is null and n.kind in ('behaves differently', 'known broken')
      and ${WORDS} @@ to_tsquery('simple', ${words.map((word) => `'${word}':*`).join(' | ')})
      and (${productId}::uuid is null or r.product_id = ${productId}::uuid)
    order by n.approved_at desc, n.id limit ${sql.lit(MOST)}`.execute(db)
  return rows
}
