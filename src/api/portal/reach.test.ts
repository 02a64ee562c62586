import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTestApi, type TestApi } from '../../../test/support/api.ts'

let api: TestApi
beforeAll(async () => {
  api = await openTestApi()
})
afterAll(() => api.close())

const ask = async (token: string, method: 'GET' | 'POST', path: string, payload?: object) =>
  api.ask(token, method, path, payload)

it('lets a customer see what they wrote, and who looks after the organisation see all of it', async () => {
  const owner = await api.tokenOf('owner')
  const { contactId, customerId } = await api.customer('Acme')
  const colleague = (
    await ask(owner, 'POST', 'contacts', { name: 'Cleo', email: 'cleo@acme.example', customer: customerId })
  ).json<{ id: string }>().id
  const mine = await api.tokenOf('customer', { contactId })
  const theirs = await api.tokenOf('customer', { contactId: colleague })
  const all = await api.tokenOf('customer admin', { contactId: colleague })
  const made = await ask(mine, 'POST', 'portal/requests', { title: 'Mine', description: 'Words' })
  const { id } = made.json<{ id: string }>()
  const seen = async (token: string): Promise<readonly unknown[]> => [
    (await ask(token, 'GET', `portal/requests/${id}`)).statusCode,
    (await ask(token, 'GET', `portal/requests/${id}/timeline`)).statusCode,
    (await ask(token, 'POST', `portal/requests/${id}/replies`, { text: 'More' })).statusCode,
    (await ask(token, 'GET', 'portal/requests')).json<{ items: unknown[] }>().items.length,
  ]
  expect(await seen(mine)).toEqual([200, 200, 201, 1])
  expect(await seen(theirs)).toEqual([404, 404, 404, 0])
  expect(await seen(all)).toEqual([200, 200, 201, 1])
})
