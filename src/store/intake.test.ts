import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { openTestDatabase, type TestDatabase } from '../../test/support/database.ts'
import { uuidv7 } from '../lib/ids.ts'
import { connect } from './database.ts'
import { type Delivery, IntakeFull, openIntake } from './intake.ts'

let test: TestDatabase
beforeAll(async () => {
  test = await openTestDatabase()
})
afterAll(() => test.close())
beforeEach(async () => {
  await sql`truncate delivery, hint`.execute(test.db)
})

const connectionId = uuidv7()
const delivery = (deliveryId: string, refs: readonly string[] = [`item of ${deliveryId}`]): Delivery => ({
  connectionId,
  deliveryId,
  refs,
  receivedAt: new Date(),
})
const storedIds = async (): Promise<ReadonlySet<string>> =>
  new Set(
    (await test.db.selectFrom('delivery').select('delivery_id').execute()).map((row) => row.delivery_id),
  )

it('shares commits among deliveries that arrive together, and keeps every one', async () => {
  const groups: number[] = []
  const intake = openIntake({ db: test.db, flights: 2, onCommitted: (count) => groups.push(count) })
  const taken = await Promise.all(Array.from({ length: 400 }, (_, n) => intake.take(delivery(`d${n}`))))
  expect(new Set(taken)).toEqual(new Set(['new']))
  expect((await storedIds()).size).toBe(400)
  expect((await test.db.selectFrom('hint').selectAll().execute()).length).toBe(400)
  expect(groups.length).toBeLessThan(20)
})

it('takes a delivery once, whether its repetition comes in the same group or later', async () => {
  const intake = openIntake({ db: test.db, flights: 2 })
  const together = await Promise.all([intake.take(delivery('twice')), intake.take(delivery('twice'))])
  expect(together).toEqual(['new', 'seen'])
  expect(await intake.take(delivery('twice'))).toBe('seen')
  expect((await test.db.selectFrom('hint').selectAll().execute()).length).toBe(1)
})

it('keeps a delivery that names no item, and every item of one that names many', async () => {
  const intake = openIntake({ db: test.db, flights: 1 })
  await Promise.all([intake.take(delivery('none', [])), intake.take(delivery('many', ['a', 'b', 'c']))])
  const hints = await test.db.selectFrom('hint').select('remote_id').orderBy('remote_id').execute()
  expect(hints.map((hint) => hint.remote_id)).toEqual(['a', 'b', 'c'])
})

it('never says taken without a stored row, though the connections are cut again and again', async () => {
  const db = connect({ url: test.url, max: 2 })
  const intake = openIntake({ db, flights: 2, maxGroup: 10 })
  const acknowledged: string[] = []
  let refused = 0
  for (let round = 0; round < 10; round += 1) {
    const wave = Array.from({ length: 40 }, (_, n) => `r${round}-${n}`)
    const takes = wave.map((id) =>
      intake.take(delivery(id)).then(
        () => acknowledged.push(id),
        () => {
          refused += 1
        },
      ),
    )
    if (round % 2 === 1) setImmediate(() => void db.destroy().catch(() => {}))
    await Promise.all(takes)
    if (round % 2 === 1) break
  }
  const rows = await storedIds()
  expect(acknowledged.filter((id) => !rows.has(id))).toEqual([])
  expect(acknowledged.length + refused).toBe(80)
  expect(refused).toBeGreaterThan(0)
})

it('refuses more than its memory is for, instead of growing', async () => {
  const intake = openIntake({ db: test.db, flights: 1, maxWaiting: 2 })
  const takes = [1, 2, 3].map((n) => intake.take(delivery(`full ${n}`)))
  const settled = await Promise.allSettled(takes)
  expect(settled.map((one) => one.status)).toEqual(['fulfilled', 'fulfilled', 'rejected'])
  await expect(takes[2]).rejects.toBeInstanceOf(IntakeFull)
})
