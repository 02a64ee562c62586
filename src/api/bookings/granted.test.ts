import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTestApi, type TestApi } from '../../../test/support/api.ts'
import type { Role } from '../../domain/words.ts'

let api: TestApi
let owner = ''
beforeAll(async () => {
  api = await openTestApi()
  owner = await api.tokenOf('owner')
  await api.ask(owner, 'POST', 'products', { key: 'shop', name: 'Shop' })
  const made = await api.ask(owner, 'POST', 'environments', {
    ...{ key: 'uat', name: 'UAT', product: 'shop', purpose: 'Acceptance', isShareable: false },
  })
  expect(made.statusCode).toBe(201)
})
afterAll(() => api.close())

const somebody = async (name: string, role: Role) => {
  const made = await api.ask(owner, 'POST', 'people', { name, email: `${name}@desk.test`, roles: [role] })
  const { id: personId } = made.json<{ id: string }>()
  return { id: personId, token: await api.tokenOf(role, { personId }) }
}
const wish = (hour: number, more: object = {}) => ({
  ...{
    environment: 'uat',
    purpose: 'Try it',
    from: `2026-03-04T${hour}:00:00Z`,
    to: `2026-03-04T${hour}:30:00Z`,
  },
  ...more,
})

it('lets each book, change and cancel for themselves, and a lead for all', async () => {
  const [ada, erik, lena] = [
    await somebody('ada', 'agent'),
    await somebody('erik', 'engineer'),
    await somebody('lena', 'lead'),
  ]
  const own = await api.ask(ada.token, 'POST', 'bookings', wish(10))
  expect([own.statusCode, own.json().person.name]).toEqual([201, 'ada'])
  const at = `bookings/${own.json().id}`
  const forOther = await api.ask(erik.token, 'POST', 'bookings', wish(11, { person: ada.id }))
  expect([forOther.statusCode, forOther.json().field]).toEqual([403, '/person'])
  expect((await api.ask(erik.token, 'PATCH', at, { purpose: 'Mine' })).statusCode).toBe(403)
  expect((await api.ask(erik.token, 'POST', `${at}/cancel`)).statusCode).toBe(403)
  const byLead = await api.ask(lena.token, 'POST', 'bookings', wish(12, { person: 'erik@desk.test' }))
  expect([byLead.statusCode, byLead.json().person.name]).toEqual([201, 'erik'])
  expect((await api.ask(lena.token, 'POST', `${at}/cancel`)).statusCode).toBe(200)
  const nobody = await api.ask(await api.tokenOf('agent'), 'POST', 'bookings', wish(13))
  expect([nobody.statusCode, nobody.json().field]).toEqual([422, '/person'])
})

it('lists what has a moment in common with a time, a page at a time', async () => {
  const list = async (query: string) => {
    const { items, next } = (await api.ask(owner, 'GET', `bookings?${query}`)).json()
    return { names: items.map((item: { purpose: string }) => item.purpose), next }
  }
  const { token } = await somebody('olga', 'agent')
  for (const hour of [15, 16]) await api.ask(token, 'POST', 'bookings', wish(hour, { purpose: `At ${hour}` }))
  const from = 'from=2026-03-04T15:10:00Z&to=2026-03-04T16:00:00Z'
  expect(await list(from)).toEqual({ names: ['At 15'], next: null })
  const first = await list('from=2026-03-04T15:10:00Z&limit=1')
  expect(first.names).toEqual(['At 15'])
  expect((await list(`from=2026-03-04T15:10:00Z&limit=1&cursor=${first.next}`)).names).toEqual(['At 16'])
})
