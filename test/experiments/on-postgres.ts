import { sql } from 'kysely'
import { connect, type Database } from '../../src/store/database.ts'
import { migrate } from '../../src/store/migrate.ts'
import type { TestDatabase } from '../support/database.ts'
import type { Outcome } from './experiment.ts'
import { startPrivatePostgres } from './private-postgres.ts'

/** Runs on the PostgreSQL of the tests, emptied; else on one of its own; else says why it was not run. */
export const onPostgres = async (
  test: TestDatabase,
  seed: number,
  run: (own: Pick<TestDatabase, 'db' | 'url'>) => Promise<Outcome>,
): Promise<Outcome> => {
  if (test.engine === 'postgres') {
    await emptyTables(test.db)
    return run(test)
  }
  const own = await startPrivatePostgres()
  if (!own.ok) return { seed, counts: { run: `no: ${own.error}` }, failures: [] }
  const db = connect({ url: own.value.url, max: 10 })
  try {
    await migrate(db)
    return await run({ db, url: own.value.url })
  } finally {
    await db.destroy()
    await own.value.close()
  }
}

const emptyTables = (db: Database): Promise<unknown> =>
  sql`truncate connection, mapping, mirror, ticket, work_item, escalation, person, team, product, component, rule, route cascade`.execute(
    db,
  )
