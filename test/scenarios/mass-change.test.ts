import { afterAll, beforeAll, expect, it } from 'vitest'
import { resumeConnection } from '../../src/commands/resume-connection.ts'
import { SYSTEM } from '../../src/domain/actor.ts'
import { openTestDatabase, type TestDatabase } from '../support/database.ts'
import { buildRoad } from '../support/road.ts'

let test: TestDatabase
beforeAll(async () => {
  test = await openTestDatabase()
})
afterAll(() => test.close())

const connectionState = () =>
  test.db
    .selectFrom('connection')
    .select(['state', 'state_reason'])
    .where('key', '=', 'desk')
    .executeTakeFirstOrThrow()

it('stops when a tool went back to yesterday’s backup, before old values win, and goes on when a person says so', async () => {
  const road = await buildRoad({ db: test.db, seed: 11 })
  const { desk } = road
  await road.converge()
  const tickets = Array.from({ length: 40 }, (_, n) =>
    desk.humanCreate({ container: 'support', fields: { title: `Ticket ${n}` } }),
  )
  await road.converge()
  const backup = desk.dump()
  road.clock.advance(24 * 3_600_000)
  for (const [n, ticket] of tickets.entries()) desk.humanEdit(ticket.id, { title: `Ticket ${n}, seen today` })
  await road.converge()
  desk.restoreFromBackup(backup)
  road.clock.advance(3_600_000)
  await road.converge()
  const stopped = await connectionState()
  expect(stopped.state).toBe('paused')
  expect(stopped.state_reason).toContain('as after a restored backup')
  const titles = await test.db.selectFrom('ticket').select('title').execute()
  expect(titles.every(({ title }) => title.endsWith('seen today'))).toBe(true)
  await road.run(SYSTEM, resumeConnection, { connection: 'desk' })
  await road.converge()
  expect((await connectionState()).state).toBe('active')
  await road.close()
})

it('stops when items vanish in numbers, so that a deleted project does not empty the hub unseen', async () => {
  const road = await buildRoad({ db: test.db, seed: 12 })
  const { desk } = road
  await road.converge()
  const tickets = Array.from({ length: 60 }, (_, n) =>
    desk.humanCreate({ container: 'support', fields: { title: `Ticket ${n}` } }),
  )
  await road.converge()
  for (const ticket of tickets) desk.humanDelete(ticket.id)
  await road.converge()
  expect((await connectionState()).state).toBe('paused')
  const gone = await test.db
    .selectFrom('mirror')
    .select((is) => is.fn.countAll<number>().as('n'))
    .where('state', '=', 'gone')
    .executeTakeFirstOrThrow()
  expect(gone.n).toBeLessThan(60)
  await road.close()
})

it('goes on after a time in which polls failed and webhooks were lost, for that is no tool that went back in time', async () => {
  const road = await buildRoad({ db: test.db, seed: 13 })
  const { desk } = road
  await road.converge()
  const tickets = Array.from({ length: 40 }, (_, n) =>
    desk.humanCreate({ container: 'support', fields: { title: `Ticket ${n}` } }),
  )
  await road.converge()
  road.clock.advance(3_600_000)
  desk.faults.chance({ hookDropped: 1 })
  for (const [n, ticket] of tickets.entries()) desk.humanEdit(ticket.id, { title: `Ticket ${n}, seen today` })
  desk.faults.queue('listingFails')
  await road.converge()
  expect((await connectionState()).state).toBe('active')
  const titles = await test.db.selectFrom('ticket').select('title').execute()
  expect(titles.every(({ title }) => title.endsWith('seen today'))).toBe(true)
  await road.close()
})
