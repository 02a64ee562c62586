import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { demoTools } from '../../src/connectors/demo/instances.ts'
import { openTestDatabase, type TestDatabase } from '../support/database.ts'
import { newTicket } from '../support/escalated.ts'
import { buildRoad, type Road } from '../support/road.ts'

let test: TestDatabase
let road: Road
beforeAll(async () => {
  test = await openTestDatabase()
})
afterEach(() => road.close())
afterAll(() => test.close())

it('stops an item on which the tool breaks, and takes neither the tool for away nor the others along', async () => {
  road = await buildRoad({ db: test.db, seed: 50, desk: { hookDelivery: 'manual' } })
  const { desk } = road
  const broken = new Set<string>()
  const tapped: typeof desk = Object.create(desk, {
    handle: {
      value: async (request: Parameters<typeof desk.handle>[0]) =>
        request.method === 'GET' && broken.has(request.path)
          ? { as: 'json', status: 500, headers: {}, json: { error: 'It broke.', field: null } }
          : desk.handle(request),
    },
  })
  demoTools.set(desk.name, tapped)
  await road.converge(2)
  const [bad, good] = [newTicket(road, { title: 'Bad' }), newTicket(road, { title: 'Good' })]
  await road.converge(3)
  broken.add(`/api/items/${bad.id}`)
  desk.humanEdit(bad.id, { 'cf:Version': '2.0' })
  await road.settle()
  const began = road.clock.now().getTime()
  desk.humanEdit(good.id, { 'cf:Version': '3.0' })
  await road.settle()
  expect(road.clock.now().getTime() - began, 'the other one waits for nothing').toBe(0)
  const versions = async () =>
    (await road.db.selectFrom('ticket').select('release_version').orderBy('title').execute()).map(
      (row) => row.release_version,
    )
  expect(await versions()).toEqual([null, '3.0'])
  await road.converge(10)
  const kinds = ['connection.down', 'connection.up'] as const
  expect(await road.db.selectFrom('event').select('kind').where('kind', 'in', kinds).execute()).toEqual([])
  expect(await road.db.selectFrom('hold').select(['field', 'reason']).execute()).toMatchObject([
    { field: 'item', reason: expect.stringContaining('It broke.') },
  ])
  broken.clear()
  await road.converge(10)
  expect(await versions()).toEqual(['2.0', '3.0'])
  expect(await road.db.selectFrom('hold').select('field').execute()).toEqual([])
})
