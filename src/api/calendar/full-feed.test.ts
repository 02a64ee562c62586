import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTestApi, type TestApi } from '../../../test/support/api.ts'
import { uuidv7 } from '../../lib/ids.ts'

let api: TestApi
let url: string
beforeAll(async () => {
  api = await openTestApi()
  const owner = await api.tokenOf('owner')
  await api.ask(owner, 'POST', 'products', { key: 'shop', name: 'Shop' })
  await api.ask(owner, 'POST', 'environments', {
    ...{ key: 'uat', name: 'UAT', product: 'shop', purpose: 'Acceptance', isShareable: false },
  })
  const made = await api.ask(owner, 'POST', 'people', {
    name: 'Ada',
    email: 'ada@desk.test',
    roles: ['agent'],
  })
  const personId = made.json<{ id: string }>().id
  const token = await api.tokenOf('agent', { personId })
  const address = (await api.ask(token, 'POST', 'calendar/address')).json<{ address: string }>().address
  url = new URL(address).pathname + new URL(address).search
})
afterAll(() => api.close())

/** So many, each of a minute, one minute after the other from `minutes` after now on. */
const book = async (purpose: string, count: number, minutes: number): Promise<void> => {
  const rows = Array.from({ length: count }, (_, n) => {
    const from = new Date(api.clock.now.getTime() + (minutes + n) * 60_000)
    return { id: uuidv7(), from, to: new Date(from.getTime() + 60_000) }
  })
  await sql`
    insert into booking (id, environment_id, person_id, purpose, starts_at, ends_at, is_shareable, created_at, updated_at)
    select b.id, e.id, p.id, ${purpose}, b."from", b."to", false, now(), now()
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as b (id uuid, "from" timestamptz, "to" timestamptz),
      environment e, person p where e.key = 'uat' and p.name = 'Ada'`.execute(api.database.db)
}
const times = async (text: string): Promise<number> =>
  (await api.server.app.inject({ url })).body.split(text).length - 1

it('what is to come stands in a calendar program however much lies behind it, each once', async () => {
  await book('Before', 2_300, -30 * 1_440)
  await book('Coming', 1_200, 60)
  await book('Far', 1, 170 * 1_440)
  const found = [await times('UAT: Before'), await times('UAT: Coming'), await times('UAT: Far')]
  expect([...found, await times('Not everything')]).toEqual([2_300, 1_200, 1, 0])
})

it('what is left out of it is the past, and what is farthest, and it says so on the day of today', async () => {
  await book('Crowd', 9_000, 2_000)
  const found = [await times('UAT: Coming'), await times('UAT: Crowd'), await times('UAT: Before')]
  expect(found).toEqual([1_200, 9_000, 0])
  const { body } = await api.server.app.inject({ url })
  expect(body).toContain(
    'DTSTART;VALUE=DATE:20260302\r\nDTEND;VALUE=DATE:20260303\r\nSUMMARY:Not everything is shown here',
  )
})
