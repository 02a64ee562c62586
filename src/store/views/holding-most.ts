import { type RawBuilder, sql } from 'kysely'

/**
 * `(id)` of the rows that hold the most of these words, the newest first among equals. Each word is asked of the words' index
 * by itself, and only where it is found is counted: an old row that says all of it must not be lost behind many new ones that
 * share one common word, and the words of a row are never read again.
 *
 * `holding`: `id` and `at` of the rows that match a tsquery.
 */
export const holdingMost = (
  words: readonly string[],
  limit: number,
  holding: (query: RawBuilder<unknown>) => RawBuilder<unknown>,
): RawBuilder<unknown> => sql`
  select id from (${sql.join(
    words.map((word) => holding(sql`to_tsquery('simple', ${`'${word}':*`})`)),
    sql` union all `,
  )}) hits group by id order by count(*) desc, max(at) desc, id limit ${sql.lit(limit)}`
