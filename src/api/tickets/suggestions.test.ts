import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTestApi, type TestApi } from '../../../test/support/api.ts'

let api: TestApi
beforeAll(async () => {
  api = await openTestApi()
})
afterAll(() => api.close())

it('suggests work items in a transaction that only reads, because a look changes nothing', async () => {
  const agent = await api.tokenOf('agent')
  const headers = { authorization: `Bearer ${agent}` }
  const made = await api.server.app.inject({
    method: 'POST',
    url: '/api/v1/tickets',
    headers,
    payload: { title: 'Export fails', description: '' },
  })
  const { key } = made.json<{ key: string }>()
  let woken = 0
  const deaf = api.deps.signal.listen(() => {
    woken += 1
  })
  const answer = await api.server.app.inject({ url: `/api/v1/tickets/${key}/suggestions`, headers })
  deaf()
  expect([answer.statusCode, answer.json(), woken]).toEqual([200, { items: [] }, 0])
  const missing = await api.server.app.inject({ url: '/api/v1/tickets/T-999/suggestions', headers })
  expect([missing.statusCode, missing.json<{ field: string }>().field]).toEqual([404, '/ref'])
})
