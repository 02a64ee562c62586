import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { openTestDatabase } from '../../test/support/database.ts'
import { migrate, pendingMigrations } from './migrate.ts'

it('runs each migration once, so that a restart changes nothing', async () => {
  const test = await openTestDatabase()
  try {
    expect(await pendingMigrations(test.db)).toEqual([])
    expect(await migrate(test.db)).toEqual([])
    const tables = await sql<{
      n: number
    }>`select count(*)::int as n from information_schema.tables where table_name = 'mirror'`.execute(test.db)
    expect(tables.rows).toEqual([{ n: 1 }])
  } finally {
    await test.close()
  }
})
