import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { connect, type Database } from './database.ts'
import { type Embedded, startEmbedded } from './embedded.ts'

let engine: Embedded
let db: Database
beforeAll(async () => {
  engine = await startEmbedded({ dataDir: null })
  db = connect({ url: engine.url, max: 8 })
  await sql`create table t (a int, b text)`.execute(db)
})
afterAll(async () => {
  await db.destroy()
  await engine.close()
})

it('keeps each client’s statement with its own values, however many ask at once', async () => {
  const asked = Array.from({ length: 200 }, (_, n) => n)
  const answers = await Promise.all(
    asked.map((n) =>
      n % 2 === 0
        ? sql<{ v: number }>`select ${n}::int as v`.execute(db).then((result) => result.rows[0]?.v)
        : sql<{ v: number }>`select ${n}::int as v, ${'x'}::text as x, ${true}::boolean as y`
            .execute(db)
            .then((result) => result.rows[0]?.v),
    ),
  )
  expect(answers).toEqual(asked)
})

it('lets nobody into an open transaction', async () => {
  await sql`truncate t`.execute(db)
  await Promise.all(
    [1, 2, 3, 4].map((n) =>
      db
        .transaction()
        .execute(async (tx) => {
          await sql`insert into t values (${n}, 'kept')`.execute(tx)
          const seen = await sql<{ n: number }>`select count(*)::int as n from t where b = 'lost'`.execute(tx)
          expect(seen.rows[0]?.n).toBe(0)
          if (n % 2 === 0) throw new Error('undo')
          return null
        })
        .catch(() => null),
    ),
  )
  const left = await sql<{ a: number }>`select a from t order by a`.execute(db)
  expect(left.rows.map((row) => row.a)).toEqual([1, 3])
})

it('answers an error and goes on, so that one bad statement harms nobody', async () => {
  for (let n = 0; n < 20; n += 1) {
    await expect(sql`select 1 / ${0}::int`.execute(db)).rejects.toThrow('division by zero')
    expect((await sql<{ v: number }>`select ${n}::int as v`.execute(db)).rows).toEqual([{ v: n }])
  }
})

it('rolls back for a client that goes away in the middle', async () => {
  await sql`truncate t`.execute(db)
  const other = connect({ url: engine.url, max: 1 })
  const gone = other.transaction().execute(async (tx) => {
    await sql`insert into t values (9, 'half')`.execute(tx)
    await sql`select pg_terminate_backend(0)`.execute(tx).catch(() => null)
    throw new Error('gone')
  })
  await expect(gone).rejects.toThrow()
  await other.destroy()
  expect((await sql<{ n: number }>`select count(*)::int as n from t`.execute(db)).rows).toEqual([{ n: 0 }])
})
