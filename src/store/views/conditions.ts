import { type RawBuilder, sql } from 'kysely'

/** Conditions that an index can serve, whatever they are asked of. */

type Part = RawBuilder<unknown>

/** Written as they are, not as parameters: statements are planned once for all values, and these are told apart by how many rows each has. */
export const isOneOf = (column: Part, words: readonly string[]): Part =>
  words.length === 0 ? sql`false` : sql`${column} in (${sql.join(words.map((word) => sql.lit(word)))})`

/** Equality, where an index helps; or, for null, that there is none. */
export const isOf = (column: Part, id: string | null): Part =>
  id === null ? sql`${column} is null` : sql`${column} = ${id}::uuid`

export const whereAll = (conditions: readonly Part[]): Part =>
  conditions.length === 0 ? sql`` : sql`where ${sql.join(conditions, sql` and `)}`
