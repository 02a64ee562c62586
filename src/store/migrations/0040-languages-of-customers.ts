import { type QueryExecutorProvider, sql } from 'kysely'

/** Who signs in chooses a language; most customers never do, and are written to in theirs all the same. */
const STATEMENTS = [
  `alter table customer add column language text`,
  `alter table contact add column language text`,
]

export const up = async (db: QueryExecutorProvider): Promise<void> => {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}
