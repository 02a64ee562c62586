import { sql } from 'kysely'
import type { Database } from './database.ts'
import { RECORD_WORDS } from './views/found-words.ts'

const AT_ONCE = 200
const MOST = 2_000
const DAY_MS = 86_400_000

/**
 * Forgets words that nothing says any more (migrations/0016): what was deleted or rewritten must not be found in any
 * corner. The words looked at longest ago first, some each time; of a word that is kept twice, one goes.
 */
export const forgetWords = async (db: Database, now: Date): Promise<void> => {
  for (let done = 0; done < MOST; done += AT_ONCE) {
    const looked = await db.transaction().execute(async (tx) => {
      await sql`select set_config('enable_seqscan', 'off', true)`.execute(tx)
      return sql<{ looked: number }>`
        with batch as materialized (
          select ctid as place, word, quote_literal(word)::tsquery as asked from known_word
          where looked_at < ${new Date(now.getTime() - DAY_MS)}::timestamptz order by looked_at limit ${sql.lit(AT_ONCE)}
        ), unsaid as materialized (
          select place from batch b where exists (select from known_word twin where twin.word = b.word and twin.ctid < b.place)
            or not exists (select from ticket t where ${RECORD_WORDS.ticket} @@ b.asked)
            and not exists (select from work_item w where ${RECORD_WORDS['work item']} @@ b.asked)
            and not exists (select from message c where c.deleted_at is null
              and said_words(c.body, '', c.at, array['@' || c.record_kind]) @@ b.asked)
            and not exists (select from note c where c.deleted_at is null
              and said_words(c.body, '', c.at, array['@' || c.record_kind, '@' || c.audience]) @@ b.asked)
        ), gone as (
          delete from known_word where ctid = any(array(select place from unsaid))
        ), kept as (
          update known_word set looked_at = ${now}::timestamptz
          where ctid = any(array(select place from batch where place not in (select place from unsaid)))
        )
        select count(*)::int as looked from batch`.execute(tx)
    })
    if ((looked.rows[0]?.looked ?? 0) < AT_ONCE) return
  }
}
