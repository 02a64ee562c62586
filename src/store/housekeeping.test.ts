import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTestDatabase, type TestDatabase } from '../../test/support/database.ts'
import { housekeep } from './housekeeping.ts'

let test: TestDatabase
beforeAll(async () => {
  test = await openTestDatabase()
})
afterAll(() => test.close())

it('forgets old deliveries in pieces and keeps those a tool may still repeat', async () => {
  const now = new Date('2026-03-02T08:00:00Z')
  const id = '00000000-0000-7000-8000-000000000001'
  await sql`insert into delivery (connection_id, delivery_id, received_at)
    select ${id}::uuid, 'old ' || n, ${new Date('2026-02-01T00:00:00Z')}::timestamptz from generate_series(1, 12000) n`.execute(
    test.db,
  )
  await sql`insert into delivery (connection_id, delivery_id, received_at) values (${id}::uuid, 'new', ${new Date('2026-03-01T00:00:00Z')}::timestamptz)`.execute(
    test.db,
  )
  expect(await housekeep(test.db, now)).toBe(12_000)
  expect(await test.db.selectFrom('delivery').select('delivery_id').execute()).toEqual([
    { delivery_id: 'new' },
  ])
  expect(await housekeep(test.db, now)).toBe(0)
})
